"""What a provider can correct of a course behind its private link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.models import CoursePage, CourseRun
from courses.models.price import check_price
from courses.services.correct_course import Correction
from foundation.public_forms import Line, Paragraphs, PublicForm, ReplyAddress

_UNSEEN = {
    "seats_min": (
        "seats_max",
        (
            "Nach unseren Angaben findet der Kurs erst mit mehr Anmeldungen statt. Stimmt das nicht mehr, lassen Sie "
            "die alte Zahl stehen und schreiben Sie es unten ins Textfeld."
        ),
    ),
    "days": (
        "starts_on",
        (
            "Nach unseren Angaben trifft sich der Kurs in dieser Zeit an keinem Tag. Haben sich die Kurstage geändert, "
            "lassen Sie Beginn und Ende stehen und schreiben Sie es unten ins Textfeld."
        ),
    ),
}
"""Fields that the form has not: at which of its own it is said what is wrong with them, and how."""
_DAY_INVALID = {"invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 3.12.2027."}


class Euros(forms.DecimalField):
    """As people write sums: 1.249,00 € or 120,-."""

    default_error_messages = {"invalid": "Bitte geben Sie einen Betrag ein, zum Beispiel 1.249,00."}

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"\s|€|(?i:euro?)$", "", str(value or ""))
        text = re.sub(r",[-–—]+$", "", text)
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class Day(forms.DateField):
    default_error_messages = _DAY_INVALID

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class Seats(forms.IntegerField):
    def __init__(self, label: str) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(label=label, required=False, min_value=0, max_value=9999, widget=widget)
        self.error_messages["invalid"] = "Bitte geben Sie eine ganze Zahl ein."


class CourseFactsForm(PublicForm):
    price_state = forms.ChoiceField(label="Preis", choices=CoursePage.PriceState.choices)
    price = Euros(
        label="Betrag in Euro",
        required=False,
        max_digits=8,
        decimal_places=2,
        help_text="Nur, wenn oben „Betrag“ oder „ab Betrag“ steht.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    price_note = Line(label="Hinweis zum Preis", max_length=160, required=False)
    booking_link = forms.URLField(
        label="Anmeldung bei Ihnen im Netz",
        max_length=200,
        assume_scheme="https",
        error_messages={
            "required": "Bitte nennen Sie die Adresse, unter der man sich anmeldet.",
            "invalid": "Bitte prüfen Sie die Adresse, zum Beispiel https://www.beispiel.de/anmeldung.",
        },
    )
    contact_email = ReplyAddress(
        label="E-Mail für Fragen", required=False, help_text="Eine Adresse der Einrichtung, keine persönliche."
    )
    contact_phone = Line(
        label="Telefon für Fragen", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    wish = Paragraphs(
        label="Was sollen wir an den Texten ändern?",
        max_length=3000,
        required=False,
        help_text="Titel, Kurzfassung, Inhalte, Voraussetzungen: Das ändert die Redaktion für Sie.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "price" in cleaned and "price_state" in cleaned:
            try:
                check_price(cleaned["price_state"], cleaned["price"])
            except ValidationError as refused:
                self.add_error("price", refused.message_dict["price"][0])
        return cleaned


class RunFactsForm(PublicForm):
    """One date; without one a new one, which may stay empty."""

    starts_on = Day(label="Beginn", error_messages={"required": "Bitte nennen Sie den ersten Tag."})
    ends_on = Day(label="Ende", required=False)
    registration_until = Day(label="Anmeldung bis", required=False)
    times = Line(label="Zeiten", max_length=120, required=False, help_text="Zum Beispiel: dienstags, 17:30–20:45 Uhr.")
    postcode = Line(label="PLZ", max_length=5, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    town = Line(label="Stadt oder Gemeinde", max_length=80, required=False)
    seats_max = Seats("Plätze")
    seats_taken = Seats("davon belegt")
    status = forms.ChoiceField(label="Stand", choices=CourseRun.Status.choices)

    def __init__(self, data: Mapping[str, Any] | None, *, run: CourseRun | None, today: date) -> None:
        self.run, self.today = run, today
        names = list(self.base_fields)
        initial = {name: getattr(run or CourseRun(), name) for name in names}
        super().__init__(
            data,
            prefix=f"termin-{run.pk}" if run else "neu",
            initial=initial,
            empty_permitted=run is None,
            use_required_attribute=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or not self.is_wanted:
            return cleaned
        if cleaned["starts_on"] < self.today:
            self.add_error("starts_on", "Dieser Tag ist vorbei.")
        kept = (
            {}
            if self.run is None
            else {f.attname: getattr(self.run, f.attname) for f in CourseRun._meta.concrete_fields}
        )
        try:
            CourseRun(**{**kept, **cleaned}).clean()
        except ValidationError as refused:
            for name, messages in refused.message_dict.items():
                shown_at, said = _UNSEEN.get(name, (name, messages[0]))
                self.add_error(shown_at if shown_at in self.fields else "starts_on", said)
        return cleaned

    @property
    def is_wanted(self) -> bool:
        return self.run is not None or self.has_changed()


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """All parts of the page as one form, for the summary of errors."""

    course: CourseFactsForm
    runs: list[RunFactsForm]
    new_run: RunFactsForm

    @classmethod
    def of(
        cls, course: CoursePage, runs: list[CourseRun], data: Mapping[str, Any] | None, today: date
    ) -> CorrectionForm:
        names = [name for name in CourseFactsForm.base_fields if name != "wish"]
        initial = {name: getattr(course, name) for name in names}
        return cls(
            CourseFactsForm(data, initial=initial),
            [RunFactsForm(_said_of(run, data), run=run, today=today) for run in runs],
            RunFactsForm(data, run=None, today=today),
        )

    @property
    def parts(self) -> list[PublicForm]:
        return [*self.runs, self.new_run, self.course]

    def is_valid(self) -> bool:
        return all([part.is_valid() for part in self.parts if part.is_bound])  # noqa: C419  # every part says what is wrong

    @property
    def errors(self) -> bool:
        return any(part.errors for part in self.parts)

    @property
    def non_field_errors(self) -> list[str]:
        return list(dict.fromkeys(str(error) for part in self.parts for error in part.non_field_errors()))

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for part in self.parts for field in part)

    @property
    def correction(self) -> Correction:
        """Of a valid form."""
        facts = dict(self.course.cleaned_data)
        wish = facts.pop("wish")
        return Correction(
            course=facts,
            runs={form.run.pk: form.cleaned_data for form in self.runs if form.run and form.is_bound},
            new_runs=[self.new_run.cleaned_data] if self.new_run.is_wanted else [],
            wish=wish,
        )


def _said_of(run: CourseRun, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """None for a date that came while the form was open: it is shown as it is."""
    return data if data and f"termin-{run.pk}-starts_on" in data else None
