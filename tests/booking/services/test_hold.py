"""Reserving a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.errors import HoldExpired, SlotNotOffered, SlotTaken, TooManyHolds
from booking.enums import Kind, Status
from booking.models import Appointment, BookingSettings, Service
from booking.selectors import slots_at
from booking.services.hold import LONGEST_HOLD, Wish, extend_hold, hold_time, release_hold
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def wish(service, office, rule):
    return Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE)


def hold(wish, visit="a", network="n", now=NOW):
    return hold_time(wish, visit=visit, network=network, now=now)


def test_a_hold_takes_the_time_with_its_buffers(wish, service):
    service.buffer_before, service.buffer_after = 10, 20
    service.save()
    held = hold(wish)
    assert (held.status, held.starts_at, held.ends_at) == (Status.HELD, NINE, NINE + timedelta(hours=1))
    assert (held.block_start, held.block_end) == (NINE - timedelta(minutes=10), NINE + timedelta(minutes=80))
    assert held.hold_expires_at == NOW + timedelta(minutes=10)


def test_the_same_wish_of_one_visit_is_one_hold(wish):
    assert hold(wish).pk == hold(wish).pk
    assert Appointment.objects.count() == 1


def test_another_visit_finds_the_time_taken(wish):
    hold(wish)
    with pytest.raises(SlotTaken):
        hold(wish, visit="b")


def test_a_second_choice_of_one_visit_gives_the_first_back(wish, office, service):
    first = hold(wish)
    hold(Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(hours=2)))
    first.refresh_from_db()
    assert first.status == Status.EXPIRED
    assert hold(wish, visit="b").starts_at == NINE


def test_a_run_out_hold_gives_way_without_a_worker(wish):
    first = hold(wish)
    later = NOW + timedelta(minutes=10)
    second = hold(wish, visit="b", now=later)
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.HELD)


@pytest.mark.parametrize(
    "starts_at",
    [
        NOW - timedelta(days=1),
        NOW + timedelta(hours=1),
        datetime(2026, 11, 24, 3, tzinfo=UTC),
        datetime(2026, 11, 28, 8, tzinfo=UTC),
        datetime(2027, 6, 1, 8, tzinfo=UTC),
        NINE + timedelta(minutes=7),
        NINE + timedelta(seconds=30),
    ],
    ids=["past", "too soon", "night", "Saturday", "beyond the horizon", "off the grid", "half a minute"],
)
def test_what_the_rules_do_not_offer_is_refused(wish, service, office, starts_at):
    with pytest.raises(SlotNotOffered):
        hold(Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=starts_at))
    assert not Appointment.objects.exists()


def test_a_kind_that_nobody_offers_is_refused(wish, service, office):
    with pytest.raises(SlotNotOffered):
        hold(Wish(service=service, office=office, kind=Kind.VIDEO, starts_at=NINE))


def test_a_pool_gives_one_time_to_each_of_its_people_fairly(wish, office, advisor):
    second = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=second)
    AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=2))
    assert [hold(wish, visit="a").advisor, hold(wish, visit="b").advisor] == [second, advisor]
    with pytest.raises(SlotTaken):
        hold(wish, visit="c")


def test_a_named_advisor_is_kept(wish, service, office, advisor):
    second = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=second)
    named = Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE, advisor=second)
    assert hold(named).advisor == second


def at(wish, hours):
    return replace(wish, starts_at=NINE + timedelta(hours=hours))


@pytest.mark.parametrize(("caps", "next_day"), [({"cap_per_day": 1}, True), ({"cap_per_week": 1}, False)])
def test_a_reached_cap_is_a_taken_time(wish, service, caps, next_day):
    Service.objects.update(**caps)
    service.refresh_from_db()
    hold(wish)
    with pytest.raises(SlotTaken):
        hold(at(wish, 2), visit="b")
    if next_day:
        assert hold(at(wish, 24), visit="b").status == Status.HELD
    else:
        with pytest.raises(SlotTaken):
            hold(at(wish, 24), visit="b")
    assert hold(at(wish, 2), visit="b", now=NOW + timedelta(minutes=10)).status == Status.HELD


def test_a_cap_counts_one_service_and_gives_way_to_the_own_choice(wish, service, advisor):
    service.cap_per_day = 1
    service.save()
    AppointmentFactory(advisor=advisor, service=ServiceFactory(slug="andere", name="Andere"), starts_at=NINE)
    first = hold(at(wish, 1))
    second = hold(at(wish, 2))
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.HELD)


def test_a_cap_is_counted_again_once_the_advisor_is_locked(wish, service, office, monkeypatch):
    """Two visitors who both saw the day with room: the second finds it full, the colleague takes over."""
    service.cap_per_day = 1
    service.save()
    seen = slots_at(service, now=NOW, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(hours=2))
    hold(wish)
    monkeypatch.setattr("booking.services.hold.slots_at", lambda *_, **__: seen)
    with pytest.raises(SlotTaken):
        hold(at(wish, 2), visit="b")
    colleague = AdvisorFactory(office=office)
    seen.append(seen[0]._replace(advisor=colleague.pk))
    assert hold(at(wish, 2), visit="b").advisor == colleague


def test_one_network_holds_only_so_many(wish, service, office):
    BookingSettings.objects.update_or_create(defaults={"holds_per_network": 2})
    for number in range(2):
        hold(
            Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(days=number)),
            visit=f"{number}",
        )
    with pytest.raises(TooManyHolds) as refusal:
        hold(Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(days=2)), visit="x")
    assert refusal.value.limit == 2
    assert hold(
        Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(days=2)),
        visit="x",
        network="other",
    )


def test_extending_begins_anew_up_to_an_hour(wish):
    held = hold(wish)
    assert extend_hold(held, now=NOW + timedelta(minutes=9)).hold_expires_at == NOW + timedelta(minutes=19)
    now = NOW
    while now < NOW + LONGEST_HOLD:
        extend_hold(held, now=now)
        now += timedelta(minutes=9)
    assert held.hold_expires_at == NOW + LONGEST_HOLD
    with pytest.raises(HoldExpired):
        extend_hold(held, now=NOW + LONGEST_HOLD)


def test_releasing_gives_back_and_forgets(wish):
    held = hold(wish)
    Appointment.objects.filter(pk=held.pk).update(name="Kim Muster", email="kim@firma.example")
    assert release_hold(held, now=NOW) is True
    assert release_hold(held, now=NOW) is False
    held.refresh_from_db()
    assert (held.status, held.name, held.email) == (Status.EXPIRED, "", "")
    assert hold(wish, visit="b").starts_at == NINE
