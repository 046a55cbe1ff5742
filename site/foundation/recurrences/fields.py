"""Model field of django-recurrence, narrowed to days."""

from __future__ import annotations

from typing import Any

from recurrence.fields import RecurrenceField

from foundation.recurrences.forms import DayRecurrenceFormField


class DayRecurrenceField(RecurrenceField):
    """A recurrence that names days only; see `foundation.recurrences.expansion`."""

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        kwargs |= {"include_dtstart": False, "verbose_name": verbose_name}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("include_dtstart", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", DayRecurrenceFormField)
        kwargs["widget"] = DayRecurrenceFormField.widget
        return super().formfield(**kwargs)
