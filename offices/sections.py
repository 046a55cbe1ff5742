"""Places on pages about offices for what upper apps know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from foundation.sections import Sections
from offices.domain.opening import Span
from offices.models import Office

office_sections: Sections[Office] = Sections()
office_neighbourhood: Sections[Office] = Sections()
"""What goes on around the office: bands of the page, each with its heading."""


class NextFreeTimes:
    """Who knows the next free time of each office tells it here; before anybody does, none is known."""

    def __init__(self) -> None:
        self._source: Callable[[], Mapping[int, object]] = dict

    def register(self, source: Callable[[], Mapping[int, object]]) -> None:
        """`source` gives what components/next_free.html shows, by the id of the office."""
        self._source = source

    def by_office(self) -> Mapping[int, object]:
        return self._source()


next_free_times = NextFreeTimes()


class OfficeClosures:
    """Who knows when an office is closed beside its holidays tells it here; before anybody does, it never is."""

    def __init__(self) -> None:
        self._source: Callable[[Office, date, date], Iterable[Span]] = lambda *_: ()

    def register(self, source: Callable[[Office, date, date], Iterable[Span]]) -> None:
        """`source` gives the closed spans from the first to the last of two days, both inside."""
        self._source = source

    def of(self, office: Office, first: date, last: date) -> list[Span]:
        return list(self._source(office, first, last))


office_closures = OfficeClosures()
