"""`days_of` against a naive day-by-day check and against dateutil, whose rules are kept possible and near."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import takewhile

import dateutil.rrule
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.recurrences.expansion import MAX_WINDOW, day_set, days_of
from tests.stopwatch import processor_seconds

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ANCHOR = date(2026, 10, 1)
CLOCK_CHANGES = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))

anchors = st.dates(date(2024, 1, 1), date(2028, 12, 31))
offsets = st.integers(-40, 900)
lengths = st.integers(0, 200)
weekday_sets = st.sets(st.integers(0, 6), min_size=1)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@settings(deadline=None)
@given(anchors, offsets, lengths, weekday_sets, st.integers(1, 6))
def test_weeks_with_an_interval_match_a_day_by_day_check(anchor, offset, length, weekdays, interval):
    first, last = anchor + timedelta(days=offset), anchor + timedelta(days=offset + length)
    text = f"RRULE:FREQ=WEEKLY;INTERVAL={interval};BYDAY=" + ",".join(CODES[number] for number in sorted(weekdays))
    monday = anchor - timedelta(days=anchor.weekday())
    expected = [
        day
        for day in every_day(first, last)
        if day >= anchor and day.weekday() in weekdays and ((day - monday).days // 7) % interval == 0
    ]
    assert list(days_of(text, anchor, first, last)) == expected


@settings(deadline=None)
@given(anchors, offsets, lengths, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.integers(1, 5))
def test_nth_weekday_of_the_month_matches_a_day_by_day_check(anchor, offset, length, weekday, nth, interval):
    first, last = anchor + timedelta(days=offset), anchor + timedelta(days=offset + length)
    text = f"RRULE:FREQ=MONTHLY;INTERVAL={interval};BYDAY={nth}{CODES[weekday]}"

    def is_nth(day: date) -> bool:
        step = timedelta(days=7)
        inside = [day + n * step for n in range(-5, 6) if (day + n * step).month == day.month]
        return inside.index(day) == (nth - 1 if nth > 0 else len(inside) + nth)

    expected = [
        day
        for day in every_day(first, last)
        if day >= anchor
        and day.weekday() == weekday
        and is_nth(day)
        and ((day.year - anchor.year) * 12 + day.month - anchor.month) % interval == 0
    ]
    assert list(days_of(text, anchor, first, last)) == expected


@settings(deadline=None)
@given(anchors, offsets, lengths, st.integers(1, 9), st.sets(st.integers(0, 200)), st.sets(st.integers(-50, 200)))
def test_single_days_come_in_and_go_out_by_date(anchor, offset, length, interval, excluded, added):
    first, last = anchor + timedelta(days=offset), anchor + timedelta(days=offset + length)
    out = {anchor + timedelta(days=number) for number in excluded}
    plus = {anchor + timedelta(days=number) for number in added}
    lines = [f"RRULE:FREQ=DAILY;INTERVAL={interval}"]
    lines += [f"EXDATE:{day:%Y%m%d}T120000Z" for day in out] + [f"RDATE:{day:%Y%m%d}" for day in plus]
    expected = [
        day
        for day in every_day(first, last)
        if day >= anchor and ((day - anchor).days % interval == 0 or day in plus) and day not in out
    ]
    if len("\n".join(lines)) < 6000:
        assert list(days_of("\n".join(lines), anchor, first, last)) == expected


@st.composite
def possible_rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, sorted(draw(st.sets(st.integers(1, 12), min_size=1))))))
    style = draw(st.sampled_from(["none", "days", "weekdays", "nth", "both"]))
    if style in {"days", "both"}:
        numbers = draw(st.sets(st.sampled_from([1, 2, 15, 28, 29, 31, -1, -4]), min_size=1))
        parts.append("BYMONTHDAY=" + ",".join(map(str, sorted(numbers))))
    if style in {"weekdays", "both"}:
        parts.append("BYDAY=" + ",".join(CODES[number] for number in sorted(draw(weekday_sets))))
    if style == "nth":
        nth = draw(st.sampled_from(["1", "2", "-1"])) if frequency in {"YEARLY", "MONTHLY"} else ""
        parts.append(f"BYDAY={nth}{draw(st.sampled_from(CODES))}")
    if frequency in {"YEARLY", "MONTHLY"} and style != "none" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    end = draw(st.sampled_from(["", "COUNT=7", "UNTIL=20280315T120000Z"]))
    return ";".join([*parts, end] if end else parts)


@settings(max_examples=300, deadline=None)
@given(possible_rules(), anchors, st.integers(0, 900), lengths)
def test_days_are_those_of_dateutil(rule, anchor, offset, length):
    first, last = anchor + timedelta(days=offset), anchor + timedelta(days=offset + length)
    text = rule.replace("T120000Z", "T120000")
    expected = [moment.date() for moment in bounded(text, anchor, last) if first <= moment.date()]
    assert list(days_of(f"RRULE:{rule}", anchor, first, last)) == expected


def bounded(text: str, anchor: date, last: date) -> list[datetime]:
    """Occurrences up to `last`; dateutil's loop over empty years, endless for our purpose, is cut short."""
    original = dateutil.rrule.datetime.MAXYEAR
    dateutil.rrule.datetime.MAXYEAR = last.year + 1
    try:
        moments = dateutil.rrule.rrulestr(text, dtstart=datetime.combine(anchor, datetime.min.time()))
        return list(takewhile(lambda moment: moment.date() <= last, moments))
    finally:
        dateutil.rrule.datetime.MAXYEAR = original


@pytest.mark.parametrize("change", CLOCK_CHANGES)
def test_no_day_is_lost_or_doubled_where_the_clock_changes(change):
    first, last = change - timedelta(days=2), change + timedelta(days=2)
    assert list(days_of("RRULE:FREQ=DAILY", ANCHOR, first, last)) == every_day(first, last)


@pytest.mark.parametrize("change", CLOCK_CHANGES)
@pytest.mark.parametrize("stamp", ["{before:%Y%m%d}T230000Z", "{before:%Y%m%d}T220000Z", "{day:%Y%m%d}T050000Z"])
def test_day_of_the_clock_change_is_excluded_whatever_midnight_the_browser_wrote(change, stamp):
    text = "RRULE:FREQ=DAILY\nEXDATE:" + stamp.format(day=change, before=change - timedelta(days=1))
    around = days_of(text, ANCHOR, change - timedelta(days=1), change + timedelta(days=1))
    assert around == (change - timedelta(days=1), change + timedelta(days=1))


@pytest.mark.parametrize("until", ["20261231T230000Z", "20261230T230000Z", "20261231T050000Z", "20261231"])
def test_until_is_inside(until):
    expected_last = date(2027, 1, 1) if until == "20261231T230000Z" else date(2026, 12, 31)
    assert days_of(f"RRULE:FREQ=DAILY;UNTIL={until}", ANCHOR, date(2026, 12, 1), date(2027, 2, 1))[-1] == expected_last


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    ],
)
def test_rule_that_never_matches_costs_next_to_nothing(rule):
    def days() -> object:
        return days_of(f"RRULE:{rule}", date(2000, 1, 1), date(2027, 1, 1), date(2027, 12, 31))

    assert days() == ()
    assert processor_seconds(days) < 2


def test_cost_does_not_grow_with_the_distance_from_the_beginning():
    def cost(anchor: date) -> float:
        rules = day_set("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH")
        return min(
            processor_seconds(lambda: [rules.between(anchor, date(2027, 1, 1), date(2027, 3, 31)) for _ in range(20)])
            for _ in range(3)
        )

    assert cost(date(1926, 1, 1)) < 5 * cost(date(2026, 12, 1)) + 0.01


def test_window_beyond_the_limit_is_refused():
    with pytest.raises(ValueError, match="window"):
        days_of("RRULE:FREQ=DAILY", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1) + timedelta(MAX_WINDOW + 1))


def test_ends_of_the_calendar_are_no_crash():
    assert days_of("RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=MO", date.min, date.min, date(1, 1, 8)) == (
        date(1, 1, 1),
        date(1, 1, 8),
    )
    assert days_of("RRULE:FREQ=WEEKLY;BYDAY=FR", date(9999, 12, 1), date(9999, 12, 28), date.max) == (date.max,)


def test_window_before_the_beginning_is_empty():
    assert days_of("RRULE:FREQ=DAILY", date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31)) == ()
