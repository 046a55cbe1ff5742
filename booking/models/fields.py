"""Small model fields of the booking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from booking.enums import Kind


class KindsField(models.CharField):
    """A set of kinds, stored as their codes between commas: `,office,phone,`. Read and written as a list."""

    description = "Kinds of meeting"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        if value is None:
            return []
        if isinstance(value, str):
            value = value.split(",")
        known = set(value)
        return [kind for kind in Kind.values if kind in known]

    def get_prep_value(self, value: Any) -> str:
        return "," + ",".join(self.to_python(value)) + ","

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not self.blank and not value:
            raise forms.ValidationError("Bitte wählen Sie mindestens eine Art.", code="required")

    def run_validators(self, value: Any) -> None:
        """Membership is all there is to check, and `to_python` sees to it."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=Kind.choices,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", self.verbose_name),
            required=not self.blank,
            help_text=self.help_text,
            initial=kwargs.get("initial"),
        )
