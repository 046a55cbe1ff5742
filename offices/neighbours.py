"""Which offices are next to one, as the crow flies."""

from __future__ import annotations

from dataclasses import dataclass

from offices.distance import distance_km
from offices.models import Office


@dataclass(frozen=True, slots=True)
class Neighbour:
    office: Office
    distance_km: int


def neighbours_of(office: Office, *, limit: int = 2) -> list[Neighbour]:
    """The nearest other offices in operation, the nearest first. One query."""
    here = (office.latitude, office.longitude)
    others = [
        Neighbour(other, round(distance_km(here, (other.latitude, other.longitude))))
        for other in Office.objects.in_operation().exclude(pk=office.pk)
    ]
    return sorted(others, key=lambda other: (other.distance_km, other.office.name))[:limit]
