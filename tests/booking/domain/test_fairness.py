"""Whose turn it is, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from booking.domain.fairness import Presence, Reason, Share, fair_order, period_around, presence, reason_of

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def share(advisor, given, present=40, percent=100, last=None, leave=0):
    return Share(advisor, given, Presence(present, leave), percent, last)


@pytest.mark.parametrize(
    ("shares", "order", "reason"),
    [
        ([share(1, 5), share(2, 4)], [2, 1], Reason.LEAST),
        ([share(1, 5), share(2, 4, percent=50)], [1, 2], Reason.LEAST),
        ([share(1, 5), share(2, 2, percent=50)], [2, 1], Reason.LEAST),
        ([share(1, 5), share(2, 4, present=20, leave=20)], [1, 2], Reason.LEAST),
        ([share(1, 9), share(2, 0, present=0, leave=40)], [1, 2], Reason.LEAST),
        ([share(1, 4, last=20), share(2, 4, last=10)], [2, 1], Reason.LONGEST_AGO),
        ([share(1, 4, last=20), share(2, 2, percent=50, last=10)], [2, 1], Reason.LONGEST_AGO),
        ([share(2, 4, last=10), share(1, 4, last=10)], [1, 2], Reason.NUMBER),
        ([share(2, 0), share(1, 0)], [1, 2], Reason.NUMBER),
        ([share(1, 7)], [1], Reason.ONLY),
        ([share(2, 0, present=0), share(1, 0, present=0)], [1, 2], Reason.NOBODY_THERE),
    ],
    ids=[
        "fewest",
        "half a post with nearly as many",
        "half a post with less than half",
        "on leave for half of it",
        "on leave for all of it",
        "longest ago",
        "exactly the same quotient with other shares",
        "number",
        "nobody has any",
        "alone",
        "nobody there",
    ],
)
def test_whose_turn_it_is_and_why(shares, order, reason):
    found = fair_order(shares)
    assert [each.advisor for each in found] == order
    assert reason_of(found) is reason


def test_quotient_is_for_each_working_day_of_a_full_post():
    assert share(1, 3, present=10, percent=50).quotient == Fraction(3, 5)
    assert share(1, 3, present=0).quotient is None


def test_the_order_does_not_hang_on_the_order_of_asking():
    shares = [share(number, given, last=number) for number, given in ((3, 1), (1, 2), (2, 1))]
    assert fair_order(shares) == fair_order(reversed(shares))


def test_half_a_post_gets_a_third_of_what_two_share():
    shares = [share(1, 0), share(2, 0, percent=50)]
    for number in range(30):
        first = fair_order(shares)[0]
        shares.remove(first)
        shares.append(replace(first, given=first.given + 1, last_given=number))
    assert sorted((each.advisor, each.given) for each in shares) == [(1, 20), (2, 10)]


def test_who_is_new_gets_a_first_one_and_is_not_flooded():
    """Two days of 22: of 30 appointments the newcomer gets no more than three, which is that share rounded up."""
    shares = [share(1, 20, present=20, last=1), share(2, 0, present=2)]
    given = []
    for number in range(10):
        first = fair_order(shares)[0]
        given.append(first.advisor)
        shares.remove(first)
        shares.append(replace(first, given=first.given + 1, last_given=100 + number))
    assert given[:2] == [2, 2]
    assert given.count(2) == 3


@pytest.mark.parametrize(
    ("weeks", "span"),
    [
        (8, (MONDAY - timedelta(days=28), MONDAY + timedelta(days=27))),
        (1, (MONDAY - timedelta(days=3), MONDAY + timedelta(days=3))),
    ],
)
def test_the_period_lies_around_the_day(weeks, span):
    assert period_around(MONDAY, weeks) == span


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ({}, Presence(10, 0)),
        ({"free": {FRIDAY}}, Presence(9, 0)),
        ({"leave": {MONDAY, FRIDAY}}, Presence(8, 2)),
        ({"free": {FRIDAY}, "leave": {FRIDAY}}, Presence(9, 0)),
        ({"leave": {MONDAY + timedelta(days=5)}}, Presence(10, 0)),
        ({"leave": {MONDAY + timedelta(days=number) for number in range(14)}}, Presence(0, 10)),
        ({"since": MONDAY + timedelta(days=7)}, Presence(5, 0)),
        ({"since": MONDAY + timedelta(days=7), "leave": {MONDAY}}, Presence(5, 0)),
        ({"since": MONDAY + timedelta(days=20)}, Presence(0, 0)),
        ({"since": None}, Presence(0, 0)),
    ],
    ids=[
        *("all", "holiday", "leave", "leave on a holiday", "leave on Saturday", "all leave"),
        *("new", "new after leave", "comes later", "never bookable"),
    ],
)
def test_days_of_presence_and_leave(off, expected):
    values = {"free": set(), "leave": set(), "since": date(2026, 1, 1)} | off
    assert presence(MONDAY, MONDAY + timedelta(days=13), **values) == expected
