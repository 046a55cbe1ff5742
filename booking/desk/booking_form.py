"""The two forms of a booking on the phone: what is wanted, and for which firm."""

from __future__ import annotations

from typing import Any

from django import forms

from booking.desk.durations import DurationChoice, check_duration
from booking.desk.firm_place import check_place
from booking.desk.people import advisors_within_reach, offices_within_reach
from booking.enums import Kind
from booking.forms import FirmForm
from booking.models import Appointment, Service
from foundation.public_forms import without_controls
from offices.models import Advisor, Office


class WishForm(forms.Form):
    """Sent by GET, so that the page with its free times has an address."""

    anliegen = forms.ModelChoiceField(
        label="Anliegen", queryset=Service.objects.filter(is_active=True), to_field_name="slug", empty_label=None
    )
    dauer = DurationChoice()
    art = forms.ChoiceField(label="Art", choices=Kind.choices)
    plz = forms.CharField(
        label="PLZ des Betriebs",
        max_length=5,
        required=False,
        help_text="Nur für einen Besuch im Betrieb: Die Fahrt zählt zur Zeit des Termins.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    buero = forms.ModelChoiceField(label="Büro", queryset=Office.objects.none(), to_field_name="slug", empty_label=None)
    beratung = forms.ModelChoiceField(
        label="Beratungsperson", queryset=Advisor.objects.none(), required=False, empty_label="egal wer"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["buero"].queryset = offices_within_reach(user)
        people = advisors_within_reach(user)
        self.fields["beratung"].queryset = people
        self.people = list(people)
        if len(self.people) == 1:
            self.fields["beratung"].empty_label = None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        service = values.get("anliegen")
        check_duration(self, values)
        if service and values.get("art") and values["art"] not in service.kinds:
            self.add_error("art", f"„{service}“ gibt es nicht {Kind(values['art']).label}.")
        check_place(self, values)
        if not values.get("beratung") and len(self.people) == 1:
            values["beratung"] = self.people[0]
        return values


class DeskFirmForm(FirmForm):
    """What the firm says on the phone: the e-mail address may be missing, then nobody writes to it."""

    last_fields = ("message", "note")

    note = forms.CharField(
        label="Interne Notiz",
        max_length=Appointment._meta.get_field("note").max_length,
        required=False,
        help_text="Auf der Website sieht der Betrieb sie nicht. Bitte keine Gesundheitsdaten.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Ansprechperson"
        self.fields["email"].required = False
        self.fields["email"].help_text = "Ohne Adresse geht keine E-Mail an den Betrieb."
        self.fields["size_class"].label = "Betriebsgröße"
        self.fields["topic"].help_text = ""
        self.fields["message"].label = "Nachricht"
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # the data are another's, not those of who types

    def clean_email(self) -> str:
        return super().clean_email() if self.cleaned_data["email"] else ""

    def clean_note(self) -> str:
        return without_controls(self.cleaned_data["note"].replace("\r\n", "\n"), lines=True)
