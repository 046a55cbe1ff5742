"""F31. Working days and the days between holidays and weekends."""

from __future__ import annotations

from datetime import date

import pytest

from booking.domain.workdays import BridgeDay, bridge_days, is_working_day

HOLIDAYS = {
    date(2026, 12, 25): "Erster Weihnachtstag",
    date(2026, 12, 26): "Zweiter Weihnachtstag",
    date(2027, 1, 1): "Neujahr",
    date(2027, 5, 6): "Christi Himmelfahrt",
    date(2030, 12, 25): "Erster Weihnachtstag",
    date(2030, 12, 26): "Zweiter Weihnachtstag",
    date(2031, 1, 1): "Neujahr",
    date(2028, 10, 3): "Tag der Deutschen Einheit",
}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 27), False),
        (date(2026, 12, 28), True),
        (date(2027, 1, 1), False),
    ],
)
def test_working_days_are_monday_to_friday_without_holidays(day, expected):
    assert is_working_day(day, HOLIDAYS) is expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2027, [BridgeDay(date(2027, 5, 7), "Christi Himmelfahrt")]),
        (2028, [BridgeDay(date(2028, 10, 2), "Tag der Deutschen Einheit")]),
        (2030, [BridgeDay(date(2030, 12, 27), "Zweiter Weihnachtstag")]),
    ],
    ids=["Friday after a Thursday", "Monday before a Tuesday", "Friday after two days"],
)
def test_bridge_days_of_a_year(year, expected):
    assert list(bridge_days(date(year, 1, 1), date(year, 12, 31), HOLIDAYS)) == expected


def test_a_day_between_two_holidays_is_a_bridge():
    around = {date(2026, 11, 24): "davor", date(2026, 11, 26): "danach"}
    assert list(bridge_days(date(2026, 11, 23), date(2026, 11, 27), around)) == [
        BridgeDay(date(2026, 11, 23), "davor"),
        BridgeDay(date(2026, 11, 25), "danach"),
        BridgeDay(date(2026, 11, 27), "danach"),
    ]


def test_both_ends_are_inside_and_the_year_may_change():
    assert list(bridge_days(date(2027, 5, 7), date(2027, 5, 7), HOLIDAYS)) == [
        BridgeDay(date(2027, 5, 7), "Christi Himmelfahrt")
    ]
    monday_before = {date(2030, 1, 1): "Neujahr"}
    assert list(bridge_days(date(2029, 12, 31), date(2029, 12, 31), monday_before)) == [
        BridgeDay(date(2029, 12, 31), "Neujahr")
    ]
