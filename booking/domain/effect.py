"""What a change of the rules does to the times on offer, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from booking.domain.caps import monday_of
from booking.domain.clock import WallClock
from booking.domain.slots import Slot

Start = tuple[int, int]
"""A start and who gives it. Offered twice, for two services or at two offices, it is one time of one person."""


@dataclass(frozen=True, slots=True)
class WeekEffect:
    """Numbers of times in the week from `monday` on: before + gained - lost = after."""

    monday: date
    before: int
    after: int
    gained: int
    lost: int

    @property
    def changes(self) -> bool:
        return bool(self.gained or self.lost)


def effect_by_week(before: Iterable[Slot], after: Iterable[Slot], clock: WallClock) -> list[WeekEffect]:
    """Every week with a time before or after, in order."""
    old, new = _by_week(before, clock), _by_week(after, clock)
    return [
        WeekEffect(
            monday,
            before=len(old[monday]),
            after=len(new[monday]),
            gained=len(new[monday] - old[monday]),
            lost=len(old[monday] - new[monday]),
        )
        for monday in sorted({*old, *new})
    ]


def _by_week(slots: Iterable[Slot], clock: WallClock) -> defaultdict[date, set[Start]]:
    weeks: defaultdict[date, set[Start]] = defaultdict(set)
    for start, advisor in {(slot.start, slot.advisor) for slot in slots}:
        weeks[monday_of(clock.local(start)[0])].add((start, advisor))
    return weeks
