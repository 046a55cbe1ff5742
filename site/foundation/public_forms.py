"""What every form has that strangers fill in: a trap for programs, and no sign that nobody can see."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

from foundation.outbox.message import one_address

DECOY = "homepage"
"""A field that people neither see nor hear nor reach; programs that fill in whatever they find fill it in, too."""

_UNSEEN = {"Cf", "Zs", "Zl", "Zp"}


def without_controls(value: str, *, lines: bool = False) -> str:
    """Raises ValidationError for control characters; line breaks are let through where `lines`."""
    allowed = "\n\r\t" if lines else ""
    if any(unicodedata.category(sign) == "Cc" and sign not in allowed for sign in value):
        raise forms.ValidationError(
            "Der Text enthält unsichtbare Steuerzeichen. Bitte tippen Sie ihn neu ein.", code="control_characters"
        )
    return value


class Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        """Signs that nobody sees are no answer: a firm of one zero-width space had no name on any page."""
        text = super().to_python(value)
        is_seen = any(unicodedata.category(sign) not in _UNSEEN for sign in text)
        return text if is_seen else str(self.empty_value)

    def clean(self, value: Any) -> str:
        return without_controls(super().clean(value))


class Paragraphs(forms.CharField):
    """Free text of several lines; ends of lines come out as one character."""

    def clean(self, value: Any) -> str:
        return without_controls(super().clean(value).replace("\r\n", "\n"), lines=True)


class ReplyAddress(forms.EmailField):
    """One address that a mail can be sent to as it stands."""

    default_error_messages = {
        "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
        "invalid": "Bitte prüfen Sie die E-Mail-Adresse, zum Beispiel name@betrieb.de.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "email", "inputmode": "email"}

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return address
        try:
            one_address(address)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        return address


class PublicForm(forms.Form):
    """Refuses whatever filled in the decoy, in words that help a person whose browser did it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self) -> dict[str, Any]:
        # Not a field of the form: it is no answer, is kept nowhere, and comes back empty.
        if self.data.get(DECOY):
            raise forms.ValidationError(
                "Ein verborgenes Feld war ausgefüllt, wahrscheinlich von einem Programm. Wir haben es geleert: "
                "Bitte senden Sie das Formular noch einmal.",
                code="decoy",
            )
        return super().clean()
