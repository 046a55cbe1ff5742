from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.intervals import left_of, meets, merged, overlap

intervals = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@pytest.mark.parametrize(
    ("given_intervals", "expected"),
    [
        ([], []),
        ([(5, 5)], []),
        ([(3, 1)], []),
        ([(1, 3), (3, 5)], [(1, 5)]),
        ([(4, 6), (1, 2)], [(1, 2), (4, 6)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
    ],
)
def test_merged(given_intervals, expected):
    assert merged(given_intervals) == expected


@given(intervals)
def test_merged_holds_the_same_minutes_apart_from_each_other(some):
    result = merged(some)
    assert {m for start, end in result for m in range(start, end)} == {
        m for start, end in some for m in range(start, end)
    }
    assert all(one[1] < other[0] for one, other in pairwise(result))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((1, 3), (3, 5), False), ((1, 4), (3, 5), True), ((1, 9), (3, 5), True), ((5, 6), (1, 5), False)],
)
def test_overlap_is_half_open(one, other, expected):
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


@given(intervals, st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_a_span_meets_what_it_overlaps(spans, span):
    is_met = any(overlap(span, other) for other in merged(spans))
    assert meets(merged(spans), span) is (is_met and span[0] < span[1])


@pytest.mark.parametrize(
    ("span", "taken", "expected"),
    [
        ((1, 9), [], [(1, 9)]),
        ((1, 9), [(3, 5)], [(1, 3), (5, 9)]),
        ((1, 9), [(0, 2), (4, 5), (8, 12)], [(2, 4), (5, 8)]),
        ((1, 9), [(0, 9)], []),
        ((1, 9), [(0, 1), (9, 10)], [(1, 9)]),
        ((5, 5), [(1, 2)], []),
    ],
)
def test_left_of(span, taken, expected):
    assert left_of(span, taken) == expected


@given(intervals, st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_what_is_left_are_the_minutes_that_nothing_takes(some, span):
    result = left_of(span, merged(some))
    taken = {m for start, end in some for m in range(start, end)}
    assert {m for start, end in result for m in range(start, end)} == set(range(*span)) - taken
    assert all(start < end for start, end in result)
    assert merged(result) == result
