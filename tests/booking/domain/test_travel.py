"""The way to a visit: lengths by example, properties by any places, and whom a way belongs to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.intervals import meets, merged
from booking.domain.travel import (
    LONGEST_WAY,
    PAUSE,
    Stop,
    Tour,
    Ways,
    is_within_reach,
    way,
    way_between,
    ways_of,
)
from tests.booking.domain.places import CLOPPENBURG, HAMELN, HOLZMINDEN, STADTHAGEN

degrees = st.floats(0, 1).map(lambda share: round(share, 4))
places = st.builds(lambda north, east: (51.8 + north, 8.5 + east), degrees, degrees)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (HAMELN, HAMELN, 0),
        (HAMELN, (52.1049, 9.3631), 5),
        (HAMELN, STADTHAGEN, 35),
        (HAMELN, HOLZMINDEN, 45),
        (HAMELN, CLOPPENBURG, 160),
        (HAMELN, None, 0),
    ],
)
def test_the_way_is_counted_in_steps_of_five_minutes(one, other, minutes):
    assert way(one, other) == minutes


def test_nobody_drives_longer_than_two_hours():
    assert is_within_reach(HAMELN, HOLZMINDEN)
    assert not is_within_reach(HAMELN, CLOPPENBURG)


@given(places, places, places)
def test_ways_are_the_same_in_both_directions_and_no_detour_is_shorter(one, other, third):
    assert way(one, other) == way(other, one) >= 0
    assert way(one, other) % 5 == 0
    assert way(one, other) <= way(one, third) + way(third, other)


@given(places, degrees, degrees)
def test_what_lies_farther_away_takes_no_less_time(place, one, other):
    near, far = sorted((one, other))
    assert way(place, (place[0] + near, place[1])) <= way(place, (place[0] + far, place[1]))


def visit(start: int, firm=HOLZMINDEN, *, minutes: int = 60) -> Stop:
    return Stop(start, start + minutes, firm, office=HAMELN, is_visit=True)


def talk(start: int, place=HAMELN) -> Stop:
    return Stop(start, start + 60, place)


@pytest.mark.parametrize(
    ("stops", "ways"),
    [
        ([talk(0)], [Ways(0, 0)]),
        ([talk(0), talk(60, STADTHAGEN)], [Ways(0, 0), Ways(0, 0)]),
        ([visit(0)], [Ways(45, 45)]),
        ([talk(0), visit(200)], [Ways(0, 0), Ways(45, 45)]),
        ([visit(0), talk(200, STADTHAGEN)], [Ways(45, 75), Ways(0, 0)]),
        ([visit(0), visit(200, STADTHAGEN)], [Ways(45, 0), Ways(75, 35)]),
        ([visit(0), visit(60)], [Ways(45, 0), Ways(0, 45)]),
        ([visit(0), visit(60 + PAUSE - 1, STADTHAGEN)], [Ways(45, 0), Ways(75, 35)]),
        ([visit(0), visit(60 + PAUSE, STADTHAGEN)], [Ways(45, 45), Ways(35, 35)]),
        # Nearer than their places allow: an address changed after they were booked.
        ([talk(0), visit(70)], [Ways(0, 0), Ways(10, 45)]),
        ([visit(0, CLOPPENBURG)], [Ways(LONGEST_WAY, LONGEST_WAY)]),
    ],
)
def test_a_way_between_two_belongs_to_the_later_visit(stops, ways):
    assert ways_of(stops) == ways


@st.composite
def days(draw):
    """Stops of one advisor that leave the ways, in the order of the clock, and one more that looks for room."""
    firms = st.sampled_from([HAMELN, HOLZMINDEN, STADTHAGEN, (52.0, 9.3), (52.1, 9.6)])

    def stop(start, end):
        if draw(st.booleans()):
            return Stop(start, end, draw(firms), office=HAMELN, is_visit=True)
        return Stop(start, end, draw(st.sampled_from([HAMELN, STADTHAGEN])))

    stops, clock = [], 0
    for _ in range(draw(st.integers(0, 5))):
        added = stop(clock, clock + draw(st.sampled_from([15, 60])))
        if stops:
            leg = way_between(stops[-1], added)
            added = added._replace(start=added.start + leg, end=added.end + leg)
        stops.append(added)
        clock = added.end + draw(st.sampled_from([0, 0, 5, 60, 100, 200, 300]))
    start = draw(st.integers(-200, clock + 200))
    return stops, stop(start, start + 30)


def blocks(stops):
    spans = [
        (stop.start - ways.before, stop.end + ways.after) for stop, ways in zip(stops, ways_of(stops), strict=True)
    ]
    return list(pairwise(spans))


@given(days())
def test_a_stop_that_finds_room_makes_no_two_blocks_overlap(day):
    stops, added = day
    assert all(one[1] <= other[0] for one, other in blocks(stops))
    tour = Tour(stops, added)
    if meets(tour.taken(), (added.start, added.end)):
        return
    after = sorted([*stops, added])
    assert all(one[1] <= other[0] for one, other in blocks(after))
    there, back = tour.drives(added.start, added.end)
    assert ways_of(after)[after.index(added)] == Ways(added.start - there[0], back[1] - added.end)
    # None of the ways was cut to what was left.
    for one, other in pairwise(after):
        assert other.start - one.end >= min(way_between(one, other), PAUSE)


@given(days())
def test_a_stop_is_refused_only_where_a_way_does_not_fit(day):
    stops, added = day
    earlier = [stop for stop in stops if stop.end <= added.start]
    later = [stop for stop in stops if stop.start >= added.end]
    fits = len(earlier) + len(later) == len(stops)
    fits = fits and all(way_between(stop, added) <= added.start - stop.end for stop in earlier[-1:])
    fits = fits and all(way_between(added, stop) <= stop.start - added.end for stop in later[:1])
    assert meets(Tour(stops, added).taken(), (added.start, added.end)) is not fits


@given(days(), st.integers(0, 4))
def test_what_goes_away_leaves_room_for_the_ways_of_the_others(day, number):
    # All talks at one office: whoever changes between two without a visit is trusted to be there in time.
    stops = [stop if stop.is_visit else stop._replace(place=HAMELN) for stop in day[0]]
    if not all(other.start - one.end >= way_between(one, other) for one, other in pairwise(stops)):
        return
    left = [stop for index, stop in enumerate(stops) if index != number]
    for one, other in pairwise(left):
        assert other.start - one.end >= min(way_between(one, other), PAUSE)
    assert all(one[1] <= other[0] for one, other in blocks(left))


def test_stops_that_overlap_by_mistake_take_all_their_time():
    tour = Tour([talk(0), talk(30)], visit(500))
    assert tour.taken() == merged([(-45, 135)])
