"""A model field for a small set of choices."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models


class CodeSetField(models.CharField):
    """A set of choices, stored as their codes between commas: `,office,phone,`. Read and written as a list in the
    order of the choices; unknown codes are dropped. A subclass names the choices."""

    codes: ClassVar[type[models.TextChoices]]
    _ordered: ClassVar[tuple[str, ...]] = ()
    empty_message = "Bitte wählen Sie mindestens einen Eintrag."

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # An enumeration gathers its values anew each time; a page of free times reads dozens of these fields.
        cls._ordered = tuple(cls.codes.values)

    def from_db_value(self, value: str | None, *_: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        if value is None:
            return []
        if isinstance(value, str):
            value = value.split(",")
        known = set(value)
        return [code for code in self._ordered if code in known]

    def get_prep_value(self, value: Any) -> str:
        return "," + ",".join(self.to_python(value)) + ","

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not self.blank and not value:
            raise forms.ValidationError(self.empty_message, code="required")

    def run_validators(self, value: Any) -> None:
        """Membership is all there is to check, and `to_python` sees to it."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.codes.choices,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", self.verbose_name),
            required=not self.blank,
            help_text=self.help_text,
            initial=kwargs.get("initial", self.default if self.has_default() else None),
        )
