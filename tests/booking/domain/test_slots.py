"""Free slots: single rules by example. All of them together: `test_oracle.py`."""

from __future__ import annotations

from datetime import date

import pytest

from booking.domain.clock import BERLIN, DAY
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Slot, Wanted, Window, free_slots
from booking.domain.travel import Stop, Visit
from tests.booking.domain.places import CLOPPENBURG, EMMERTHAL, HAMELN, HOLZMINDEN

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


def starts(windows, policy=HOURLY, *, now=NOW, visit=None, busy=None, **commitments) -> list[str]:
    stops = {advisor: [Stop(*each) for each in taken] for advisor, taken in (busy or {}).items()}
    slots = free_slots(windows, Commitments(busy=stops, **commitments), policy, now=now, clock=BERLIN, visit=visit)
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


def visiting(opens: str = "09:00", closes: str = "14:00", kinds: frozenset[str] = frozenset({"firm"})) -> Window:
    return window(opens, closes)._replace(kinds=kinds, place=HAMELN)


def to(place) -> Visit:
    return Visit("firm", place)


def taken(start: str, end: str, place=HAMELN, *, visited=False) -> tuple:
    return at(start), at(end), place, HAMELN if visited else None, visited


def test_a_visit_leaves_the_ways_to_its_neighbours():
    around = [taken("08:00", "09:30"), taken("13:30", "14:30")]
    assert starts([visiting()], visit=to(EMMERTHAL), busy={1: around}) == ["10:00", "11:00", "12:00"]
    assert starts([visiting()], visit=to(HOLZMINDEN), busy={1: around}) == ["11:00"]
    assert starts([visiting()], visit=to(HAMELN), busy={1: around}) == ["10:00", "11:00", "12:00"]


def test_a_talk_in_the_office_leaves_the_way_of_the_visit_beside_it():
    around = [taken("08:00", "08:45", HOLZMINDEN, visited=True), taken("12:00", "13:00", EMMERTHAL, visited=True)]
    assert starts([window()._replace(place=HAMELN)], busy={1: around}) == ["10:00"]


def test_from_one_visit_the_way_leads_straight_to_the_next():
    there = [taken("08:00", "09:00", HOLZMINDEN, visited=True)]
    assert starts([visiting()], visit=to(HOLZMINDEN), busy={1: there})[0] == "09:00"
    assert starts([visiting()], visit=to(EMMERTHAL), busy={1: there})[0] == "10:00"


def test_a_visit_far_away_or_nowhere_is_not_offered():
    both = visiting(kinds=frozenset({"firm", "phone"}))
    for place in (CLOPPENBURG, None):
        assert starts([visiting()], visit=to(place)) == []
        slots = free_slots([both], Commitments(), HOURLY, now=NOW, clock=BERLIN, visit=to(place))
        assert {slot.kinds for slot in slots} == {frozenset({"phone"})}


def test_the_ways_of_a_visit_keep_clear_of_absences_but_not_of_closing_times():
    morning = [(at("00:00"), at("09:30"))]
    assert starts([visiting()], visit=to(HOLZMINDEN), absent={1: morning})[0] == "11:00"
    assert starts([visiting()], visit=to(EMMERTHAL), absent={1: morning})[0] == "10:00"
    assert starts([visiting()], visit=to(HOLZMINDEN), closed={1: morning})[0] == "10:00"


def test_one_window_gives_talks_and_visits_each_with_its_own_block():
    both = visiting("09:00", "10:00", kinds=frozenset({"firm", "phone", "video"}))
    wanted = Wanted(7, frozenset({"firm", "phone"})).of([both])
    slots = free_slots(wanted, Commitments(), HOURLY, now=NOW, clock=BERLIN, visit=to(EMMERTHAL))
    nine, ten = at("09:00"), at("10:00")
    assert slots == [
        Slot(nine, ten, nine, ten, 1, 1, None, frozenset({"phone"}), HAMELN),
        Slot(nine, ten, nine - 10, ten + 10, 1, 1, None, frozenset({"firm"}), HAMELN),
    ]


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
