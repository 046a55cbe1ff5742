"""All rules together, against an oracle that looks at every minute."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.clock import BERLIN, DAY
from booking.domain.explanation import Question, explain
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Wanted, Window, free_slots
from booking.domain.travel import Stop, Visit, is_within_reach, way
from tests.booking.domain.places import CLOPPENBURG, EMMERTHAL, HAMELN, HOLZMINDEN

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
MONDAY = date(2026, 11, 23)
DAYS = [AUTUMN - timedelta(days=1), AUTUMN, SPRING, SPRING + timedelta(days=1), MONDAY, MONDAY + timedelta(days=1)]


PLACES = [HAMELN, EMMERTHAL, HOLZMINDEN, CLOPPENBURG]


@st.composite
def rows_of_stops(draw, base):
    """What the database lets stand: stops of one advisor that do not overlap, with or without the ways between."""
    stops, clock = [], base + draw(st.integers(-300, 600))
    for _ in range(draw(st.integers(0, 4))):
        clock += draw(st.sampled_from([0, 5, 30, 60, 120, 239, 240, 300]))
        is_visit = draw(st.booleans())
        place = draw(st.sampled_from([*PLACES, None]))
        end = clock + draw(st.integers(1, 90))
        stops.append(Stop(clock, end, place, draw(st.sampled_from(PLACES)) if is_visit else None, is_visit))
        clock = end
    return stops


@st.composite
def situations(draw):
    kinds = st.sampled_from([frozenset({"office"}), frozenset({"firm"}), frozenset({"office", "firm"})])
    quarter = st.integers(0, 95).map(lambda n: n * 15)
    windows = []
    for _ in range(draw(st.integers(1, 5))):
        opens, closes = sorted((draw(quarter), draw(quarter)))
        windows.append(
            Window(
                advisor=draw(st.integers(1, 2)),
                office=draw(st.integers(1, 2)),
                day=draw(st.sampled_from(DAYS)),
                opens=opens,
                closes=closes,
                kinds=draw(kinds),
                place=draw(st.sampled_from(PLACES[:2])),
            )
        )
    day = draw(st.sampled_from(windows)).day
    base = BERLIN.instant(day, 0)
    span = st.tuples(st.integers(-300, 1500), st.integers(1, 240)).map(lambda s: (base + s[0], base + s[0] + s[1]))
    spans = st.dictionaries(st.integers(1, 2), st.lists(span, max_size=5), max_size=2)
    days = st.dictionaries(st.sampled_from(DAYS), st.just("Feiertag"), max_size=1)
    counted = st.lists(span.map(lambda s: s[0]), max_size=3)
    commitments = Commitments(
        busy=draw(st.dictionaries(st.integers(1, 2), rows_of_stops(base), max_size=2)),
        absent=draw(spans),
        elsewhere=draw(spans),
        unreadable=draw(st.sampled_from([frozenset(), frozenset(), frozenset({2})])),
        closed=draw(spans),
        holidays=draw(st.dictionaries(st.integers(1, 2), days, max_size=2)),
        counted=draw(st.dictionaries(st.integers(1, 2), counted, max_size=2)),
    )
    policy = BookingPolicy(
        duration=draw(st.sampled_from([15, 30, 45, 60, 90])),
        step=draw(st.sampled_from([5, 15, 20, 30, 60])),
        buffer_before=draw(st.sampled_from([0, 5, 15])),
        buffer_after=draw(st.sampled_from([0, 10, 30])),
        notice=draw(st.integers(0, 300)),
        horizon_days=draw(st.integers(0, 3)),
        notice_working_days=draw(st.sampled_from([None, None, 1, 2])),
        cap_per_day=draw(st.sampled_from([None, None, 1, 2])),
        cap_per_week=draw(st.sampled_from([None, None, 1, 3])),
    )
    now = base + draw(st.integers(-2 * DAY, DAY)) + draw(st.sampled_from([0, 1 / 60, 0.5, 59 / 60]))
    visit = draw(st.sampled_from([None, *(Visit("firm", place) for place in [*PLACES, None])]))
    return windows, commitments, policy, now, visit


def keeps_notice(policy, start, now, holidays):
    """Held against the very second, not against a minute that somebody has rounded."""
    if policy.notice_working_days is None:
        return start - now >= policy.notice
    return start >= policy.earliest(now, holidays, BERLIN)


def ways_by_hand(stops, start, end, place, office, is_visit):
    """The minutes that belong to a new stop before and after it; None where it has no room."""
    if any(stop.start < end and start < stop.end for stop in stops):
        return None
    before = after = way(office, place) if is_visit else 0
    previous = max((stop for stop in stops if stop.end <= start), key=lambda stop: stop.end, default=None)
    following = min((stop for stop in stops if stop.start >= end), key=lambda stop: stop.start, default=None)
    if previous is not None and start - previous.end < 240:
        needed = way(previous.place, place) if is_visit or previous.is_visit else 0
        if previous.end + min(needed, 240) > start:
            return None
        before = needed if is_visit else 0
    if following is not None and following.start - end < 240:
        needed = way(place, following.place) if is_visit or following.is_visit else 0
        if end + min(needed, 240) > following.start:
            return None
        after = needed if is_visit and not following.is_visit else 0
    return before, after


def oracle(windows, commitments, policy, now, visit):
    """Every start of every window, minute by minute: slow, and plain to read. With the block of each."""
    found = {}
    today = BERLIN.local(now)[0]
    for one in windows:
        for minutes in range(one.opens, one.closes, policy.step):
            start = BERLIN.instant(one.day, minutes)
            inside = range(start, start + policy.duration)
            block = (start - policy.buffer_before, start + policy.duration + policy.buffer_after)

            def free(of, minutes_of_it):
                return not any(low <= minute < high for low, high in of for minute in minutes_of_it)

            begun = [BERLIN.local(other)[0] for other in commitments.counted.get(one.advisor, ())]
            weeks = [day.isocalendar()[:2] for day in begun]
            holidays = commitments.holidays.get(one.office, {})
            away = [*commitments.absent.get(one.advisor, ()), *commitments.elsewhere.get(one.advisor, ())]
            if not (
                BERLIN.local(start) == (one.day, minutes)
                and one.advisor not in commitments.unreadable
                and one.day not in holidays
                and begun.count(one.day) < (policy.cap_per_day or 99)
                and weeks.count(one.day.isocalendar()[:2]) < (policy.cap_per_week or 99)
                and start + policy.duration <= BERLIN.instant(one.day, one.closes)
                and keeps_notice(policy, start, now, holidays)
                and (one.day - today).days <= policy.horizon_days
                and free(away, inside)
                and free(commitments.closed.get(one.office, ()), inside)
            ):
                continue
            for kind in one.kinds:
                is_visit = visit is not None and kind == visit.kind
                if is_visit and (visit.place is None or not is_within_reach(one.place, visit.place)):
                    continue
                place = visit.place if is_visit else one.place
                ways = ways_by_hand(commitments.busy.get(one.advisor, ()), *block, place, one.place, is_visit)
                if ways is None:
                    continue
                there, back = range(block[0] - ways[0], block[0]), range(block[1], block[1] + ways[1])
                if free(away, [*there, *back]):
                    found[start, one.advisor, one.office, kind, one.place] = (block[0] - ways[0], block[1] + ways[1])
    return found


@settings(max_examples=300, deadline=None)
@given(situations())
def test_slots_are_exactly_what_the_rules_leave_over(situation):
    windows, commitments, policy, now, visit = situation
    slots = free_slots(windows, commitments, policy, now=now, clock=BERLIN, visit=visit)
    expected = oracle(*situation)
    assert {(slot.start, slot.advisor, slot.office, kind) for slot in slots for kind in slot.kinds} == {
        key[:4] for key in expected
    }
    assert slots == sorted(slots, key=lambda slot: (slot.start, slot.advisor))
    blocks = {(*key[:4], *block) for key, block in expected.items()}
    for slot in slots:
        assert slot.end - slot.start == policy.duration
        for kind in slot.kinds:
            assert (slot.start, slot.advisor, slot.office, kind, slot.block_start, slot.block_end) in blocks


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_time_that_is_not_offered_has_a_line_and_every_other_none(situation):
    """Over whole days in steps of five minutes, at both offices, for a talk there and for a visit."""
    windows, commitments, policy, now, visit = situation
    offered = {(start, office, kind) for start, _, office, kind, _ in oracle(*situation)}
    for day in {window.day for window in windows}:
        first, last = BERLIN.day_span(day)
        for start in range(first, last, 5):
            for office in (1, 2):
                for kind in ("office", "firm"):
                    is_visit = visit is not None and kind == visit.kind
                    firm = visit.place if is_visit else None
                    wanted = Wanted(7, frozenset({kind}))
                    question = Question(start, wanted, office, frozenset({1, 2}), is_visit, firm, HAMELN)
                    lines = explain(question, windows, commitments, policy, now=now, clock=BERLIN)
                    assert bool(lines) is ((start, office, kind) not in offered), (question, lines)
