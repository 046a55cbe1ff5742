"""From the name of a place, as somebody types it, to the postcodes that it may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.caching.shelf import kept
from foundation.searching.nearness import MOST, similar
from foundation.searching.words import WORD, fold, plain
from offices.models import Postcode

_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    postcode: str
    district: str

    @property
    def line(self) -> str:
        """As it stands in an address."""
        return f"{self.postcode} {self.name}"


def places_called(typed: str) -> list[Place]:
    """Those of that name, else those with words that begin like it („Münder“: Bad Münder). A town with several
    postcodes counts once. One query until it is kept."""
    asked = [fold(word) for word in WORD.findall(plain(typed))]
    whole = "".join(asked)
    if not whole:
        return []
    known = known_places()
    return _once(place for place in known if whole in _names(place)) or _once(
        place for place in known if _begins(asked, place)
    )


def places_like(typed: str) -> list[Place]:
    """Where the name is written nearly like that, the nearest first."""
    by_name: dict[str, list[Place]] = {}
    for place in known_places():
        by_name.setdefault(_bare(place), []).append(place)
    names = similar(typed, {fold(name): name for name in by_name})
    return _once(place for name in names for place in by_name[name])[:MOST]


def known_places() -> list[Place]:
    """In the order of their postcodes."""
    return kept("offices.places", _known_places)


def _known_places() -> list[Place]:
    named = Postcode.objects.exclude(places="").select_related("district")
    return [
        Place(name.strip(), row.code, row.district.name)
        for row in named
        for name in row.places.split(",")
        if name.strip()
    ]


def _once(places: Iterable[Place]) -> list[Place]:
    first: dict[tuple[str, str], Place] = {}
    for place in places:
        first.setdefault((place.name, place.district), place)
    return list(first.values())


def _bare(place: Place) -> str:
    """„Lohne (Oldenburg)“ is asked for as „Lohne“."""
    return place.name.partition("(")[0].strip()


def _names(place: Place) -> set[str]:
    return {fold(place.name), fold(_bare(place))}


def _begins(asked: list[str], place: Place) -> bool:
    parts = [fold(part) for part in WORD.findall(place.name)]
    return all(len(word) >= _SHORTEST_BEGINNING and any(part.startswith(word) for part in parts) for word in asked)
