"""What a firm fills in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from booking.answers import answers_of, field_name, field_of
from booking.enums import Kind, SizeClass
from booking.ical.invitation import Party
from booking.models import Appointment, ServiceQuestion
from booking.services.book import FirmDetails
from foundation.public_forms import Line, Paragraphs, PublicForm, ReplyAddress, without_controls

_POSTCODE = RegexValidator(r"^[0-9]{5}$", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein.")
_PHONE = RegexValidator(
    r"^[+0-9][0-9 ()/.\-]{4,38}$", "Bitte geben Sie die Nummer mit Vorwahl ein, zum Beispiel 05151 12345."
)


class FirmForm(PublicForm):
    """Asks only what the consultation needs (Art. 5 DSGVO): firm, person, one way to answer, and the topic."""

    organization = Line(
        label="Betrieb",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Bitte nennen Sie Ihren Betrieb."},
    )
    name = Line(
        label="Ihr Name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Bitte nennen Sie Ihren Namen."},
    )
    email = ReplyAddress(
        label="E-Mail",
        max_length=200,
        help_text="Dorthin schicken wir die Bestätigung mit dem Kalendereintrag.",
    )
    phone = Line(
        label="Telefon",
        max_length=40,
        required=False,
        validators=[_PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
        error_messages={"required": "Bitte geben Sie die Nummer ein, unter der wir Sie anrufen."},
    )
    street = Line(
        label="Straße und Hausnummer Ihres Betriebs",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": "Bitte geben Sie an, wohin wir kommen sollen."},
    )
    postcode = Line(
        label="Postleitzahl",
        validators=[_POSTCODE],
        max_length=5,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        error_messages={
            "required": "Bitte geben Sie die Postleitzahl Ihres Betriebs ein.",
            "max_length": "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein.",
        },
    )
    size_class = forms.ChoiceField(
        label="Wie viele Menschen arbeiten in Ihrem Betrieb?",
        required=False,
        choices=[("", "Bitte wählen"), *SizeClass.choices],
    )
    topic = Line(
        label="Worum geht es?",
        max_length=200,
        required=False,
        help_text="Ein Stichwort genügt, zum Beispiel: Staplerschein, Meisterkurs, Digitalisierung.",
    )
    message = Paragraphs(
        label="Möchten Sie uns vorab etwas schreiben?",
        max_length=1000,
        required=False,
        help_text="Bitte keine Gesundheitsdaten und keine Namen von Beschäftigten.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    last_fields = ("message",)

    def __init__(self, *args: Any, kind: str, questions: Iterable[ServiceQuestion] = (), **kwargs: Any) -> None:
        """`questions` are those of the service, in their order; they stand after the topic."""
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        usual = [name for name in self.fields if name not in self.last_fields]
        self.fields |= {field_name(question.pk): field_of(question) for question in self.questions}
        self.order_fields([*usual, *(field_name(question.pk) for question in self.questions), *self.last_fields])
        self.fields["phone"].required = kind == Kind.PHONE
        if kind == Kind.FIRM:
            self.fields["street"].required = True
        else:
            del self.fields["street"]

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        try:
            Party("", address)
        except ValueError as error:
            raise forms.ValidationError(self.fields["email"].error_messages["invalid"], code="invalid") from error
        return address

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for question in self.questions:
            name = field_name(question.pk)
            try:
                without_controls(str(values.get(name) or ""))
            except forms.ValidationError as error:
                self.add_error(name, error)
        return values

    @property
    def details(self) -> FirmDetails:
        """The checked answers; only for a valid form."""
        known = {name: value for name, value in self.cleaned_data.items() if name in TYPED_FIELDS}
        return FirmDetails(**known, answers=answers_of(self.questions, self.cleaned_data))


class MissingForm(forms.Form):
    """What another kind needs and the firm has not told: a number to call, or where to come. Often nothing.

    With another postcode than before the street is asked for anew.
    """

    def __init__(
        self, *args: Any, appointment: Appointment, kind: str, is_elsewhere: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        name = {Kind.PHONE.value: "phone", Kind.FIRM.value: "street"}.get(kind)
        if name and (is_elsewhere or not getattr(appointment, name)):
            self.fields[name] = deepcopy(FirmForm.base_fields[name])
            self.fields[name].required = True


TYPED_FIELDS = ("organization", "name", "email", "phone", "street", "postcode", "size_class", "topic", "message")


def typed_details(data: Any) -> dict[str, str]:
    """What was typed so far, right or wrong, cut to what the reservation can keep and freed of control characters.

    Nothing that a firm typed is lost when its time is refused: it waits with the next reservation.
    """
    kept = {}
    for name in TYPED_FIELDS:
        text = "".join(sign for sign in str(data.get(name, "")) if sign == "\n" or unicodedata.category(sign) != "Cc")
        kept[name] = text[: Appointment._meta.get_field(name).max_length]
    if kept["size_class"] not in SizeClass.values:
        kept["size_class"] = ""
    return kept
