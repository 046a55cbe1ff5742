"""What „Bedarf melden“ asks. Nobody has to say who they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from courses.finding.question import LONGEST
from courses.models import TargetGroup, Topic
from foundation.public_forms import Line, Paragraphs, PublicForm, ReplyAddress
from home.alerts.order import Order
from home.alerts.searches import canonical
from home.demand.carried import Carried
from home.demand.places import NamedPlace, PlaceUnclear, named_place
from home.demand.report import Need
from home.models import CourseDemand
from home.models.course_demand import MOST_PEOPLE


class DemandForm(PublicForm):
    need = Paragraphs(
        label="Was soll man in dem Kurs lernen?",
        max_length=500,
        help_text="Ein Stichwort genügt. Bitte keine Namen und keine Gesundheitsdaten.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Bitte schreiben Sie, was man lernen soll."},
    )
    topic = forms.ModelChoiceField(
        label="Thema", queryset=Topic.objects.none(), to_field_name="slug", required=False, empty_label="weiß ich nicht"
    )
    people = forms.IntegerField(
        label="Für wie viele Personen?",
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
        error_messages={
            "required": "Bitte geben Sie eine Zahl ein.",
            "invalid": "Bitte geben Sie eine Zahl ein, zum Beispiel 3.",
            "min_value": "Mindestens eine Person soll den Kurs besuchen.",
            "max_value": f"Bitte geben Sie höchstens {MOST_PEOPLE} ein.",
        },
    )
    target_group = forms.ModelChoiceField(
        label="Für wen?",
        queryset=TargetGroup.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="für alle",
    )
    place = Line(
        label="Wo?",
        max_length=60,
        required=False,
        help_text="Postleitzahl oder Ort. Leer heißt: Der Ort ist egal, oder der Kurs ist online.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    by = forms.ChoiceField(
        label="Bis wann?",
        choices=CourseDemand.By.choices,
        initial=CourseDemand.By.OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie eine Antwort."},
    )
    email = ReplyAddress(
        label="E-Mail",
        max_length=200,
        required=False,
        help_text="Nur, wenn wir Ihnen schreiben sollen, sobald es so einen Kurs gibt. Das bestätigen Sie zuerst in "
        "einer E-Mail. Mit Ihrer Meldung speichern wir die Adresse nicht.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.order_by("name")
        self.fields["target_group"].queryset = TargetGroup.objects.order_by("name")

    def clean_place(self) -> NamedPlace:
        typed = self.cleaned_data["place"]
        try:
            return named_place(typed) if typed else NamedPlace()
        except PlaceUnclear as unclear:
            raise forms.ValidationError(str(unclear), code="unclear") from unclear

    @property
    def said(self) -> Need:
        """Of a valid form."""
        answers = self.cleaned_data
        return Need(
            text=answers["need"],
            people=answers["people"],
            by=answers["by"],
            place=answers["place"],
            topic=answers["topic"],
            target_group=answers["target_group"],
        )

    def order(self, today: date) -> Order | None:
        """Of a valid form: what to tell by mail, read as the box of the list would read it."""
        if not self.cleaned_data["email"]:
            return None
        place = self["place"].value() or ""
        asked = QueryDict(mutable=True)
        asked["text"] = f"{self.cleaned_data['need'][: LONGEST - len(place) - 1]} {place}"
        if topic := self.cleaned_data["topic"]:
            asked["thema"] = topic.slug
        return Order(self.cleaned_data["email"], *canonical(asked, today))


def first_answers(found: Carried) -> dict[str, Any]:
    return {"need": found.need[:500], "place": found.place[:60], "topic": found.topic}
