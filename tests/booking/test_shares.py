"""From the stored appointments, closures and hours to whose turn it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.domain.fairness import Presence, Share
from booking.enums import Kind, OfferReason, Status
from booking.models import BookingSettings
from booking.selectors import free_times, why_not
from booking.services.hold import Wish, hold_time
from booking.services.move import move_appointment
from booking.services.offer import accept_offer, offer_times
from booking.shares import shares_in_turn
from offices.models import Advisor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAY = date(2026, 11, 24)
WHOLE = Presence(40, 0)
"""27 October to 21 December 2026: eight weeks, the Reformation is over and Christmas not yet come."""


def shares(*people, **wanted):
    return shares_in_turn([person.pk for person in people], **{"day": DAY, "weeks": 8, "now": NOW} | wanted)


def test_appointments_that_begin_in_the_period_count(rule, advisor):
    for days in (-29, -28, 0, 27, 28):
        AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=days))
    AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=1), status=Status.CANCELLED)
    held = {"advisor": advisor, "status": Status.HELD, "created_at": NOW - timedelta(minutes=3)}
    AppointmentFactory(starts_at=NINE + timedelta(days=2), hold_expires_at=NOW, **held)
    running = AppointmentFactory(starts_at=NINE + timedelta(days=3), hold_expires_at=NOW + timedelta(minutes=1), **held)
    assert shares(advisor) == [Share(advisor.pk, 4, WHOLE, 100, int(running.created_at.timestamp()) // 60)]
    assert shares(advisor, own=[running.pk])[0].given == 3
    assert shares(advisor, weeks=1)[0].given == 2


def test_times_held_for_a_firm_to_choose_from_do_not_count_beside_its_appointment(rule, advisor):
    """Three offered times made one firm count four times."""
    booked = AppointmentFactory(advisor=advisor, starts_at=NINE)
    offer = offer_times(booked, reason=OfferReason.CLOSING, until=NOW + timedelta(hours=2), now=NOW)
    assert offer.alternatives.count() == 3
    assert shares(advisor)[0].given == 1
    accept_offer(offer, offer.alternatives.first().uid, now=NOW)
    assert shares(advisor)[0].given == 1


def test_leave_holidays_and_closing_days_are_no_presence(rule, advisor, office):
    ClosureFactory(advisor=advisor, first_day=date(2026, 11, 30), last_day=date(2026, 12, 6))
    ClosureFactory(advisor=advisor, first_day=date(2026, 12, 8), start_time=time(9), end_time=time(10))
    ClosureFactory(advisor=AdvisorFactory(office=office), first_day=date(2026, 12, 9))
    ClosureFactory(office=office, first_day=date(2026, 12, 10))
    ClosureFactory(office=OfficeFactory(), first_day=date(2026, 12, 11))
    ClosureFactory(first_day=date(2026, 12, 14))
    assert shares(advisor)[0].presence == Presence(33, 5)
    assert shares(advisor, day=date(2026, 10, 6), weeks=8)[0].presence == Presence(40, 0)  # 3 October was a Saturday
    assert shares(advisor, day=date(2026, 12, 24), weeks=1)[0].presence == Presence(4, 0)


def test_days_before_the_first_hours_are_no_presence(advisor, office):
    assert shares(advisor)[0].presence == Presence(0, 0)
    OfficeDayFactory(office=office, advisors=[advisor], valid_from=date(2026, 12, 21))
    assert shares(advisor)[0].presence == Presence(1, 0)
    AvailabilityRuleFactory(advisor=advisor, valid_from=date(2026, 12, 14))
    assert shares(advisor)[0].presence == Presence(6, 0)
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 12, 11, 8, tzinfo=UTC))
    assert shares(advisor)[0].presence == Presence(7, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_two_queries(office, django_assert_num_queries, people):
    team = [AvailabilityRuleFactory(advisor=AdvisorFactory(office=office)).advisor for _ in range(people)]
    for person in team:
        AppointmentFactory(advisor=person, starts_at=NINE)
        ClosureFactory(advisor=person)
    with django_assert_num_queries(2):
        assert len(shares(*team)) == people


@pytest.fixture
def second(rule, office):
    colleague = AdvisorFactory(name="Berta Beispiel", office=office)
    AvailabilityRuleFactory(advisor=colleague)
    return colleague


@pytest.fixture
def wish(service, office, rule):
    return Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE)


def test_a_hold_keeps_to_part_time_and_leave(wish, advisor, second):
    for days in (2, 3):
        AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=days))
    AppointmentFactory(advisor=second, starts_at=NINE + timedelta(days=2))
    assert hold_time(wish, visit="a", network="n", now=NOW).advisor == second
    Advisor.objects.filter(pk=second.pk).update(share_percent=40)
    assert hold_time(wish, visit="b", network="n", now=NOW).advisor == advisor


def test_a_hold_keeps_to_the_weeks_of_the_settings(wish, advisor, second):
    for days in (2, 3):
        AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=days))
    for days in (10, 11, 12):
        AppointmentFactory(advisor=second, starts_at=NINE - timedelta(days=days))
    BookingSettings.objects.update_or_create(defaults={"fair_weeks": 1})
    assert hold_time(wish, visit="a", network="n", now=NOW).advisor == second


def test_outside_the_pool_only_the_named_get_an_appointment(wish, service, office, advisor, second):
    Advisor.objects.filter(pk=second.pk).update(in_pool=False)
    AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(hours=1))
    assert {slot.advisor for slot in free_times(service, now=NOW)} == {advisor.pk}
    assert {slot.advisor for slot in free_times(service, now=NOW, advisor=second)} == {second.pk}
    reasons = why_not(service, now=NOW, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(hours=1))
    assert [(each.rule.value, each.advisor) for each in reasons.obstacles] == [
        ("appointment", advisor.pk),
        ("outside_pool", second.pk),
    ]
    named = Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE, advisor=second)
    assert hold_time(named, visit="a", network="n", now=NOW).advisor == second
    assert hold_time(wish, visit="b", network="n", now=NOW).advisor == advisor


def test_outside_the_pool_office_days_are_for_the_named_too(service, office, advisor):
    OfficeDayFactory(office=office, advisors=[advisor])
    Advisor.objects.filter(pk=advisor.pk).update(in_pool=False)
    assert not free_times(service, now=NOW)
    assert free_times(service, now=NOW, advisor=advisor)


def test_a_move_stays_with_the_advisor_outside_the_pool(service, advisor, second):
    Advisor.objects.filter(pk=second.pk).update(in_pool=False)
    booked = AppointmentFactory(advisor=second, service=service, starts_at=NINE)
    target = NINE + timedelta(days=1)
    moved = move_appointment(booked, starts_at=target, sequence=0, now=NOW)
    assert (moved.advisor, moved.starts_at) == (second, target)
