"""Which dates of which courses fit, and how many courses each choice would leave.

Each date is one bit of whole numbers, the dates of a course beside each other and above them one bit that is theirs
together. A choice of a facet is such a number, so that „or“ and „and“ of thousands of dates are single operations; a
course counts when any of its bits is left: adding ones below carries into the bit above.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from courses.finding.periods import Period
from courses.finding.places import Position
from courses.finding.spans import Choice

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Row:
    """One date of a course; a course without any has one row without a day. `values` holds those of all facets.

    `key` is the id of the date. `rank` is the day by which it is sorted: a full date comes no sooner than one with
    seats.
    """

    starts_on: date | None = None
    position: Position | None = None
    euros: float | None = None
    values: frozenset[Choice] = field(default_factory=frozenset)
    key: int | None = None
    rank: date = date.max


class Rows:
    """`courses` are the rows of each course, by its number."""

    def __init__(self, courses: Sequence[Sequence[Row]]) -> None:
        self._rows: list[tuple[int, int, Row]] = []
        self._of_course: list[tuple[int, int]] = []
        self._above: list[int] = []
        place = 0
        for number, rows in enumerate(courses):
            self._rows += [(number, place + offset, row) for offset, row in enumerate(rows)]
            self._of_course.append((place, ((1 << len(rows)) - 1) << place))
            place += len(rows)
            self._above.append(place)
            place += 1
        self._size = place
        self.all = self._number(bit for _, bit, _ in self._rows)
        self._guards = self._number(self._above)
        self._soonest = [(number, bit) for number, bit, _ in sorted(self._rows, key=lambda each: each[2].rank)]
        self._by_choice = self._grouped(lambda row: row.values)
        self._by_day = self._grouped(lambda row: (row.starts_on,) if row.starts_on else ())
        self._by_position = self._grouped(lambda row: (row.position,) if row.position else ())
        self._by_price = self._grouped(lambda row: (row.euros,) if row.euros is not None else ())

    def _number(self, bits: Iterable[int]) -> int:
        """Built from bytes: setting bits of a large whole number one by one would copy it each time."""
        signs = bytearray(self._size // 8 + 1)
        for bit in bits:
            signs[bit >> 3] |= 1 << (bit & 7)
        return int.from_bytes(signs, "little")

    def _grouped(self, keys: Callable[[Row], Iterable[Key]]) -> dict[Key, int]:
        bits: dict[Key, list[int]] = {}
        for _, bit, row in self._rows:
            for key in keys(row):
                bits.setdefault(key, []).append(bit)
        return {key: self._number(places) for key, places in bits.items()}

    def count(self, mask: int) -> int:
        """Courses with any date in it."""
        return ((mask + self.all) & self._guards).bit_count()

    def soonest_first(self, mask: int) -> list[int]:
        """The courses by the first of their dates in it."""
        signs = mask.to_bytes(self._size // 8 + 1, "little")
        return list(dict.fromkeys(number for number, bit in self._soonest if signs[bit >> 3] >> (bit & 7) & 1))

    def of_courses(self, numbers: Iterable[int]) -> int:
        """All dates of these courses."""
        bits = (bit for number in numbers for bit in range(self._of_course[number][0], self._above[number]))
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

    def near(self, distances: Mapping[Position, float], km: float) -> int:
        return _union(self._by_position[place] for place, far in distances.items() if far <= km)

    def up_to(self, euros: float) -> int:
        """Free ones too; a price that nobody knows is never low."""
        return _union(mask for price, mask in self._by_price.items() if price <= euros)

    @property
    def positions(self) -> list[Position]:
        return list(self._by_position)

    def dates(self, number: int, mask: int) -> list[Row]:
        """The dates of a course that are in it, in the order in which they were given."""
        start = self._of_course[number][0]
        own = (mask & self._of_course[number][1]) >> start
        rows = self._rows[start - number : self._above[number] - number]
        return [row for offset, (_, _, row) in enumerate(rows) if own >> offset & 1]


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole
