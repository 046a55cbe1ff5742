"""Dates as bits: what fits, and how many courses."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from courses.finding.periods import Period
from courses.finding.rows import Row, Rows
from courses.finding.spans import Choice

ONLINE, FREE, EVENING = Choice("form", "online"), Choice("preis", "frei"), Choice("zeit", "evening")
HERE, FAR = (52.7, 8.8), (51.8, 9.4)
ROWS = Rows(
    [
        [
            Row(date(2026, 12, 1), HERE, 100.0, 16.0, frozenset({EVENING})),
            Row(date(2027, 1, 10), FAR, 100.0, 16.0, frozenset()),
        ],
        [Row(None, None, None, None, frozenset({ONLINE}))],
        [Row(date(2027, 1, 5), FAR, 0.0, 8.0, frozenset({FREE, EVENING}))],
    ]
)


def test_choices_of_a_facet_are_alternatives():
    assert ROWS.soonest_first(ROWS.any_of([ONLINE, FREE])) == [1, 2]
    assert ROWS.soonest_first(ROWS.any_of([])) == []
    assert ROWS.values("zeit") == ["evening"]


def test_all_that_is_wanted_holds_for_one_date():
    january = ROWS.within(Period(date(2027, 1, 1), date(2027, 2, 1)))
    assert ROWS.soonest_first(january) == [0, 2]
    assert ROWS.soonest_first(january & ROWS.any_of([EVENING])) == [2]


def test_distance_price_and_length():
    away = {HERE: 3.0, FAR: 90.0}
    assert sorted(ROWS.positions) == sorted(away)
    assert ROWS.soonest_first(ROWS.near(away, 30)) == [0]
    assert ROWS.soonest_first(ROWS.up_to(50)) == [2]
    assert ROWS.soonest_first(ROWS.within_hours(8)) == [2]
    assert ROWS.dates(0, ROWS.near(away, 30)) == [Row(date(2026, 12, 1), HERE, 100.0, 16.0, frozenset({EVENING}))]


def test_nothing_at_all():
    none = Rows([])
    assert (none.count(none.all), none.soonest_first(none.all)) == (0, [])


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=6), max_size=30))
def test_counts_courses_with_any_date(chosen: list[list[bool]]):
    rows = Rows([[Row(values=frozenset({ONLINE} if each else ())) for each in dates] for dates in chosen])
    wanted = [number for number, dates in enumerate(chosen) if any(dates)]
    assert rows.soonest_first(rows.any_of([ONLINE])) == wanted
    assert rows.count(rows.any_of([ONLINE])) == len(wanted)
    assert rows.soonest_first(rows.of_courses(wanted)) == wanted


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans()), max_size=60))
def test_few_dates_come_in_the_order_of_many(dates: list[tuple[int, bool]]):
    rows = Rows(
        [[Row(values=frozenset({ONLINE} if is_online else ()), rank=date(2027, 1, day))] for day, is_online in dates]
    )
    online = [number for number, (_, is_online) in enumerate(dates) if is_online]
    for numbers in (online, online[:1], online[-2:]):
        assert rows.soonest_first(rows.of_courses(numbers)) == sorted(numbers, key=lambda number: dates[number][0])
