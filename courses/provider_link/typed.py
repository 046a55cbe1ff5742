"""What was typed into a provider's form, in words: for pages that cannot offer the form any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.models import CourseRun
from courses.provider_link.forms import CourseFactsForm, Day, RunFactsForm
from foundation.public_forms import PublicForm


@dataclass(frozen=True, slots=True)
class TypedPart:
    """`facts` as `components/facts.html` shows them."""

    legend: str
    facts: list[dict[str, str]]


def typed_in(data: Mapping[str, Any]) -> list[TypedPart]:
    """All of it; nothing for a post of something else."""
    new = _facts(RunFactsForm, data, "neu-")
    parts = [
        *typed_for_dates(data),
        TypedPart("Neuer Termin", new if len(new) > 1 else []),  # its state is sent with every form
        TypedPart("Preis, Anmeldung und Texte", _facts(CourseFactsForm, data, "")),
    ]
    return [part for part in parts if part.facts]


def typed_for_dates(data: Mapping[str, Any], *, besides: Collection[CourseRun] = ()) -> list[TypedPart]:
    """`besides` are dates whose fields are shown anyway."""
    found = [match[1] for name in data if (match := re.fullmatch(r"termin-([0-9]{1,9})-starts_on", name))]
    shown = {str(run.pk) for run in besides}
    return [
        TypedPart(f"Termin {number}", _facts(RunFactsForm, data, f"termin-{pk}-"))
        for number, pk in enumerate(found, start=1)
        if pk not in shown
    ]


def _facts(form: type[PublicForm], data: Mapping[str, Any], prefix: str) -> list[dict[str, str]]:
    fields = form.base_fields.items()
    said = [(field, str(data.get(f"{prefix}{name}", "")).strip()) for name, field in fields]
    return [{"term": str(field.label), "value": _in_words(field, value)} for field, value in said if value]


def _in_words(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(field, Day):
        try:
            return f"{field.to_python(value):%d.%m.%Y}"
        except ValidationError:
            return value
    return value
