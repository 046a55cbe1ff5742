"""When something is free in the whole network, as numbers: a page of days needs no times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from booking.choices import Filters
from booking.domain.clock import BERLIN
from booking.domain.dayparts import DayPart
from booking.domain.intervals import Interval
from booking.domain.slots import Window

Starts = dict[date, dict[int, set[int]]]
"""By day and office. What several people could give at once is one time, as on the page of that office."""


class NetworkTimes:
    """Sorted once by all that can be wished for."""

    def __init__(self, found: Iterable[tuple[Window, Sequence[int]]]) -> None:
        self._numbers: dict[Filters, int] = {}
        self._starts: dict[frozenset[str], Starts] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for window, starts in found:
            self._starts[window.kinds][window.day][window.office].update(starts)

    @property
    def kinds(self) -> set[str]:
        return {kind for kinds in self._starts for kind in kinds}

    def of(self, filters: Filters) -> Starts:
        """Only days and offices with free times; days in order."""
        days: Starts = defaultdict(dict)
        for kinds, found in self._starts.items():
            if filters.kind is not None and filters.kind not in kinds:
                continue
            for day, offices in found.items():
                shown = offices if filters.part is None else _within(_span(day, filters.part), offices)
                for office, starts in shown.items():
                    days[day][office] = days[day][office] | starts if office in days[day] else starts
        return {day: days[day] for day in sorted(days)}

    def number(self, filters: Filters) -> int:
        """Asked once for every choice of a page, some of them the same."""
        if filters not in self._numbers:
            self._numbers[filters] = sum(numbers_of(self.of(filters)).values())
        return self._numbers[filters]


def numbers_of(days: Starts) -> dict[date, int]:
    return {day: sum(map(len, offices.values())) for day, offices in days.items()}


def _span(day: date, part: DayPart) -> Interval:
    """Of that part of the day, as instants."""
    return BERLIN.instant(day, part.begins), BERLIN.instant(day, part.ends)


def _within(span: Interval, offices: Mapping[int, set[int]]) -> dict[int, set[int]]:
    left = {office: {start for start in starts if span[0] <= start < span[1]} for office, starts in offices.items()}
    return {office: starts for office, starts in left.items() if starts}
