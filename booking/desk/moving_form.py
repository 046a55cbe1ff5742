"""The two forms of a move at the desk: where to, and what the new kind needs beside a time."""

from __future__ import annotations

from typing import Any

from django import forms

from booking.desk.people import offices_to_move_to
from booking.enums import Kind
from booking.forms import MissingForm
from booking.models import Appointment
from offices.models import Office


class TargetForm(forms.Form):
    """Sent by GET, so that the page with its free times has an address. What is left out stays as it is."""

    art = forms.ChoiceField(label="Art", required=False)
    buero = forms.ModelChoiceField(
        label="Büro", queryset=Office.objects.none(), to_field_name="slug", required=False, empty_label=None
    )

    def __init__(self, data: Any, *, user: Any, appointment: Appointment) -> None:
        super().__init__(data, label_suffix="", initial={"art": appointment.kind, "buero": appointment.office.slug})
        self.appointment = appointment
        kinds = dict.fromkeys([*appointment.service.kinds, appointment.kind])
        self.fields["art"].choices = [(kind, Kind(kind).label) for kind in kinds]
        offices = offices_to_move_to(user)
        self.fields["buero"].queryset = offices | Office.objects.filter(pk=appointment.office_id).distinct()

    @property
    def kind(self) -> str:
        return self.cleaned_data["art"] or self.appointment.kind

    @property
    def office(self) -> Office:
        office: Office | None = self.cleaned_data["buero"]
        return office or self.appointment.office


class DeskMissingForm(MissingForm):
    """The same two answers, in the words of somebody who asks on the phone."""

    labels = {"phone": "Telefon des Betriebs", "street": "Straße und Hausnummer des Betriebs"}
    wanted = {"phone": "Bitte geben Sie die Nummer des Betriebs ein.", "street": "Bitte geben Sie die Adresse ein."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.error_messages["required"] = self.wanted[name]
            field.widget.attrs["autocomplete"] = "off"  # the data are another's, not those of who types
