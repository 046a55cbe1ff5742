"""What an editor says of a file with courses."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from courses.catalogue import charsets, xml_charsets
from courses.catalogue.columns import FIELD_NAMES, column_labels
from courses.importing.opening import column_keys
from courses.models import Provider, Topic

LARGEST = xml_charsets.MOST_BYTES
_MEGABYTES, _MEGABYTES_OF_TABLE = LARGEST // 1024**2, charsets.MOST_BYTES // 1024**2
_FIELDS = [("", "– nicht lesen –"), *FIELD_NAMES.items()]


class FileForm(forms.Form):
    provider = forms.ModelChoiceField(Provider.objects.all(), label="Anbieter")
    file = forms.FileField(
        label="Datei",
        help_text=f"CSV oder XLSX bis {_MEGABYTES_OF_TABLE} MB, open-Q-cat oder Open-vhs, auch als ZIP, bis "
        f"{_MEGABYTES} MB. Sie wird danach gelöscht.",
    )
    is_full = forms.BooleanField(
        label="Die Datei enthält alle Kurse des Anbieters",
        required=False,
        help_text="Kurse, die nicht darin stehen, fallen dann weg, außer denen, die eine Kursquelle bringt. Sie sehen "
        "vorher, welche.",
    )
    fallback_topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label="Thema, wenn keines passt",
        required=False,
        help_text="Ohne Thema bleibt ein neuer Kurs Entwurf.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST:
            raise ValidationError(f"Die Datei ist größer als {_MEGABYTES} MB. Bitte teilen Sie sie.")
        return file


class ColumnsForm(forms.Form):
    """A choice for each heading; each field at most once."""

    def __init__(self, columns: list[tuple[str, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        headings = [heading for heading, _ in columns]
        self._keys = column_keys(headings)
        for index, (label, (_, field)) in enumerate(zip(column_labels(headings), columns, strict=True)):
            self.fields[f"spalte-{index}"] = forms.ChoiceField(
                choices=_FIELDS, label=label, required=False, initial=field
            )

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or {}
        chosen = [field for field in cleaned.values() if field]
        twice = sorted({label for field, label in _FIELDS if chosen.count(field) > 1})
        if twice:
            raise ValidationError(
                f"Mehr als eine Spalte ist jetzt: {', '.join(twice)}. Wählen Sie bei den anderen „nicht lesen“."
            )
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"spalte-{index}"] for index, key in enumerate(self._keys)}
