"""The way to a visit in the firm, in minutes, from where the places lie; and what the ways ask of an advisor's day.

An advisor's day is a row of stops. Between two stops of which one is a visit lies the way from one to the other. It
belongs to the later of them that is a visit, so that it is counted once. After a pause of `PAUSE` or more the advisor
has been back at the office: then every visit has its own way from there, and back there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from booking.domain.intervals import Interval, merged
from offices.distance import distance_km

Place = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

DETOUR = 1.3
"""Roads are about so much longer than the straight line."""

KM_PER_HOUR = 60
"""Mean speed on country roads, villages included."""

ROUNDED_TO = 5

LONGEST_WAY = 120
"""Minutes. No visit is farther than that from the office from which the advisor sets out."""

PAUSE = 2 * LONGEST_WAY
"""Minutes between two stops in which the way back to the office and out again always fits."""


@lru_cache(maxsize=8192)
def way(one: Place | None, other: Place | None) -> int:
    """Minutes by car from one place to another, rounded up to five; 0 for the same place and where one is unknown."""
    if one is None or other is None or one == other:
        return 0
    # Rounded to a metre first: the last bits of the two directions must not make another minute.
    road = round(distance_km(one, other) * DETOUR, 3)
    return ceil(road / KM_PER_HOUR * 60 / ROUNDED_TO) * ROUNDED_TO


def is_within_reach(office: Place | None, firm: Place) -> bool:
    """Whether an advisor of that office drives to the firm at all."""
    return way(office, firm) <= LONGEST_WAY


@dataclass(frozen=True, slots=True)
class Visit:
    """What is wished for where it may be a visit: the kind that is one, and where the firm is (None: not known)."""

    kind: str
    place: Place | None


class Stop(NamedTuple):
    """Where an advisor is for one appointment: [start, end) with its buffers, without any way.

    The ways of a visit begin and end at `office`.
    """

    start: int
    end: int
    place: Place | None = None
    office: Place | None = None
    is_visit: bool = False

    @property
    def way_from_office(self) -> int:
        """Minutes; 0 for what is no visit. A visit that was taken from farther away counts with the longest way."""
        return min(way(self.office, self.place), LONGEST_WAY) if self.is_visit else 0


class Ways(NamedTuple):
    """Minutes of driving that belong to one stop."""

    before: int
    after: int


def way_between(one: Stop, other: Stop) -> int:
    """Minutes that must lie between two stops of one day; none where both are no visits."""
    return min(way(one.place, other.place), PAUSE) if one.is_visit or other.is_visit else 0


def ways_of(stops: Sequence[Stop]) -> list[Ways]:
    """What belongs to each of these stops, which come in the order of the clock and do not overlap.

    Never more than the minutes that there are: where two stops are nearer to each other than their places allow,
    because an address changed since, the way is cut.
    """
    before = [stop.way_from_office for stop in stops]
    after = [stop.way_from_office for stop in stops]
    for number, (one, other) in enumerate(pairwise(stops)):
        free = max(other.start - one.end, 0)
        if free < PAUSE:
            minutes = min(way_between(one, other), free)
            before[number + 1] = minutes if other.is_visit else 0
            after[number] = 0 if other.is_visit else minutes
    return [Ways(*pair) for pair in zip(before, after, strict=True)]


_by_clock = attrgetter("start", "end")
_is_visit = attrgetter("is_visit")


class Tour:
    """The stops of one advisor, asked where one more stop like `candidate` would have room."""

    def __init__(self, stops: Iterable[Stop], candidate: Stop) -> None:
        self._candidate = candidate
        self._stops = sorted((stop for stop in stops if stop.start < stop.end), key=_by_clock)
        self._starts = [stop.start for stop in self._stops]

    @classmethod
    def around(cls, stops: Iterable[Stop], *, place: Place | None, firm: Place | None) -> Tour:
        """For an appointment at the advisor's `place`, or for a visit to `firm` from there."""
        return cls(stops, Stop(0, 0, firm or place, office=place, is_visit=firm is not None))

    def taken(self) -> list[Interval]:
        """What the new stop must not touch, buffers included: the others, and the ways between it and them."""
        if not self._candidate.is_visit and not any(map(_is_visit, self._stops)):
            return merged(map(_by_clock, self._stops))
        spans: list[Interval] = []
        for number, stop in enumerate(self._stops):
            # Beyond the next stop it is that one's place from which the way is driven.
            minutes = way_between(stop, self._candidate)
            earliest = self._stops[number - 1].end if number else stop.start - minutes
            latest = self._starts[number + 1] if number + 1 < len(self._stops) else stop.end + minutes
            start, end = max(stop.start - minutes, earliest), min(stop.end + minutes, latest)
            spans.append((min(start, stop.start), max(end, stop.end)))
        return merged(spans)

    def drives(self, start: int, end: int) -> tuple[Interval, Interval]:
        """The ways that would belong to the new stop at [start, end), where it has room: there, and back or on."""
        number = bisect_left(self._starts, end)
        around = [*self._stops[max(number - 1, 0) : number], self._candidate._replace(start=start, end=end)]
        ways = ways_of([*around, *self._stops[number : number + 1]])[min(number, 1)]
        return (start - ways.before, start), (end, end + ways.after)
