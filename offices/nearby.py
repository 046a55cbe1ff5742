"""Which office is near a place that a visitor types: a postcode or a name. No device is asked where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from offices.distance import distance_km
from offices.models import Office
from offices.places import Place, places_called, places_like
from offices.postcodes import (
    Responsibility,
    UnknownPostcode,
    bare_postcode,
    coordinates,
    is_postcode,
    responsible_office,
)
from offices.selectors import OfficeTeaser, office_teasers

LONGEST = 60
"""Characters that are read; no place has a longer name."""

_LINE = re.compile(r"(?:D[-\s]*)?(?P<code>[0-9]{5})\s+(?P<name>\D+)$", re.IGNORECASE)
"""As in an address: „49377 Vechta“."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """What was typed and what came of it: `choices` where several places may be meant, else `error`, else an office.

    `offices` are all of them, the responsible one first, then the nearest, each with its distance.
    """

    typed: str
    error: str = ""
    choices: list[Place] = field(default_factory=list)
    place: str = ""
    found: Responsibility | None = None
    offices: list[OfficeTeaser] = field(default_factory=list)


def nearby(typed: str, request: HttpRequest | None) -> Nearby | None:
    """None where nothing was typed. At most four queries beside those of the teasers."""
    typed = " ".join(typed.split())[:LONGEST]
    if not typed:
        return None
    code = bare_postcode(typed)
    if code.isdigit() and not is_postcode(code):
        return Nearby(typed, error="Eine Postleitzahl hat fünf Ziffern. Sie können auch den Namen des Ortes eingeben.")
    if is_postcode(code):
        return _near(typed, code, code, request)
    line = _LINE.match(typed)
    called = places_called(line["name"] if line else typed)
    if line:
        named = next((place.line for place in called if place.postcode == line["code"]), line["code"])
        return _near(typed, named, line["code"], request)
    return _by_name(typed, called, request)


def _by_name(typed: str, called: list[Place], request: HttpRequest | None) -> Nearby:
    if len(called) == 1:
        return _near(typed, called[0].line, called[0].postcode, request)
    if called:
        return Nearby(typed, choices=called)
    error = f"„{typed}“ kennen wir nicht. Außerhalb der sieben Landkreise suchen Sie bitte mit der Postleitzahl."
    return Nearby(typed, error=error, choices=places_like(typed))


def _near(typed: str, place: str, code: str, request: HttpRequest | None) -> Nearby:
    try:
        found = responsible_office(code)
    except UnknownPostcode:
        return Nearby(typed, error=f"Die Postleitzahl {code} kennen wir nicht. Prüfen Sie die Ziffern.")
    except Office.DoesNotExist:
        return Nearby(typed, error="Zurzeit ist kein Büro geöffnet. Bitte versuchen Sie es später noch einmal.")
    return Nearby(typed, place=place, found=found, offices=_by_distance(found, request))


def _by_distance(found: Responsibility, request: HttpRequest | None) -> list[OfficeTeaser]:
    here = coordinates(found.postcode) or _middle_of_district(found)
    away = [(distance_km(here, teaser.position), teaser) for teaser in office_teasers(request)]
    away.sort(key=lambda pair: (pair[1].office_id != found.office.pk, pair[0]))
    return [replace(teaser, distance_km=round(km)) for km, teaser in away]


def _middle_of_district(found: Responsibility) -> tuple[float, float]:
    """Of postcodes without a place on the map (bulk customers) the district is always known."""
    place = found.district or found.office
    return place.latitude, place.longitude
