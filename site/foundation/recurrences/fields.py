"""Model field of django-recurrence, narrowed to days."""

from __future__ import annotations

from typing import Any

import recurrence
from django.core.exceptions import ValidationError
from recurrence.fields import RecurrenceField

from foundation.recurrences.forms import DayRecurrenceFormField
from foundation.recurrences.text import as_text, parse


class DayRecurrenceField(RecurrenceField):
    """A recurrence that names days only; see `foundation.recurrences.text` for how days are written."""

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        kwargs |= {"include_dtstart": False, "verbose_name": verbose_name}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("include_dtstart", None)
        return name, path, args, kwargs

    def to_python(self, value: Any) -> recurrence.Recurrence | None:
        if value is None or isinstance(value, recurrence.Recurrence):
            return value
        try:
            return parse(str(value))
        except ValueError as error:
            raise ValidationError("Diese Regel lässt sich nicht lesen.", code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else as_text(value)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", DayRecurrenceFormField)
        kwargs["widget"] = DayRecurrenceFormField.widget
        return super().formfield(**kwargs)
