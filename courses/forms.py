"""The filters of the course list; a GET form, so that every state is a link."""

from __future__ import annotations

from django import forms

from courses.models import CoursePage, Topic


class CatalogueFilter(forms.Form):
    text = forms.CharField(label="Suchwort", max_length=100, required=False)
    thema = forms.ModelChoiceField(
        label="Thema", queryset=Topic.objects.none(), to_field_name="slug", required=False, empty_label="Alle Themen"
    )
    form = forms.ChoiceField(label="Form", choices=[("", "Alle Formen"), *CoursePage.Format.choices], required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thema"].queryset = Topic.objects.all()

    @property
    def chosen(self) -> dict[str, str]:
        """What is set, as it stands in the address; unusable values count as not set."""
        self.is_valid()
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: getattr(value, "slug", value) for name, value in values.items() if value}
