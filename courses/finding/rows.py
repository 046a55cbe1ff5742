"""Which dates of which courses fit, and how many courses each choice would leave.

Each date is one bit of whole numbers, the dates of a course beside each other and above them one bit that is theirs
together. A choice of a facet is such a number, so that „or“ and „and“ of thousands of dates are single operations; a
course counts when any of its bits is left: adding ones below carries into the bit above.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from typing import TypeVar

from courses.finding.periods import Period
from courses.finding.places import Position
from courses.finding.spans import Choice

Key = TypeVar("Key")
_TRUTH = bytes.maketrans(b"01", b"\0\1")
_FEW = 16
"""Where less than one date in so many fits, sorting those is cheaper than walking through all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One date of a course; a course without any has one row without a day. `values` holds those of all facets.

    `key` is the id of the date. `rank` is the day by which it is sorted: a date that is full or closed comes no
    sooner than one that is open.
    """

    starts_on: date | None = None
    position: Position | None = None
    euros: float | None = None
    hours: float | None = None
    values: Collection[Choice] = ()
    key: int | None = None
    rank: date = date.max


class Rows:
    """`courses` are the rows of each course, by its number. The bits of a course end with the one above its dates."""

    def __init__(self, courses: Iterable[Iterable[Row]]) -> None:
        self._rows: list[Row | None] = []
        self._first = array("I")
        self._above = array("I")
        for rows in courses:
            self._first.append(len(self._rows))
            self._rows += rows
            self._above.append(len(self._rows))
            self._rows.append(None)
        self._size = len(self._rows)
        self._guards = self._number(self._above)
        self.all = self._guards ^ ((1 << self._size) - 1)
        soonest = sorted(self._dated(), key=lambda each: each[2].rank)
        self._soonest = array("I", (number for number, _, _ in soonest))
        self._bits_of_soonest = array("I", (bit for _, bit, _ in soonest))
        self._turn = array("I", bytes(self._size * array("I").itemsize))
        for turn, bit in enumerate(self._bits_of_soonest):
            self._turn[bit] = turn
        self._by_choice = self._grouped(lambda row: row.values)
        self._by_day = self._grouped(lambda row: (row.starts_on,) if row.starts_on else ())
        self._by_position = self._grouped(lambda row: (row.position,) if row.position else ())
        self._by_price = self._grouped(lambda row: (row.euros,) if row.euros is not None else ())
        self._by_length = self._grouped(lambda row: (row.hours,) if row.hours is not None else ())

    def _dated(self) -> Iterator[tuple[int, int, Row]]:
        """Number of the course, bit and row of each date."""
        number = 0
        for bit, row in enumerate(self._rows):
            if row is None:
                number += 1
            else:
                yield number, bit, row

    def _number(self, bits: Iterable[int]) -> int:
        """Built from bytes: setting bits of a large whole number one by one would copy it each time."""
        signs = bytearray(self._size // 8 + 1)
        for bit in bits:
            signs[bit >> 3] |= 1 << (bit & 7)
        return int.from_bytes(signs, "little")

    def _grouped(self, keys: Callable[[Row], Iterable[Key]]) -> dict[Key, int]:
        bits: dict[Key, array[int]] = {}
        for _, bit, row in self._dated():
            for key in keys(row):
                if key not in bits:
                    bits[key] = array("I")
                bits[key].append(bit)
        return {key: self._number(places) for key, places in bits.items()}

    def count(self, mask: int) -> int:
        """Courses with any date in it."""
        return ((mask + self.all) & self._guards).bit_count()

    def count_of(self, choice: Choice, mask: int) -> int:
        """Courses with any date in it of that choice. Where nothing narrows the list it was counted before."""
        if mask is self.all:
            return self._counted.get(choice, 0)
        return self.count(mask & self._by_choice.get(choice, 0))

    @cached_property
    def _counted(self) -> dict[Choice, int]:
        return {choice: self.count(mask) for choice, mask in self._by_choice.items()}

    @cached_property
    def _all_by_soonest(self) -> list[int]:
        return self._by_soonest(self.all)

    def soonest_first(self, mask: int) -> list[int]:
        """The courses by the first of their dates in it."""
        return list(self._all_by_soonest) if mask == self.all else self._by_soonest(mask)

    def _by_soonest(self, mask: int) -> list[int]:
        return list(dict.fromkeys(self.soonest_dates(mask)))

    def soonest_dates(self, mask: int) -> Iterator[int]:
        """The course of each date in it, the soonest first; who needs a few only does not look at the others."""
        signs = f"{mask:0{self._size}b}"[::-1]
        if mask.bit_count() * _FEW < self._size:
            return map(self._soonest.__getitem__, sorted(map(self._turn.__getitem__, _ones(signs))))
        truths = signs.encode().translate(_TRUTH)
        return compress(self._soonest, map(truths.__getitem__, self._bits_of_soonest))

    def of_courses(self, numbers: Iterable[int]) -> int:
        """All dates of these courses."""
        bits = (bit for number in numbers for bit in range(self._first[number], self._above[number]))
        return self._number(bits)

    def values(self, facet: str) -> list[str]:
        return [choice.value for choice in self._by_choice if choice.facet == facet]

    def any_of(self, choices: Collection[Choice]) -> int:
        return _union(self._by_choice.get(choice, 0) for choice in choices)

    def within(self, period: Period) -> int:
        """Dates that begin in the period."""
        return _union(
            mask
            for day, mask in self._by_day.items()
            if (period.first is None or period.first <= day) and (period.end is None or day < period.end)
        )

    @cached_property
    def dated(self) -> int:
        """All but the rows of courses without any date."""
        return _union(self._by_day.values())

    def near(self, distances: Mapping[Position, float], km: float) -> int:
        return _union(self._by_position[place] for place, far in distances.items() if far <= km)

    def up_to(self, euros: float) -> int:
        """Free ones too; a price that nobody knows is never low."""
        return _union(mask for price, mask in self._by_price.items() if price <= euros)

    def within_hours(self, most: float) -> int:
        """What takes nobody knows how long is never short."""
        return _union(mask for hours, mask in self._by_length.items() if hours <= most)

    @property
    def positions(self) -> list[Position]:
        return list(self._by_position)

    def dates(self, number: int, mask: int) -> list[Row]:
        """The dates of a course that are in it, in the order in which they were given."""
        first, above = self._first[number], self._above[number]
        own = mask >> first & ((1 << above - first) - 1)
        return [row for offset, row in enumerate(self._rows[first:above]) if row and own >> offset & 1]


def _ones(signs: str) -> Iterator[int]:
    place = signs.find("1")
    while place >= 0:
        yield place
        place = signs.find("1", place + 1)


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole
