"""Places that a question may name. The same town with several postcodes counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from courses.finding.lexicon import ONE_ERROR, TWO_ERRORS
from foundation.searching.words import WORD, fold

Position = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Spot:
    """`name` is empty where only a postcode is known."""

    name: str
    postcode: str
    position: Position

    @property
    def line(self) -> str:
        return f"{self.postcode} {self.name}".strip()


class Gazetteer:
    """`districts` are slugs by name; `locate` has the middle of any German postcode."""

    def __init__(
        self, spots: Iterable[Spot], districts: dict[str, str], locate: Callable[[str], Position | None]
    ) -> None:
        self._by_name: dict[str, Spot] = {}
        self._locate = locate
        for spot in spots:
            for name in (spot.name, spot.name.partition("(")[0]):
                self._by_name.setdefault(_folded(name), spot)
        self._districts = {_folded(name.partition("(")[0]): (slug, name) for name, slug in districts.items()}

    def called(self, name: str) -> Spot | None:
        return self._by_name.get(_folded(name))

    def like(self, typed: str) -> Spot | None:
        """With the typing errors that a word may have, but none in the first letter."""
        asked = _folded(typed)
        if len(asked) < ONE_ERROR:
            return None
        most = 2 if len(asked) >= TWO_ERRORS else 1
        alike = [name for name in self._by_name if name[:1] == asked[0]]
        near = process.extractOne(asked, alike, scorer=OSA.distance, score_cutoff=most)
        return self._by_name[near[0]] if near else None

    def at(self, postcode: str, name: str = "") -> Spot | None:
        position = self._locate(postcode)
        return Spot(name, postcode, position) if position else None

    def district(self, name: str) -> tuple[str, str] | None:
        """Slug and name."""
        return self._districts.get(_folded(name))


def _folded(name: str) -> str:
    return "".join(fold(word) for word in WORD.findall(name))
