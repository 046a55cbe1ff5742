"""How many appointments of a service an advisor takes on a day and in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from booking.domain.clock import WallClock
from booking.domain.policy import BookingPolicy


@dataclass(frozen=True, slots=True)
class Load:
    """An advisor's appointments of one service, counted by the wall-clock day and week on which they begin."""

    days: Counter[date]
    weeks: Counter[date]

    @classmethod
    def of(cls, starts: Iterable[int], clock: WallClock) -> Load:
        """`starts` in minutes since the epoch."""
        days = Counter(clock.local(start)[0] for start in starts)
        weeks: Counter[date] = Counter()
        for day, number in days.items():
            weeks[monday_of(day)] += number
        return cls(days, weeks)

    def fills_day(self, policy: BookingPolicy, day: date) -> bool:
        return policy.cap_per_day is not None and self.days[day] >= policy.cap_per_day

    def fills_week(self, policy: BookingPolicy, day: date) -> bool:
        return policy.cap_per_week is not None and self.weeks[monday_of(day)] >= policy.cap_per_week

    def leaves_room(self, policy: BookingPolicy, day: date) -> bool:
        """Whether one more may begin on that day."""
        return not (self.fills_day(policy, day) or self.fills_week(policy, day))


def monday_of(day: date) -> date:
    """Weeks go from Monday to Sunday."""
    return day - timedelta(days=day.weekday())
