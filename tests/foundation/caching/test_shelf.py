"""How long something made is kept: as long as the first of what it is made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from foundation.caching.marks import CONTENT, Mark
from foundation.caching.shelf import depends_on, kept, midnight_after

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
OTHER = Mark("tests.other")


@pytest.fixture
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
    cache.clear()


@pytest.fixture
def made():
    """Counts how often it was made."""
    made = []

    def make() -> int:
        made.append(1)
        return len(made)

    return make


def test_it_is_kept_for_a_minute(clock, made):
    assert [kept("x", made), kept("x", made)] == [1, 1]
    clock.shift(59)
    assert kept("x", made) == 1
    clock.shift(1)
    assert kept("x", made) == 2


def test_names_do_not_meet(clock, made):
    assert [kept("x", made), kept("y", made)] == [1, 2]


def test_a_renewed_mark_ends_it(clock, made):
    kept("x", made)
    CONTENT.renew()
    assert kept("x", made) == 2


def test_it_ends_at_midnight_in_berlin(clock, made):
    clock.move_to(datetime(2026, 11, 23, 22, 59, 50, tzinfo=UTC))
    kept("x", made)
    clock.shift(9)
    assert kept("x", made) == 1
    clock.shift(1)
    assert kept("x", made) == 2


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)),  # a day of 23 hours
        (datetime(2027, 10, 30, 22, tzinfo=UTC), datetime(2027, 10, 31, 23, tzinfo=UTC)),  # and one of 25
    ],
)
def test_midnight_on_days_of_another_length(now, expected):
    assert midnight_after(now) == expected


@pytest.mark.parametrize("warm", [False, True])
def test_what_holds_something_ends_with_it(clock, made, warm):
    """Also where the inner thing was there already when the outer one was made."""

    def inner():
        depends_on(NOON + timedelta(seconds=20), {OTHER.key: OTHER.value()})
        return made()

    if warm:
        kept("inner", inner)
    for change in (lambda: clock.shift(20), OTHER.renew):
        before = kept("outer", lambda: kept("inner", inner))
        change()
        assert kept("outer", lambda: kept("inner", inner)) == before + 1
        clock.move_to(NOON)


def test_what_was_overtaken_while_it_was_made_is_found_by_nobody(clock, made):
    def overtaken():
        CONTENT.renew()
        return made()

    assert kept("x", overtaken) == 1
    assert kept("x", made) == 2


def test_a_mark_taken_twice_counts_as_it_was_first(clock, made):
    def torn():
        depends_on(NOON + timedelta(hours=1), {OTHER.key: OTHER.value()})
        OTHER.renew()
        depends_on(NOON + timedelta(hours=1), {OTHER.key: OTHER.value()})
        return made()

    kept("x", torn)
    assert kept("x", made) == 2


def test_foreign_bodies_in_the_cache_are_not_served(clock, made):
    cache.set("foundation.kept.x", "foreign", None)
    assert kept("x", made) == 1
