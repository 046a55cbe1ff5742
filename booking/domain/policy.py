"""The rules of a service that decide which times can be booked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """Spans in minutes, the horizon in days.

    A start is bookable when it is at least `notice` away and lies on one of the next `horizon_days` days.
    The blocked range is the appointment with `buffer_before` and `buffer_after` around it.
    """

    duration: int
    step: int
    buffer_before: int = 0
    buffer_after: int = 0
    notice: int = 0
    horizon_days: int = 60

    def __post_init__(self) -> None:
        if self.duration <= 0 or self.step <= 0:
            raise ValueError("duration and step must be positive")
        if min(self.buffer_before, self.buffer_after, self.notice, self.horizon_days) < 0:
            raise ValueError("buffers, notice and horizon must not be negative")
