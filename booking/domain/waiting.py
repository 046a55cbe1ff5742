"""How long a firm has to answer when a time earlier than its own has become free."""

from __future__ import annotations

from datetime import timedelta

from booking.domain.clock import WallClock

WAKES, SLEEPS = 7 * 60, 20 * 60
"""By the wall clock: the time to answer runs only in between, since nobody reads mails at night."""

LEAD = 60
"""Minutes before the time itself at which it is too late to say yes: the way has to be gone."""

LEAST = 15
"""Whoever has fewer minutes than these is not asked at all."""


def answer_until(*, now: int, minutes: int, start: int, clock: WallClock) -> int | None:
    """The instant at which a time that begins at `start` is passed on; None where too little time is left.

    `minutes` are the waking ones from `now` on; `now`, `start` and the result are minutes since the epoch.
    """
    day, at = clock.local(now)
    at, left = max(at, WAKES), minutes
    while left > (room := max(SLEEPS - at, 0)):
        day, at, left = day + timedelta(days=1), WAKES, left - room
    until = min(clock.instant(day, at + left), start - LEAD)
    return until if until - now >= LEAST else None
