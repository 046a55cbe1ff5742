"""Free slots: single rules by example, all together against an oracle that looks at every minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.clock import BERLIN, DAY
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Window, free_slots

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
NOW = BERLIN.instant(MONDAY, 8 * 60)
HOURLY = BookingPolicy(duration=60, step=60)


def window(
    opens: str = "09:00", closes: str = "12:00", day: date = TUESDAY, advisor: int = 1, office: int = 1
) -> Window:
    return Window(
        advisor=advisor,
        office=office,
        day=day,
        opens=_minutes(opens),
        closes=_minutes(closes),
        kinds=frozenset({"office"}),
    )


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def at(text: str, day: date = TUESDAY) -> int:
    return BERLIN.instant(day, _minutes(text))


def starts(windows, policy=HOURLY, *, now=NOW, **commitments) -> list[str]:
    slots = free_slots(windows, Commitments(**commitments), policy, now=now, clock=BERLIN)
    return [f"{BERLIN.moment(slot.start):%H:%M}" for slot in slots]


def test_grid_counts_from_the_opening_and_ends_in_time():
    assert starts([window("09:15", "12:00")]) == ["09:15", "10:15"]
    assert starts([window("09:00", "12:00")], BookingPolicy(duration=60, step=30)) == [
        "09:00", "09:30", "10:00", "10:30", "11:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([], ["09:00", "10:00", "11:00"]),
        ([(at("10:00"), at("11:00"))], ["09:00", "11:00"]),
        ([(at("10:59"), at("11:01"))], ["09:00"]),
        ([(at("08:00"), at("09:00"))], ["09:00", "10:00", "11:00"]),
        ([(at("08:00"), at("13:00"))], []),
    ],
)
def test_appointments_take_their_time(busy, expected):
    assert starts([window()], busy={1: busy}) == expected
    assert starts([window()], busy={2: busy}) == ["09:00", "10:00", "11:00"]


def test_buffers_keep_clear_of_appointments_and_may_leave_the_window():
    policy = BookingPolicy(duration=60, step=60, buffer_before=15, buffer_after=15)
    assert starts([window()], policy) == ["09:00", "10:00", "11:00"]
    assert starts([window()], policy, busy={1: [(at("12:10"), at("13:00"))]}) == ["09:00", "10:00"]
    assert starts([window()], policy, busy={1: [(at("08:00"), at("08:50"))]}) == ["10:00", "11:00"]


def test_absence_concerns_the_person_and_closure_the_office():
    morning = [(at("00:00"), at("10:30"))]
    assert starts([window()], absent={1: morning}) == ["11:00"]
    assert starts([window()], closed={1: morning}) == ["11:00"]
    assert starts([window()], absent={2: morning}, closed={2: morning}) == ["09:00", "10:00", "11:00"]


def test_notice_counts_to_the_minute():
    policy = BookingPolicy(duration=60, step=60, notice=24 * 60)
    assert starts([window()], policy, now=at("10:00") - 24 * 60) == ["10:00", "11:00"]
    assert starts([window()], policy, now=at("10:00") - 24 * 60 + 1) == ["11:00"]


def test_horizon_counts_days_of_the_wall_clock():
    late = BERLIN.instant(MONDAY, DAY - 1)
    assert starts([window()], BookingPolicy(duration=60, step=60, horizon_days=0), now=late) == []
    assert starts([window()], BookingPolicy(duration=60, step=60, horizon_days=1), now=late) == [
        "09:00",
        "10:00",
        "11:00",
    ]


def test_two_windows_of_a_day_and_two_advisors():
    afternoon = window("14:00", "15:00")
    slots = free_slots([afternoon, window(), window(advisor=2)], Commitments(), HOURLY, now=NOW, clock=BERLIN)
    assert [(f"{BERLIN.moment(slot.start):%H:%M}", slot.advisor) for slot in slots] == [
        ("09:00", 1), ("09:00", 2), ("10:00", 1), ("10:00", 2), ("11:00", 1), ("11:00", 2), ("14:00", 1),
    ]  # fmt: skip


def test_a_holiday_closes_its_office_alone():
    assert starts([window()], holidays={1: {TUESDAY: "Feiertag"}}) == []
    assert starts([window()], holidays={2: {TUESDAY: "Feiertag"}}) == ["09:00", "10:00", "11:00"]


def test_notice_in_working_days_opens_a_whole_day():
    policy = BookingPolicy(duration=60, step=60, notice_working_days=1)
    assert starts([window()], policy, now=at("16:59", MONDAY)) == ["09:00", "10:00", "11:00"]
    assert starts([window()], policy, now=at("17:00", MONDAY)) == []
    assert starts([window()], policy, now=at("08:00", MONDAY), holidays={1: {MONDAY: "Feiertag"}}) == []


@pytest.mark.parametrize(
    ("caps", "counted", "left"),
    [
        ({"cap_per_day": 1}, [], 3),
        ({"cap_per_day": 1}, [at("15:00")], 0),
        ({"cap_per_day": 2}, [at("15:00")], 3),
        ({"cap_per_day": 1}, [at("15:00", MONDAY)], 3),
        ({"cap_per_week": 1}, [at("00:00", MONDAY)], 0),
        ({"cap_per_week": 1}, [at("23:59", date(2026, 11, 29))], 0),
        ({"cap_per_week": 1}, [at("00:00", date(2026, 11, 30)), at("23:59", date(2026, 11, 22))], 3),
        ({"cap_per_day": 3, "cap_per_week": 2}, [at("15:00"), at("16:00")], 0),
    ],
)
def test_a_reached_cap_takes_the_day_from_that_advisor(caps, counted, left):
    policy = BookingPolicy(duration=60, step=60, **caps)
    assert len(starts([window()], policy, counted={1: counted})) == left
    assert len(starts([window()], policy, counted={2: counted})) == 3


SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
EARLY = BookingPolicy(duration=30, step=30)


def test_f29_spring_offers_nothing_in_the_missing_hour():
    before = BERLIN.instant(SPRING, 0)
    assert starts([window("01:00", "04:00", SPRING)], EARLY, now=before) == ["01:00", "01:30", "03:00", "03:30"]


def test_f29_autumn_offers_the_doubled_hour_once():
    before = BERLIN.instant(AUTUMN, 0)
    slots = free_slots([window("01:30", "04:00", AUTUMN)], Commitments(), EARLY, now=before, clock=BERLIN)
    assert [f"{BERLIN.moment(slot.start):%H:%M%z}" for slot in slots] == [
        "01:30+0200", "02:00+0200", "02:30+0200", "03:00+0100", "03:30+0100",
    ]  # fmt: skip
    assert all(slot.end - slot.start == 30 for slot in slots)


DAYS = [AUTUMN - timedelta(days=1), AUTUMN, SPRING, SPRING + timedelta(days=1), MONDAY, TUESDAY]


@st.composite
def situations(draw):
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
                kinds=frozenset({"office"}),
            )
        )
    day = draw(st.sampled_from(windows)).day
    base = BERLIN.instant(day, 0)
    span = st.tuples(st.integers(-300, 1500), st.integers(1, 240)).map(lambda s: (base + s[0], base + s[0] + s[1]))
    spans = st.dictionaries(st.integers(1, 2), st.lists(span, max_size=5), max_size=2)
    days = st.dictionaries(st.sampled_from(DAYS), st.just("Feiertag"), max_size=1)
    counted = st.lists(span.map(lambda s: s[0]), max_size=3)
    commitments = Commitments(
        busy=draw(spans),
        absent=draw(spans),
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
    return windows, commitments, policy, now


def keeps_notice(policy, start, now, holidays):
    """Held against the very second, not against a minute that somebody has rounded."""
    if policy.notice_working_days is None:
        return start - now >= policy.notice
    return start >= policy.earliest(now, holidays, BERLIN)


def oracle(windows, commitments, policy, now):
    """Every start of every window, minute by minute: slow, and plain to read."""
    found = set()
    today = BERLIN.local(now)[0]
    for one in windows:
        for minutes in range(one.opens, one.closes, policy.step):
            start = BERLIN.instant(one.day, minutes)
            inside = range(start, start + policy.duration)
            around = range(start - policy.buffer_before, start + policy.duration + policy.buffer_after)

            def free(of, minutes_of_it):
                return not any(low <= minute < high for low, high in of for minute in minutes_of_it)

            begun = [BERLIN.local(other)[0] for other in commitments.counted.get(one.advisor, ())]
            weeks = [day.isocalendar()[:2] for day in begun]
            holidays = commitments.holidays.get(one.office, {})
            if (
                BERLIN.local(start) == (one.day, minutes)
                and one.day not in holidays
                and begun.count(one.day) < (policy.cap_per_day or 99)
                and weeks.count(one.day.isocalendar()[:2]) < (policy.cap_per_week or 99)
                and start + policy.duration <= BERLIN.instant(one.day, one.closes)
                and keeps_notice(policy, start, now, holidays)
                and (one.day - today).days <= policy.horizon_days
                and free(commitments.busy.get(one.advisor, ()), around)
                and free(commitments.absent.get(one.advisor, ()), inside)
                and free(commitments.closed.get(one.office, ()), inside)
            ):
                found.add((start, one.advisor, one.office))
    return found


@settings(max_examples=300, deadline=None)
@given(situations())
def test_slots_are_exactly_what_the_rules_leave_over(situation):
    windows, commitments, policy, now = situation
    slots = free_slots(windows, commitments, policy, now=now, clock=BERLIN)
    assert {(slot.start, slot.advisor, slot.office) for slot in slots} == oracle(*situation)
    assert slots == sorted(slots, key=lambda slot: (slot.start, slot.advisor))
    for slot in slots:
        assert slot.end - slot.start == policy.duration
        assert (slot.block_start, slot.block_end) == (slot.start - policy.buffer_before, slot.end + policy.buffer_after)
