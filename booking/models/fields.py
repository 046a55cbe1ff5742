"""Small model fields of the booking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from booking.enums import Kind
from foundation.codes import CodeSetField


class KindsField(CodeSetField):
    """A set of kinds of meeting."""

    description = "Kinds of meeting"
    codes = Kind
    empty_message = "Bitte wählen Sie mindestens eine Art."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)


SHORTEST, LONGEST = 5, 480
"""Bounds of a consultation in minutes."""
MOST_DURATIONS = 8


def check_durations(values: object) -> None:
    """Raises ValidationError unless it is a short list of different whole minutes within the bounds."""
    if not isinstance(values, list) or any(type(value) is not int for value in values):
        raise ValidationError("Bitte nennen Sie Minuten als ganze Zahlen, mit Komma getrennt, zum Beispiel: 60, 90.")
    if any(not SHORTEST <= value <= LONGEST for value in values):
        raise ValidationError(f"Jede Dauer muss zwischen {SHORTEST} und {LONGEST} Minuten liegen.")
    if len(set(values)) < len(values):
        raise ValidationError("Jede Dauer darf nur einmal vorkommen.")
    if len(values) > MOST_DURATIONS:
        raise ValidationError(f"Höchstens {MOST_DURATIONS} weitere Dauern sind möglich.")


class DurationsFormField(forms.CharField):
    """Minutes as people write them: „60, 90“."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value).replace(";", ",").replace(",", " ").split()
        if not all(word.isascii() and word.isdecimal() and len(word) < 6 for word in words):
            check_durations(words)
        return [int(word) for word in words]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DurationsField(models.JSONField):
    """A list of whole minutes."""

    description = "Durations in minutes"
    default_validators = [check_durations]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"default": list, "blank": True}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **({"form_class": DurationsFormField, "max_length": 80} | kwargs))
