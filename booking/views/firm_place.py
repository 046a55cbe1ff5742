"""Where a firm lies that wants a visit, as a postcode in the address of a page says it."""

from __future__ import annotations

from dataclasses import dataclass

from booking.domain.errors import FirmTooFar, PlaceUnknown
from booking.services.travel import place_to_visit
from booking.wording import place_refused
from offices.models import Office
from offices.postcodes import bare_postcode, is_postcode

_DIGITS = "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."


@dataclass(frozen=True, slots=True)
class FirmPlace:
    """`typed` is what stands in the field; with an `error`, or with nothing typed, no visit can be offered."""

    typed: str
    error: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.typed) and not self.error


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
