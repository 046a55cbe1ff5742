"""How long a firm has to answer: only waking hours count, and never up to the time itself."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.clock import BERLIN, minute_of
from booking.domain.waiting import LEAD, LEAST, SLEEPS, WAKES, answer_until

FAR = "2026-12-24T10:00"


def at(text: str) -> int:
    return minute_of(datetime.fromisoformat(text).replace(tzinfo=BERLIN.zone))


def wall(minute: int | None) -> str:
    return "" if minute is None else f"{BERLIN.moment(minute):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("now", "minutes", "start", "until"),
    [
        ("2026-11-23T09:00", 120, FAR, "2026-11-23T11:00"),
        ("2026-11-23T18:00", 120, FAR, "2026-11-23T20:00"),
        # One hour on the evening, the other from 7 o'clock on.
        ("2026-11-23T19:00", 120, FAR, "2026-11-24T08:00"),
        ("2026-11-23T23:30", 120, FAR, "2026-11-24T09:00"),
        ("2026-11-24T03:00", 120, FAR, "2026-11-24T09:00"),
        # Thirteen hours a day: two whole days and one hour.
        ("2026-11-23T07:00", 27 * 60, FAR, "2026-11-25T08:00"),
        # Both nights in which the clock is changed.
        ("2027-03-27T19:00", 120, "2027-04-01T10:00", "2027-03-28T08:00"),
        ("2027-10-30T19:00", 120, "2027-11-10T10:00", "2027-10-31T08:00"),
        # An hour before the time itself nobody is waited for any longer.
        ("2026-11-23T09:00", 120, "2026-11-23T11:30", "2026-11-23T10:30"),
        ("2026-11-23T09:00", 120, "2026-11-23T10:15", "2026-11-23T09:15"),
        ("2026-11-23T09:00", 120, "2026-11-23T10:14", ""),
        ("2026-11-23T09:00", 120, "2026-11-23T08:00", ""),
    ],
)
def test_the_time_to_answer_runs_by_day(now, minutes, start, until):
    assert wall(answer_until(now=at(now), minutes=minutes, start=at(start), clock=BERLIN)) == until


@given(
    now=st.integers(at("2026-10-20T00:00"), at("2027-11-05T00:00")),
    minutes=st.integers(LEAST, 48 * 60),
    ahead=st.integers(0, 30 * 24 * 60),
)
def test_by_the_minute(now, minutes, ahead):
    """As many waking minutes as were promised, counted one by one, or the hour before the time itself."""
    until, left, minute = answer_until(now=now, minutes=minutes, start=now + ahead, clock=BERLIN), minutes, now
    while left:
        left -= WAKES <= BERLIN.local(minute)[1] < SLEEPS
        minute += 1
    expected = min(minute, now + ahead - LEAD)
    assert until == (expected if expected - now >= LEAST else None)
