"""What visitors type on pages of this app."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from foundation.languages import current_language
from foundation.phrases import phrase
from foundation.searching.words import asked_words

LONGEST_QUESTION = 100


class SearchQuestion(forms.Form):
    """Bound by GET; `words` are those that are searched for."""

    q = forms.CharField(
        label="Suchwort",
        required=False,
        max_length=LONGEST_QUESTION,
        error_messages={
            "max_length": f"Bitte kürzen Sie Ihre Frage auf höchstens {LONGEST_QUESTION} Zeichen.",
            "null_characters_not_allowed": "Bitte geben Sie nur Buchstaben und Zahlen ein.",
        },
    )

    def clean_q(self) -> str:
        question: str = self.cleaned_data["q"]
        if question and not any(len(word) > 1 for word in asked_words(question)):
            raise ValidationError("Bitte geben Sie ein Wort mit mindestens zwei Buchstaben ein.")
        return question

    @property
    def question(self) -> str:
        """What the field shows again, cut where it is too long."""
        typed = self.data.get("q", "").replace("\0", "").strip()
        return typed[:LONGEST_QUESTION]

    @property
    def words(self) -> list[str]:
        return asked_words(self.cleaned_data["q"]) if self.is_valid() else []

    @property
    def error(self) -> str:
        return "" if self.is_valid() else phrase(self.errors["q"][0], current_language())
