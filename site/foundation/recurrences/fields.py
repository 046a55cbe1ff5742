"""Model field of django-recurrence, narrowed to days."""

from __future__ import annotations

from typing import Any

import recurrence
from django.core.exceptions import ValidationError
from django.db.models import Model
from recurrence.fields import RecurrenceField

from foundation.recurrences.forms import DayRecurrenceFormField
from foundation.recurrences.text import as_text, parse


class StoredText(str):
    """As the database has it, which `DayRecurrenceField` wrote: nobody needs to read it in order to pass it on."""

    __slots__ = ()


class _Attribute:
    """Rules are made of a stored text when somebody looks at them. A page of free times only wants their days, which
    are kept by the text: reading and writing it anew took longer than all else that is done with a rule."""

    def __init__(self, field: DayRecurrenceField) -> None:
        self.field = field

    def __get__(self, instance: Model | None, owner: type[Model] | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.field.attname]
        if isinstance(value, StoredText):
            value = instance.__dict__[self.field.attname] = self.field.to_python(value)
        return value

    def __set__(self, instance: Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value if isinstance(value, StoredText) else self.field.to_python(value)


class DayRecurrenceField(RecurrenceField):
    """A recurrence that names days only; see `foundation.recurrences.text` for how days are written."""

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        kwargs |= {"include_dtstart": False, "verbose_name": verbose_name}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("include_dtstart", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _Attribute(self))

    def from_db_value(self, value: str | None, *_: Any) -> StoredText | None:
        return None if value is None else StoredText(value)

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


def text_of(instance: Model, name: str) -> str:
    """The text of such a field, as it is stored or will be."""
    value = instance.__dict__[name]
    return value if isinstance(value, StoredText) else as_text(value)
