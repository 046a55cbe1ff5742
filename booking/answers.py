"""The own questions of a service as fields of a form, and what is answered to them.

An answer is kept with the words of its question: `{"id": 7, "question": "Gibt es Parkplätze?", "answer": "ja"}`. Later
edits of the questions change nothing of it. While a time is reserved the same list holds what was typed, right or
wrong; `id` leads it back into the field.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from booking.models import Service, ServiceQuestion

Answer = dict[str, Any]

PREFIX = "frage_"
TEXT_LENGTH = 300
LARGEST_NUMBER = 1_000_000
_YES_NO = [("ja", "Ja"), ("nein", "Nein")]
_NO_CHOICE = "Bitte wählen Sie eine der Antworten."


def field_name(number: int) -> str:
    return f"{PREFIX}{number}"


def field_of(question: ServiceQuestion) -> forms.Field:
    """Its cleaned value is the answer in words, apart from numbers."""
    common: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": question.is_required}
    match question.type:
        case ServiceQuestion.Type.CHOICE:
            return forms.ChoiceField(
                **common,
                choices=[("", "Bitte wählen"), *((option, option) for option in question.options)],
                error_messages={"required": "Bitte wählen Sie eine Antwort.", "invalid_choice": _NO_CHOICE},
            )
        case ServiceQuestion.Type.YES_NO:
            return forms.ChoiceField(
                **common,
                choices=_YES_NO if question.is_required else [*_YES_NO, ("", "Keine Angabe")],
                widget=forms.RadioSelect,
                error_messages={"required": "Bitte antworten Sie mit Ja oder Nein.", "invalid_choice": _NO_CHOICE},
            )
        case ServiceQuestion.Type.NUMBER:
            limits = "Bitte geben Sie eine Zahl von 0 bis 1.000.000 ein."
            return forms.IntegerField(
                **common,
                min_value=0,
                max_value=LARGEST_NUMBER,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "required": "Bitte geben Sie eine Zahl ein.",
                    "invalid": "Bitte geben Sie eine ganze Zahl ein, nur mit Ziffern.",
                    "min_value": limits,
                    "max_value": limits,
                },
            )
        case _:
            return forms.CharField(
                **common, max_length=TEXT_LENGTH, error_messages={"required": "Bitte beantworten Sie diese Frage."}
            )


def answers_of(questions: Iterable[ServiceQuestion], cleaned: Mapping[str, Any]) -> list[Answer]:
    """The checked answers in the order of the questions; what was left open is no answer."""
    return [
        {"id": question.pk, "question": question.label, "answer": str(value)}
        for question in questions
        if (value := cleaned.get(field_name(question.pk))) not in (None, "")
    ]


def typed_answers(service: Service, data: Mapping[str, Any]) -> list[Answer]:
    """What was typed so far, cut and freed of control characters. One query, none where nothing was asked."""
    if not any(name.startswith(PREFIX) for name in data):
        return []
    typed = {
        question: "".join(
            sign for sign in str(data.get(field_name(question.pk), "")) if unicodedata.category(sign) != "Cc"
        )[:TEXT_LENGTH]
        for question in service.questions.all()
    }
    return [{"id": question.pk, "question": question.label, "answer": text} for question, text in typed.items() if text]


def as_typed(answers: Iterable[Answer]) -> dict[str, str]:
    """What a form begins with, or carries along hidden."""
    return {field_name(answer["id"]): answer["answer"] for answer in answers}
