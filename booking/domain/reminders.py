"""When a firm is reminded of its appointment."""

from __future__ import annotations

from datetime import timedelta

from booking.domain.clock import DAY, WallClock

LONGEST_LEAD = 14 * 24
"""Hours before an appointment at which the earliest reminder may go out."""

QUIET = 3 * 60
"""Minutes before a reminder within which another mail that names the time makes it needless."""


def reminder_due(start: int, hours: int, clock: WallClock) -> int:
    """Minutes since the epoch at which the wall clock shows the time `hours` before `start`.

    24 hours before 10 o'clock is 10 o'clock of the day before, also where the clock is changed in between; a time
    inside the gap of the spring change stands for the end of the gap.
    """
    day, minutes = clock.local(start)
    days, minutes = divmod(minutes - hours * 60, DAY)
    return clock.instant(day + timedelta(days=days), minutes)


def is_reminded(*, start: int, hours: int, told: int, now: int, clock: WallClock) -> bool:
    """Whether an appointment gets its reminder at `now`: it is due, the appointment has not begun, and the firm did
    not read the time only just before (`told`: when the last mail that named it was written)."""
    due = reminder_due(start, hours, clock)
    return hours > 0 and due <= now < start and told <= due - QUIET
