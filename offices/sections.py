"""Places on pages about offices for what upper apps know of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foundation.sections import Sections
from offices.models import Office

office_sections: Sections[Office] = Sections()


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
