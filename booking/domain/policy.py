"""The rules of a service that decide which times can be booked."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from math import ceil

from booking.domain.clock import WallClock
from booking.domain.workdays import day_of_request, working_day_after


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """Spans in minutes, the horizon in days.

    A start is bookable when it is at least `notice` away and lies on one of the next `horizon_days` days. With
    `notice_working_days` the notice counts in those instead: the first bookable day is so many working days of the
    office after the day of the request (see `workdays.day_of_request`), from midnight on.
    The blocked range is the appointment with `buffer_before` and `buffer_after` around it.
    The caps say how many appointments of the service an advisor takes on a day and in a week; None: as many as fit.
    """

    duration: int
    step: int
    buffer_before: int = 0
    buffer_after: int = 0
    notice: int = 0
    horizon_days: int = 60
    notice_working_days: int | None = None
    cap_per_day: int | None = None
    cap_per_week: int | None = None

    def __post_init__(self) -> None:
        if self.duration <= 0 or self.step <= 0:
            raise ValueError("duration and step must be positive")
        if min(self.buffer_before, self.buffer_after, self.notice, self.horizon_days) < 0:
            raise ValueError("buffers, notice and horizon must not be negative")
        if any(
            number is not None and number < 1
            for number in (self.notice_working_days, self.cap_per_day, self.cap_per_week)
        ):
            raise ValueError("working days and caps must be positive")

    @property
    def is_capped(self) -> bool:
        return self.cap_per_day is not None or self.cap_per_week is not None

    def earliest(self, now: float, holidays: Container[date], clock: WallClock) -> int:
        """The first whole minute that keeps the notice at an office with these holidays.

        A minute that has begun is over: at 9:00:01 o'clock 24 hours of notice end at 9:01 o'clock.
        """
        if self.notice_working_days is None:
            return ceil(now) + self.notice
        asked = day_of_request(*clock.local(now), holidays)
        return clock.instant(working_day_after(asked, self.notice_working_days, holidays), 0)
