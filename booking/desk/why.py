"""„Warum wird diese Zeit nicht angeboten?“: one sentence for every rule that removes a time, and the next step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from booking.desk.durations import DurationChoice, check_duration
from booking.desk.next_steps import NextSteps
from booking.desk.reasons import reasons
from booking.desk.team import TeamPage, TeamViewSet
from booking.domain.clock import BERLIN, minutes_of
from booking.enums import Kind
from booking.models import Service
from booking.permissions import advisor_of
from booking.selectors import why_not
from offices.models import Advisor, Office


class WhyForm(forms.Form):
    anliegen = forms.ModelChoiceField(Service.objects.all(), label="Anliegen", empty_label=None)
    dauer = DurationChoice()
    buero = forms.ModelChoiceField(Office.objects.all(), label="Büro", empty_label=None)
    art = forms.ChoiceField(choices=Kind.choices, label="Art")
    plz = forms.CharField(
        label="PLZ des Betriebs",
        max_length=5,
        required=False,
        help_text="Nur für einen Besuch im Betrieb: Von ihr hängt die Fahrt ab.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    person = forms.ModelChoiceField(
        Advisor.objects.all(),
        label="Beratungsperson",
        required=False,
        empty_label="irgendjemand",
        help_text="Ohne Auswahl zählen alle, die in diesem Büro beraten.",
    )
    tag = forms.DateField(label="Tag", widget=AdminDateInput)
    uhrzeit = forms.TimeField(
        label="Uhrzeit", widget=AdminTimeInput, help_text="Der Beginn des Gesprächs, zum Beispiel 9:30."
    )

    def __init__(self, *args: Any, only: Office | None, **kwargs: Any) -> None:
        """`only` is the one office that may be asked about, None for every office."""
        super().__init__(*args, **kwargs)
        if only is not None:
            self.fields["buero"].queryset = Office.objects.filter(pk=only.pk)
            self.fields["person"].queryset = Advisor.objects.filter(office=only)

    def clean_tag(self) -> Any:
        day = self.cleaned_data["tag"]
        if not 2000 < day.year < 2100:
            raise forms.ValidationError("Bitte geben Sie einen Tag dieses Jahrhunderts ein.")
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        check_duration(self, values)
        day, at = values.get("tag"), values.get("uhrzeit")
        if day and at and not BERLIN.shows(day, minutes_of(at)):
            self.add_error("uhrzeit", "Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird eine Stunde vorgestellt.")
        return values

    @property
    def moment(self) -> datetime:
        values = self.cleaned_data
        return BERLIN.moment(BERLIN.instant(values["tag"], minutes_of(values["uhrzeit"])))


class WhyView(TeamPage):
    template_name = "booking/desk/why.html"
    page_title = "Warum wird diese Zeit nicht angeboten?"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        advisor = None if self.sees_all_offices(self.request.user) else advisor_of(self.request.user)
        form = WhyForm(self.request.GET or None, only=advisor.office if advisor else None)
        context = super().get_context_data(**kwargs) | {"form": form, "media": form.media}
        if form.is_bound and form.is_valid():
            context |= self.answer(form)
        return context

    def answer(self, form: WhyForm) -> dict[str, Any]:
        values = form.cleaned_data
        explanation = why_not(
            values["anliegen"],
            now=timezone.now(),
            office=values["buero"],
            kind=values["art"],
            starts_at=form.moment,
            advisor=values["person"],
            minutes=values["dauer"],
            postcode=values["plz"],
        )
        minutes = values["dauer"] or values["anliegen"].duration
        steps = NextSteps(self.request.user, values["anliegen"], values["buero"], form.moment, minutes, explanation)
        return {
            "asked": date_format(form.moment, "l, j. F Y, G:i") + " Uhr",
            "reasons": reasons(
                explanation, steps, service=values["anliegen"], kind=Kind(values["art"]), minutes=values["dauer"]
            ),
        }


class WhyViewSet(TeamViewSet):
    name = "warum"
    icon = "help"
    menu_label = "Warum nicht?"
    view_class = WhyView
