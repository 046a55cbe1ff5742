"""When a reminder is due: by the wall clock, and only where it helps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.reminders import QUIET, is_reminded, reminder_due


def at(text: str) -> int:
    return minute_of(datetime.fromisoformat(text).replace(tzinfo=BERLIN.zone))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-24T09:00", 24, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-24T09:00", 2, datetime(2026, 11, 24, 6, tzinfo=UTC)),
        ("2026-11-24T09:00", 48, datetime(2026, 11, 22, 8, tzinfo=UTC)),
        # The clock is put forward and back on the Sunday between.
        ("2027-03-29T09:00", 48, datetime(2027, 3, 27, 8, tzinfo=UTC)),
        ("2027-03-28T09:00", 24, datetime(2027, 3, 27, 8, tzinfo=UTC)),
        ("2027-10-31T09:00", 24, datetime(2027, 10, 30, 7, tzinfo=UTC)),
        # 2:30 is missing that night: the end of the gap, 3:00 in summer time.
        ("2027-03-29T02:30", 24, datetime(2027, 3, 28, 1, tzinfo=UTC)),
        # 2:30 is doubled: its first occurrence.
        ("2027-11-01T02:30", 24, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-01-01T00:30", 1, datetime(2026, 12, 31, 22, 30, tzinfo=UTC)),
    ],
)
def test_f29_due_by_the_wall_clock(start, hours, due):
    assert moment_of(reminder_due(at(start), hours, BERLIN)) == due


@pytest.mark.parametrize(
    ("now", "told", "hours", "reminded"),
    [
        ("2026-11-23T08:59", "2026-11-01T09:00", 24, False),
        ("2026-11-23T09:00", "2026-11-01T09:00", 24, True),
        ("2026-11-24T08:59", "2026-11-01T09:00", 24, True),
        ("2026-11-24T09:00", "2026-11-01T09:00", 24, False),
        ("2026-11-23T09:00", "2026-11-01T09:00", 0, False),
        ("2026-11-23T09:00", "2026-11-23T06:00", 24, True),
        ("2026-11-23T09:00", "2026-11-23T06:01", 24, False),
        ("2026-11-23T20:00", "2026-11-23T19:00", 24, False),
    ],
    ids=["early", "due", "late", "begun", "none", "told before", "told just before", "booked after it was due"],
)
def test_only_what_lies_ahead_and_was_not_told_just_now(now, told, hours, reminded):
    assert QUIET == 180
    start = at("2026-11-24T09:00")
    assert is_reminded(start=start, hours=hours, told=at(told), now=at(now), clock=BERLIN) is reminded
