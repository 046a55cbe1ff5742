"""Where a course is needed, as people type it: a postcode, a place or „Landkreis Diepholz“."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offices.models import District, Postcode
from offices.places import places_called
from offices.postcodes import coordinates

DISTRICT = "Landkreis"
_CODE = re.compile(r"(?:D[-\s]*)?([0-9]{5})(?!\d)", re.IGNORECASE)
_DISTRICT = re.compile(rf"{DISTRICT}\s+", re.IGNORECASE)


class PlaceUnclear(Exception):
    """Holds the sentence that helps."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """`district` is None outside the network; `postcode` is empty where a whole district is meant."""

    postcode: str = ""
    district: District | None = None


def named_place(typed: str) -> NamedPlace:
    """At most two queries. Raises PlaceUnclear."""
    code = _CODE.match(typed)
    if code:
        return _at(code[1])
    if _DISTRICT.match(typed):
        district = District.objects.filter(name__istartswith=_DISTRICT.sub("", typed)).first()
        if district is None:
            raise PlaceUnclear(f"„{typed}“ gehört nicht zu unseren Landkreisen. Bitte geben Sie eine Postleitzahl ein.")
        return NamedPlace(district=district)
    called = places_called(typed)
    if not called:
        raise PlaceUnclear(f"„{typed}“ kennen wir nicht. Bitte geben Sie eine Postleitzahl ein.")
    if len({place.district for place in called}) > 1:
        raise PlaceUnclear("Mehrere Orte passen dazu. Bitte geben Sie die Postleitzahl ein.")
    return _at(called[0].postcode)


def _at(code: str) -> NamedPlace:
    row = Postcode.objects.filter(code=code).select_related("district").first()
    if row is None and coordinates(code) is None:
        raise PlaceUnclear(f"Die Postleitzahl {code} kennen wir nicht. Prüfen Sie die Ziffern.")
    return NamedPlace(code, row.district if row else None)
