"""The firm's postcode in the desk's forms, which a visit needs."""

from __future__ import annotations

from typing import Any

from django import forms

from booking.domain.errors import FirmTooFar, PlaceUnknown
from booking.enums import Kind
from booking.services.travel import place_to_visit
from booking.wording import place_refused


def check_place(form: forms.Form, values: dict[str, Any]) -> None:
    """Asks for the postcode of a visit, and for one to which somebody of the chosen office drives."""
    if values.get("art") != Kind.FIRM or not values.get("buero"):
        return
    postcode = values.get("plz", "")
    try:
        place_to_visit(values["buero"], postcode)
    except (PlaceUnknown, FirmTooFar) as refusal:
        missing = "Bitte geben Sie die Postleitzahl des Betriebs ein: Ohne sie lässt sich die Fahrt nicht planen."
        form.add_error("plz", place_refused(refusal) if postcode else missing)
