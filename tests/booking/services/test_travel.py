"""Visits in the firm: their ways belong to what the database guards, and follow every change of the day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking.domain.errors import FirmTooFar, PlaceUnknown, SlotNotOffered, SlotTaken
from booking.enums import Kind, Status
from booking.models import Appointment
from booking.selectors import free_times
from booking.services.book import FirmDetails, book_appointment
from booking.services.cancel import cancel_appointment
from booking.services.hold import Wish, hold_time, release_hold
from booking.services.move import move_appointment
from booking.services.request import end_run_out
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEAR, FAR, BEYOND = "31860", "37603", "49661"
"""From the office in Hameln (31785) 15, 50 and 160 minutes by car; 35 from the first to the second."""


@pytest.fixture
def rule(advisor, service):
    kinds = [Kind.OFFICE, Kind.PHONE, Kind.FIRM]
    return AvailabilityRuleFactory(advisor=advisor, kinds=kinds, start_time=time(7), end_time=time(18))


@pytest.fixture
def visit(service, office, rule):
    """Holds a visit so many hours after nine o'clock."""

    def hold(hours: float, postcode: str = NEAR, *, kind: str = Kind.FIRM, mark: str | None = None, now=NOW):
        starts_at = NINE + hours * HOUR
        wish = Wish(service, office, kind, starts_at, details={"postcode": postcode})
        return hold_time(wish, visit=mark or f"{hours}", network="n", now=now)

    return hold


def book(hold, postcode=None, now=NOW):
    firm = FirmDetails("Metallbau", "Kim Muster", f"kim{hold.pk}@metallbau.example", postcode or hold.postcode)
    return book_appointment(hold, firm, now=now)


def ways():
    """Of all that take time, in the order of the clock: hours after nine, minutes there, minutes back or on."""
    rows = Appointment.objects.filter(status__in=[Status.HELD, Status.BOOKED]).order_by("starts_at")
    found = []
    for row in rows:
        around = (row.starts_at - row.block_start, row.block_end - row.ends_at)
        assert around == (timedelta(minutes=row.travel_before), timedelta(minutes=row.travel_after))
        found.append(((row.starts_at - NINE) / HOUR, row.travel_before, row.travel_after))
    return found


def test_a_visit_blocks_its_ways_from_the_office_and_back(visit):
    held = visit(1, FAR)
    assert (held.block_start, held.block_end) == (
        NINE + HOUR - timedelta(minutes=50),
        NINE + 2 * HOUR + timedelta(minutes=50),
    )
    assert ways() == [(1, 50, 50)]


def test_ways_come_beside_the_buffers(visit, service):
    service.buffer_before, service.buffer_after = 5, 10
    service.save()
    held = visit(1, FAR)
    assert (held.block_start, held.block_end) == (
        NINE + HOUR - timedelta(minutes=55),
        NINE + 2 * HOUR + timedelta(minutes=60),
    )


def test_a_firm_without_a_known_place_or_too_far_away_is_refused(visit):
    for postcode in ("", "00000", "3178", "27209"):
        with pytest.raises(PlaceUnknown):
            visit(1, postcode)
    with pytest.raises(FirmTooFar) as refused:
        visit(1, BEYOND)
    assert refused.value.minutes == 160
    assert not Appointment.objects.exists()


def test_a_visit_between_two_takes_the_way_from_them(visit):
    visit(0, FAR)
    visit(5, FAR)
    assert ways() == [(0, 50, 50), (5, 50, 50)]
    visit(2.5, NEAR)
    assert ways() == [(0, 50, 0), (2.5, 35, 0), (5, 35, 50)]


def test_a_talk_beside_a_visit_leaves_the_way(visit):
    visit(2, FAR)
    for hours in (0.5, 1, 3, 3.5):
        with pytest.raises(SlotTaken):
            visit(hours, kind=Kind.OFFICE)
    visit(0, kind=Kind.OFFICE)
    visit(4, kind=Kind.OFFICE)
    assert ways() == [(0, 0, 0), (2, 50, 50), (4, 0, 0)]


def test_what_is_cancelled_gives_its_ways_to_the_neighbours(visit):
    book(visit(0, FAR))
    between = book(visit(2, NEAR))
    book(visit(4, FAR))
    assert ways() == [(0, 50, 0), (2, 35, 0), (4, 35, 50)]
    cancel_appointment(between, now=NOW)
    assert ways() == [(0, 50, 0), (4, 0, 50)]


def test_moving_settles_the_ways_where_it_was_and_where_it_comes(visit):
    book(visit(0, FAR))
    moving = book(visit(2, NEAR))
    book(visit(4, FAR))
    move_appointment(moving, starts_at=NINE + 6 * HOUR, sequence=0, now=NOW)
    assert ways() == [(0, 50, 0), (4, 0, 0), (6, 35, 15)]


def test_moving_to_the_office_gives_the_ways_up(visit):
    moving = book(visit(1, FAR))
    book(visit(4, FAR))
    move_appointment(moving, starts_at=NINE + HOUR, sequence=0, kind=Kind.OFFICE, now=NOW)
    assert ways() == [(1, 0, 0), (4, 50, 50)]


def test_moving_to_a_colleague_settles_both_days(visit, office, rule):
    colleague = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=colleague, kinds=[Kind.FIRM])
    AppointmentFactory(advisor=colleague, kind=Kind.FIRM, postcode=FAR, starts_at=NINE + 2 * HOUR)
    moving = book(visit(3, NEAR))
    book(visit(5, FAR))
    move_appointment(moving, starts_at=NINE, sequence=0, advisor=colleague, now=NOW)
    assert ways() == [(0, 15, 0), (2, 35, 50), (5, 50, 50)]


@pytest.mark.parametrize("giving_up", [lambda hold: release_hold(hold, now=NOW), None])
def test_a_reservation_that_ends_gives_its_ways_back(visit, giving_up):
    book(visit(0, FAR))
    hold = visit(2, NEAR)
    book(visit(4, FAR))
    if giving_up:
        giving_up(hold)
    else:
        assert end_run_out(now=NOW + HOUR) == 1
    assert ways() == [(0, 50, 0), (4, 0, 50)]


def test_a_reservation_that_ran_out_gives_way_to_a_way(visit):
    visit(2, FAR)
    visit(0, NEAR)
    assert ways() == [(0, 15, 0), (2, 35, 50)]
    later = NOW + HOUR / 2
    visit(1, NEAR, now=later)
    assert ways() == [(1, 15, 15)]


def test_the_second_choice_of_one_visitor_frees_the_ways_of_the_first(visit):
    visit(0, FAR, mark="a")
    visit(2, FAR)
    assert ways() == [(0, 50, 0), (2, 0, 50)]
    visit(7, FAR, mark="a")
    assert ways() == [(2, 50, 50), (7, 50, 50)]


def test_the_same_time_at_another_firm_is_another_reservation(visit):
    near = visit(2, NEAR, mark="a")
    assert visit(2, NEAR, mark="a").pk == near.pk
    far = visit(2, FAR, mark="a")
    assert far.pk != near.pk
    assert ways() == [(2, 50, 50)]
    booked = book(far, NEAR)
    assert visit(2, FAR, mark="a").pk == booked.pk


def test_another_postcode_in_the_form_brings_its_own_ways(visit):
    booked = book(visit(1, NEAR), FAR)
    assert booked.postcode == FAR
    assert ways() == [(1, 50, 50)]


def test_another_postcode_that_does_not_fit_is_refused_and_the_time_stays_held(visit):
    hold = visit(1.5, NEAR)
    visit(0, kind=Kind.OFFICE)
    for postcode, refusal in ((FAR, SlotTaken), (BEYOND, FirmTooFar), ("00000", PlaceUnknown)):
        with pytest.raises(refusal):
            book(hold, postcode)
    assert ways() == [(0, 0, 0), (1.5, 15, 15)]
    hold.refresh_from_db()
    assert (hold.status, hold.postcode) == (Status.HELD, NEAR)


def test_phone_and_office_never_mind_the_postcode(visit):
    visit(1, BEYOND, kind=Kind.PHONE)
    assert ways() == [(1, 0, 0)]


def test_free_times_leave_the_ways_and_need_the_place(visit, service, office, advisor):
    book(visit(2, FAR))

    def offered(postcode: str, kind: str) -> set[float]:
        day = NINE.date()
        slots = free_times(service, now=NOW, offices=[office], kind=kind, first=day, last=day, postcode=postcode)
        return {slot.start / 60 - NINE.timestamp() / 3600 for slot in slots}

    steps = {number / 2 for number in range(-2, 17)}
    assert offered("", Kind.FIRM) == offered(BEYOND, Kind.FIRM) == set()
    assert offered("", Kind.OFFICE) == {step for step in steps if step <= 0 or step >= 4}
    assert offered(NEAR, Kind.FIRM) == {step for step in steps if step <= 0 or step >= 4}
    assert offered(FAR, Kind.FIRM) == {step for step in steps if step <= 1 or step >= 3}


def test_visits_nearer_than_their_ways_from_before_this_rule_stand_in_nobodys_way(visit, advisor):
    for hours in (0, 1):
        AppointmentFactory(advisor=advisor, kind=Kind.FIRM, postcode=(FAR, NEAR)[hours], starts_at=NINE + hours * HOUR)
    visit(4, NEAR)
    assert ways() == [(0, 50, 0), (1, 0, 0), (4, 0, 15)]


def test_the_number_of_queries_does_not_grow_with_the_day(visit):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            book(visit(3, NEAR, mark="counted"))
        Appointment.objects.filter(visit="counted").delete()
        return len(captured)

    queries()
    alone = queries()
    visit(1, FAR)
    visit(5, FAR)
    beside_two = queries()
    visit(-1, FAR)
    visit(7, FAR)
    # Two writes for the ways of the others: first what becomes shorter, then what becomes longer.
    assert alone <= beside_two <= alone + 2
    assert queries() == beside_two


def test_not_offered_is_not_taken(visit):
    with pytest.raises(SlotNotOffered):
        visit(12)
