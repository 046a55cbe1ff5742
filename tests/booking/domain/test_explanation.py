"""Why a time is not offered: each rule by example, and never another answer than the free slots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from booking.domain.clock import BERLIN
from booking.domain.explanation import Obstacle, Question, Rule, explain
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Wanted, Window, free_slots
from booking.domain.travel import Stop, Visit
from tests.booking.domain.places import CLOPPENBURG, EMMERTHAL, HAMELN, HOLZMINDEN

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
DAYS = [AUTUMN - timedelta(days=1), AUTUMN, SPRING, SPRING + timedelta(days=1), MONDAY, TUESDAY]
OFFICE = Wanted(service=7, kinds=frozenset({"office"}))
FIRM = Wanted(service=7, kinds=frozenset({"firm"}))


def at(hours: float, day: date = TUESDAY) -> int:
    return BERLIN.instant(day, int(hours * 60))


NOW = at(8, MONDAY)
MORNING = Window(1, 1, TUESDAY, 9 * 60, 12 * 60, frozenset({"office"}))
HOURLY = BookingPolicy(duration=60, step=60, buffer_after=30)


def rules(start=None, window=MORNING, policy=HOURLY, *, now=NOW, wanted=OFFICE, **commitments):
    start = at(10) if start is None else start
    question = Question(start, wanted, office=1, advisors=frozenset({1}))
    found = explain(question, [window], Commitments(**commitments), policy, now=now, clock=BERLIN)
    return [obstacle.rule for obstacle in found]


def test_a_time_on_offer_has_no_obstacle():
    assert rules() == []


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ({"now": at(10) + 1}, [Rule.PAST]),
        ({"policy": replace(HOURLY, notice=27 * 60)}, [Rule.NOTICE]),
        ({"policy": replace(HOURLY, notice_working_days=2)}, [Rule.NOTICE]),
        ({"policy": replace(HOURLY, horizon_days=0)}, [Rule.HORIZON]),
        ({"start": at(8)}, [Rule.NO_WINDOW]),
        ({"start": at(12)}, [Rule.NO_WINDOW]),
        ({"window": MORNING._replace(kinds=frozenset({"phone"}))}, [Rule.OTHER_KIND]),
        ({"window": MORNING._replace(services=frozenset({8}))}, [Rule.OTHER_SERVICE]),
        ({"wanted": Wanted(7, frozenset())}, [Rule.SERVICE_KIND]),
        ({"start": at(10.5)}, [Rule.OFF_GRID]),
        ({"policy": replace(HOURLY, duration=150)}, [Rule.ENDS_LATE]),
        ({"holidays": {1: {TUESDAY: "Feiertag"}}}, [Rule.HOLIDAY]),
        ({"closed": {1: [(at(10.5), at(10.75))]}}, [Rule.CLOSED]),
        ({"absent": {1: [(at(0), at(24))]}}, [Rule.ABSENT]),
        ({"elsewhere": {1: [(at(10.75), at(11.5))]}}, [Rule.ELSEWHERE]),
        ({"elsewhere": {1: [(at(11), at(12))], 2: [(at(10), at(11))]}}, []),
        ({"unreadable": frozenset({1})}, [Rule.CALENDAR_UNREADABLE]),
        ({"busy": {1: [Stop(at(10.5), at(12))]}}, [Rule.APPOINTMENT]),
        ({"busy": {1: [Stop(at(11), at(12))]}}, [Rule.BUFFER]),
        ({"policy": replace(HOURLY, cap_per_day=1), "counted": {1: [at(15)]}}, [Rule.CAP_DAY]),
        ({"policy": replace(HOURLY, cap_per_week=1), "counted": {1: [at(15, MONDAY)]}}, [Rule.CAP_WEEK]),
        ({"inactive_advisors": frozenset({1})}, [Rule.ADVISOR_INACTIVE]),
        ({"outside_pool": frozenset({1})}, [Rule.OUTSIDE_POOL]),
        ({"inactive_offices": frozenset({1})}, [Rule.OFFICE_INACTIVE]),
        (
            {"window": MORNING._replace(office_day=3), "inactive_office_days": frozenset({3})},
            [Rule.OFFICE_DAY_INACTIVE],
        ),
        (
            {"start": at(11.5), "holidays": {1: {TUESDAY: "Feiertag"}}, "absent": {1: [(at(0), at(24))]}},
            [Rule.HOLIDAY, Rule.OFF_GRID, Rule.ENDS_LATE, Rule.ABSENT],
        ),
    ],
)
def test_every_rule_is_named(situation, expected):
    assert rules(**situation) == expected


@pytest.mark.parametrize(
    ("firm", "commitments", "expected"),
    [
        (EMMERTHAL, {}, []),
        (EMMERTHAL, {"busy": {1: [Stop(at(8), at(10), HAMELN)]}}, [Rule.TRAVEL]),
        (EMMERTHAL, {"busy": {1: [Stop(at(8), at(9.5), HAMELN)]}}, []),
        (HOLZMINDEN, {"busy": {1: [Stop(at(8), at(9.5), HAMELN)]}}, [Rule.TRAVEL]),
        (HOLZMINDEN, {"busy": {1: [Stop(at(12), at(13), HAMELN)]}}, [Rule.TRAVEL]),
        (HOLZMINDEN, {"busy": {1: [Stop(at(11), at(13), HAMELN)]}}, [Rule.BUFFER]),
        (HOLZMINDEN, {"absent": {1: [(at(0), at(9.5))]}}, [Rule.TRAVEL]),
        (HOLZMINDEN, {"elsewhere": {1: [(at(0), at(9.5))]}}, [Rule.TRAVEL]),
        (EMMERTHAL, {"absent": {1: [(at(0), at(9.5))]}}, []),
        (CLOPPENBURG, {}, [Rule.TOO_FAR]),
        (None, {}, [Rule.PLACE_UNKNOWN]),
    ],
)
def test_a_visit_tells_that_its_ways_do_not_fit(firm, commitments, expected):
    window = MORNING._replace(kinds=frozenset({"firm"}), place=HAMELN)
    question = Question(at(10), FIRM, 1, frozenset({1}), is_visit=True, firm=firm, place=HAMELN)
    found = explain(question, [window], Commitments(**commitments), HOURLY, now=NOW, clock=BERLIN)
    assert [obstacle.rule for obstacle in found] == expected


def test_a_talk_beside_a_visit_tells_that_its_way_does_not_fit():
    beside = Stop(at(8), at(9.5), HOLZMINDEN, office=HAMELN, is_visit=True)
    assert rules(window=MORNING._replace(place=HAMELN), busy={1: [beside]}) == [Rule.TRAVEL]


def test_the_second_pass_of_the_doubled_hour_is_not_offered():
    window = MORNING._replace(day=AUTUMN, opens=120, closes=240)
    first = BERLIN.instant(AUTUMN, 120)
    now = BERLIN.instant(AUTUMN, 0)
    assert rules(first, window, now=now) == []
    assert rules(first + 60, window, now=now) == [Rule.DOUBLED_HOUR]


def pool(*windows, advisors=(1, 2), **commitments):
    question = Question(at(10), OFFICE, office=1, advisors=frozenset(advisors))
    return explain(question, windows, Commitments(**commitments), HOURLY, now=NOW, clock=BERLIN)


def test_one_free_advisor_is_enough():
    second = MORNING._replace(advisor=2)
    absent = {1: [(at(0), at(24))]}
    assert pool(MORNING, second, absent=absent) == []
    assert pool(MORNING, second, absent=absent, busy={2: [Stop(at(10), at(11))]}) == [
        Obstacle(Rule.ABSENT, 1),
        Obstacle(Rule.APPOINTMENT, 2),
    ]
    assert pool(MORNING, absent=absent) == [Obstacle(Rule.ABSENT, 1), Obstacle(Rule.NO_WINDOW, 2)]


def test_the_window_that_fits_best_speaks():
    other = MORNING._replace(kinds=frozenset({"phone"}), opens=9 * 60 + 15)
    assert pool(other, MORNING, advisors=[1], absent={1: [(at(0), at(24))]}) == [Obstacle(Rule.ABSENT, 1)]


def test_what_its_window_forbids_names_the_window():
    window = MORNING._replace(kinds=frozenset({"phone"}), rule=8)
    assert pool(window, advisors=[1], absent={1: [(at(0), at(24))]}) == [
        Obstacle(Rule.OTHER_KIND, 1, window),
        Obstacle(Rule.ABSENT, 1),
    ]


def test_an_office_without_anybody_and_windows_of_others():
    assert pool(advisors=()) == [Obstacle(Rule.NO_WINDOW)]
    assert pool(MORNING, advisors=[2]) == [Obstacle(Rule.NO_WINDOW, 2)]
    assert pool(MORNING._replace(office=2), advisors=[1]) == [Obstacle(Rule.NO_WINDOW, 1)]


kinds = st.sampled_from([frozenset({"office"}), frozenset({"phone"}), frozenset({"office", "phone"})])


def rarely(draw, usual, strategy):
    """Most situations have few obstacles: else hardly any time would be on offer."""
    return draw(strategy) if draw(st.integers(0, 5)) == 5 else usual


@st.composite
def windows_of(draw):
    opens = draw(st.integers(0, 84)) * 15
    return Window(
        advisor=draw(st.integers(1, 2)),
        office=draw(st.integers(1, 2)),
        day=draw(st.sampled_from(DAYS)),
        opens=opens,
        closes=opens + draw(st.integers(0, 12)) * 15,
        kinds=rarely(draw, frozenset({"office", "firm"}), kinds),
        place=rarely(draw, HAMELN, st.just(EMMERTHAL)),
        office_day=rarely(draw, None, st.integers(1, 2)),
        services=rarely(draw, None, st.sampled_from([frozenset({7}), frozenset({8})])),
    )


@st.composite
def stops(draw, near):
    start, place = draw(near), draw(st.sampled_from([HAMELN, EMMERTHAL, HOLZMINDEN]))
    return Stop(start, start + draw(st.integers(0, 240)), place, office=HAMELN, is_visit=draw(st.booleans()))


@st.composite
def questions(draw):
    windows = draw(st.lists(windows_of(), min_size=1, max_size=4))
    chosen = draw(st.sampled_from(windows))
    base = BERLIN.instant(chosen.day, 0)
    near = st.integers(-100, 1600).map(lambda minutes: base + minutes)
    span = st.tuples(near, st.integers(0, 240)).map(lambda s: (s[0], s[0] + s[1]))
    spans = st.dictionaries(st.integers(1, 2), st.lists(span, max_size=2), max_size=2)
    holidays = st.integers(1, 2).map(lambda office: {office: {chosen.day: "Feiertag"}})
    counted = st.dictionaries(st.integers(1, 2), st.lists(near, max_size=2), max_size=2)
    commitments = Commitments(
        busy=draw(st.dictionaries(st.integers(1, 2), st.lists(stops(near), max_size=1), max_size=2)),
        absent=rarely(draw, {}, spans),
        elsewhere=rarely(draw, {}, spans),
        closed=rarely(draw, {}, spans),
        holidays=rarely(draw, {}, holidays),
        counted=draw(counted),
        inactive_advisors=rarely(draw, frozenset(), st.just(frozenset({1}))),
        inactive_offices=rarely(draw, frozenset(), st.just(frozenset({2}))),
        inactive_office_days=rarely(draw, frozenset(), st.just(frozenset({1}))),
        outside_pool=rarely(draw, frozenset(), st.just(frozenset({2}))),
        unreadable=rarely(draw, frozenset(), st.just(frozenset({2}))),
    )
    policy = BookingPolicy(
        duration=draw(st.sampled_from([15, 45, 60])),
        step=draw(st.sampled_from([5, 15, 20, 60])),
        buffer_before=draw(st.sampled_from([0, 15])),
        buffer_after=draw(st.sampled_from([0, 30])),
        notice=rarely(draw, 0, st.integers(0, 1500)),
        horizon_days=rarely(draw, 60, st.integers(0, 1)),
        notice_working_days=rarely(draw, None, st.just(1)),
        cap_per_day=rarely(draw, None, st.integers(1, 2)),
        cap_per_week=rarely(draw, None, st.integers(1, 2)),
    )
    on_grid = base + chosen.opens + policy.step * draw(st.integers(0, 3))
    kind = draw(st.sampled_from(["office", "office", "phone", "firm", "firm"]))
    question = Question(
        start=rarely(draw, on_grid, near),
        wanted=Wanted(7, rarely(draw, frozenset({kind}), st.just(frozenset()))),
        is_visit=kind == "firm",
        firm=rarely(draw, EMMERTHAL, st.sampled_from([HOLZMINDEN, CLOPPENBURG, None])) if kind == "firm" else None,
        place=HAMELN,
        office=rarely(draw, chosen.office, st.integers(1, 2)),
        advisors=rarely(draw, frozenset({1, 2}), st.sampled_from([frozenset(), frozenset({1}), frozenset({2, 3})])),
    )
    now = base - rarely(draw, 2000, st.integers(-900, 3000)) + draw(st.sampled_from([0, 1 / 60, 59 / 60]))
    return question, windows, commitments, policy, now


@settings(max_examples=500, deadline=None)
@given(questions())
def test_there_is_no_obstacle_exactly_when_the_slot_is_offered(situation):
    question, windows, commitments, policy, now = situation
    visit = Visit("firm", question.firm) if question.is_visit else None
    fitting = question.wanted.of(windows)
    slots = free_slots(fitting, commitments, policy, now=now, clock=BERLIN, visit=visit)
    is_offered = any(
        (slot.start, slot.office) == (question.start, question.office) and slot.advisor in question.advisors
        for slot in slots
    )
    event(f"offered: {is_offered}")
    found = explain(question, windows, commitments, policy, now=now, clock=BERLIN)
    assert (found == []) is is_offered
    assert len(found) == len(set(found))
