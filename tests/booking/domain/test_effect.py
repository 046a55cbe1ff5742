"""What a change does to the times on offer, week by week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from booking.domain.clock import BERLIN
from booking.domain.effect import WeekEffect, effect_by_week
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Slot, Window, free_slots

MONDAY = date(2026, 11, 30)
NEXT = MONDAY + timedelta(days=7)


def slot(day: date, hour: int, *, advisor: int = 1, office: int = 1) -> Slot:
    start = BERLIN.instant(day, hour * 60)
    return Slot(start, start + 60, start, start + 60, advisor, office, None, frozenset({"office"}))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([slot(MONDAY, 9)], [slot(MONDAY, 9)], [WeekEffect(MONDAY, 1, 1, 0, 0)]),
        ([slot(MONDAY, 9), slot(MONDAY, 10)], [slot(MONDAY, 9)], [WeekEffect(MONDAY, 2, 1, 0, 1)]),
        ([slot(MONDAY, 9)], [slot(MONDAY, 9), slot(MONDAY, 10)], [WeekEffect(MONDAY, 1, 2, 1, 0)]),
        ([slot(MONDAY, 9)], [slot(MONDAY, 10)], [WeekEffect(MONDAY, 1, 1, 1, 1)]),
        ([slot(MONDAY, 9)], [], [WeekEffect(MONDAY, 1, 0, 0, 1)]),
        # Another advisor at the same start is another time; the same one at a second office is not.
        ([slot(MONDAY, 9), slot(MONDAY, 9, advisor=2)], [slot(MONDAY, 9)], [WeekEffect(MONDAY, 2, 1, 0, 1)]),
        ([slot(MONDAY, 9), slot(MONDAY, 9, office=2)], [slot(MONDAY, 9)], [WeekEffect(MONDAY, 1, 1, 0, 0)]),
        # Sunday belongs to the week that ends.
        (
            [slot(NEXT - timedelta(days=1), 23), slot(NEXT, 0)],
            [],
            [WeekEffect(MONDAY, 1, 0, 0, 1), WeekEffect(NEXT, 1, 0, 0, 1)],
        ),
    ],
)
def test_gained_and_lost_are_counted_per_week(before, after, expected):
    assert effect_by_week(before, after, BERLIN) == expected
    for week in expected:
        assert week.before + week.gained - week.lost == week.after
        assert week.changes is bool(week.gained or week.lost)


@pytest.mark.parametrize(("sunday", "hours"), [(date(2026, 10, 25), 24), (date(2027, 3, 28), 23)])
def test_a_closed_day_of_the_change_of_the_clock_falls_into_its_own_week(sunday, hours):
    days = [sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)]
    windows = [Window(1, 1, day, 0, 24 * 60, frozenset({"office"})) for day in days]
    now = BERLIN.instant(sunday - timedelta(days=10), 0)
    policy = BookingPolicy(duration=60, step=60)
    before, after = (
        free_slots(windows, Commitments(absent={1: closed}), policy, now=now, clock=BERLIN)
        for closed in ([], [BERLIN.day_span(sunday)])
    )
    monday = sunday - timedelta(days=6)
    assert effect_by_week(before, after, BERLIN) == [
        WeekEffect(monday, 24 + hours, 24, 0, hours),
        WeekEffect(sunday + timedelta(days=1), 24, 24, 0, 0),
    ]
