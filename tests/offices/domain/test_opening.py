"""Open or closed: midnight, holidays, closures and the change of the clock, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.domain.opening import (
    BERLIN,
    ChangedDay,
    OpeningState,
    WeeklyHours,
    changed_days,
    on_the_clock,
    open_spans,
    state_at,
    whole_day,
)

MONDAY = date(2026, 11, 23)
MORNING = WeeklyHours(0, time(9), time(12, 30))
AFTERNOON = WeeklyHours(0, time(14), time(17))
EVENING = WeeklyHours(5, time(20), time(2))
"""Saturdays until two o'clock on Sunday."""


def at(text: str, fold: int = 0) -> datetime:
    """An instant by the clock of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)


def state(hours, text: str, closed=(), fold: int = 0) -> tuple[bool, str]:
    now = at(text, fold)
    day = now.astimezone(BERLIN).date()
    found = state_at(open_spans(hours, closed, day, day + timedelta(days=14)), now)
    return found.is_open, f"{found.turns_at.astimezone(BERLIN):%Y-%m-%dT%H:%M}" if found.turns_at else ""


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T08:59:59", (False, "2026-11-23T09:00")),
        ("2026-11-23T09:00", (True, "2026-11-23T12:30")),
        ("2026-11-23T12:29:59", (True, "2026-11-23T12:30")),
        ("2026-11-23T12:30", (False, "2026-11-23T14:00")),
        ("2026-11-23T17:00", (False, "2026-11-30T09:00")),
    ],
)
def test_state_turns_to_the_second(now, expected):
    assert state([MORNING, AFTERNOON], now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-28T23:59", (True, "2026-11-29T02:00")),
        ("2026-11-29T00:00", (True, "2026-11-29T02:00")),
        ("2026-11-29T01:59", (True, "2026-11-29T02:00")),
        ("2026-11-29T02:00", (False, "2026-12-05T20:00")),
    ],
)
def test_hours_past_midnight_belong_to_their_evening(now, expected):
    assert state([EVENING], now) == expected


def test_hours_that_meet_at_midnight_are_one():
    hours = [WeeklyHours(0, time(18), time(0)), WeeklyHours(1, time(0), time(4))]
    assert state(hours, "2026-11-23T23:00") == (True, "2026-11-24T04:00")


def test_day_around_the_clock():
    assert state([WeeklyHours(0, time(9), time(9))], "2026-11-24T08:59") == (True, "2026-11-24T09:00")


def test_no_hours_at_all():
    assert state_at(open_spans([], [], MONDAY, MONDAY), at("2026-11-23T10:00")) == OpeningState(False, None)


def test_holiday_closes_from_midnight_to_midnight():
    hours = [WeeklyHours(3, time(20), time(2)), WeeklyHours(4, time(9), time(12))]
    christmas = whole_day(date(2026, 12, 25))
    assert state(hours, "2026-12-24T23:00", [christmas]) == (True, "2026-12-25T00:00")
    assert state(hours, "2026-12-25T09:30", [christmas]) == (False, "2026-12-31T20:00")


def test_evening_of_a_holiday_does_not_begin_after_it():
    assert state([EVENING], "2026-12-27T01:00", [whole_day(date(2026, 12, 26))]) == (False, "2027-01-02T20:00")


def test_closed_hours_divide_the_day():
    closed = [(at("2026-11-23T10:00"), at("2026-11-23T11:00"))]
    assert state([MORNING], "2026-11-23T09:30", closed) == (True, "2026-11-23T10:00")
    assert state([MORNING], "2026-11-23T10:30", closed) == (False, "2026-11-23T11:00")
    assert state([MORNING], "2026-11-23T11:00", closed) == (True, "2026-11-23T12:30")


def test_night_in_which_the_clock_goes_forward():
    """28 March 2027: 02:00 is followed by 03:00."""
    assert on_the_clock(date(2027, 3, 28), time(2, 30)) == at("2027-03-28T03:00")
    night = WeeklyHours(5, time(22), time(2, 30))
    assert state([night], "2027-03-28T01:59") == (True, "2027-03-28T03:00")
    assert state([WeeklyHours(6, time(2, 10), time(2, 50))], "2027-03-28T03:00") == (False, "2027-04-04T02:10")
    start, end = whole_day(date(2027, 3, 28))
    assert end - start == timedelta(hours=23)


def test_night_in_which_the_clock_goes_back():
    """31 October 2027: 02:00 to 03:00 comes twice; the first counts."""
    night = WeeklyHours(5, time(22), time(2, 30))
    assert state([night], "2027-10-31T02:29") == (True, "2027-10-31T02:30")
    assert state([night], "2027-10-31T02:29", fold=1) == (False, "2027-11-06T22:00")
    assert state([WeeklyHours(6, time(9), time(12))], "2027-10-31T09:00") == (True, "2027-10-31T12:00")


def test_changed_days_tell_what_is_left():
    hours = [MORNING, AFTERNOON, WeeklyHours(2, time(9), time(12))]
    closed = [
        (at("2026-11-23T13:00"), at("2026-11-23T18:00")),
        whole_day(date(2026, 11, 24)),
        whole_day(MONDAY + timedelta(days=7)),
    ]
    assert changed_days(hours, closed, MONDAY, MONDAY + timedelta(days=8)) == [
        ChangedDay(MONDAY, ((at("2026-11-23T09:00"), at("2026-11-23T12:30")),)),
        ChangedDay(date(2026, 11, 30), ()),
    ], "a Tuesday without hours changes nothing"


CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))


@given(
    hours=st.lists(st.builds(WeeklyHours, st.integers(0, 6), CLOCK, CLOCK), max_size=6),
    minutes=st.integers(0, 400 * 24 * 60),
)
def test_state_agrees_with_the_spans_and_holds_until_it_turns(hours, minutes):
    now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    day = now.astimezone(BERLIN).date()
    spans = open_spans(hours, [], day, day + timedelta(days=8))
    found = state_at(spans, now)
    assert found.is_open == any(start <= now < end for start, end in spans)
    assert spans == sorted(spans)
    if found.turns_at:
        assert now < found.turns_at
        assert state_at(spans, found.turns_at - timedelta(microseconds=1)).is_open == found.is_open
        assert state_at(spans, found.turns_at).is_open != found.is_open
