"""Where a firm lies that wants a visit, as a postcode in the address of a page says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booking.domain.errors import FirmTooFar, PlaceUnknown
from booking.services.travel import place_to_visit
from booking.wording import place_refused
from offices.models import Office

_DIGITS = "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."


@dataclass(frozen=True, slots=True)
class FirmPlace:
    """`typed` is what stands in the field; with an `error`, or with nothing typed, no visit can be offered."""

    typed: str
    error: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.typed) and not self.error


def bare_postcode(typed: str) -> str:
    """Without the „D-“ of older letters, and without blanks."""
    return re.sub(r"^D[-\s]*|\s", "", typed, flags=re.IGNORECASE)


def is_postcode(text: str) -> bool:
    return re.fullmatch(r"[0-9]{5}", text) is not None


def firm_place(office: Office, typed: str) -> FirmPlace:
    """Judges what was typed for a visit by an advisor of that office."""
    postcode = bare_postcode(typed)
    if not postcode:
        return FirmPlace("")
    if not is_postcode(postcode):
        return FirmPlace(typed[:10], _DIGITS)
    try:
        place_to_visit(office, postcode)
    except (PlaceUnknown, FirmTooFar) as refusal:
        return FirmPlace(postcode, place_refused(refusal))
    return FirmPlace(postcode)
