"""Moving and cancelling: one transaction each, refused without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.errors import AlreadyCancelled, AppointmentChanged, AppointmentOver, SlotNotOffered, SlotTaken
from booking.enums import Status
from booking.models import Appointment
from booking.selectors import slots_at
from booking.services.cancel import cancel_appointment
from booking.services.move import move_appointment
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
ELEVEN = NINE + timedelta(hours=2)


@pytest.fixture
def booked(advisor, service, rule):
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


def move(appointment, starts_at=ELEVEN, sequence=0, now=NOW):
    return move_appointment(appointment, starts_at=starts_at, sequence=sequence, now=now)


def state():
    return list(Appointment.objects.order_by("pk").values_list("status", "starts_at", "advisor", "sequence"))


def test_moving_takes_the_new_time_and_frees_the_old(booked, advisor):
    moved = move(booked)
    moved.refresh_from_db()
    assert (moved.starts_at, moved.ends_at, moved.sequence, moved.changed_at) == (
        ELEVEN,
        ELEVEN + timedelta(hours=1),
        1,
        NOW,
    )
    assert (moved.block_start, moved.block_end) == (moved.starts_at, moved.ends_at)
    AppointmentFactory(advisor=advisor, starts_at=NINE)
    assert moved.events.get().detail == "2026-11-24T08:00Z → 2026-11-24T10:00Z"


def test_moving_by_half_its_length_overlaps_only_itself(booked):
    assert move(booked, NINE + timedelta(minutes=30)).starts_at == NINE + timedelta(minutes=30)


def test_moving_within_a_full_day_and_into_another(booked, advisor, service):
    service.cap_per_day = 1
    service.save()
    assert move(booked).starts_at == ELEVEN
    AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(days=1))
    before = state()
    with pytest.raises(SlotTaken):
        move(booked, ELEVEN + timedelta(days=1), sequence=1)
    assert state() == before


def test_a_cap_is_counted_again_once_the_advisor_is_locked(booked, advisor, service, office, monkeypatch):
    service.cap_per_day = 1
    service.save()
    target = ELEVEN + timedelta(days=1)
    seen = slots_at(service, now=NOW, office=office, kind="office", starts_at=target)
    AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(days=1))
    monkeypatch.setattr("booking.services.move.slots_at", lambda *_, **__: seen)
    before = state()
    with pytest.raises(SlotTaken):
        move(booked, target)
    assert state() == before


def test_the_advisor_stays_where_possible_and_changes_where_not(booked, office, advisor):
    colleague = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=colleague)
    assert move(booked).advisor == advisor
    AppointmentFactory(advisor=advisor, starts_at=NINE)
    assert move(booked, NINE, sequence=1).advisor == colleague


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"starts_at": datetime(2026, 11, 28, 8, tzinfo=UTC)}, SlotNotOffered),
        ({"sequence": 1}, AppointmentChanged),
        ({"now": NINE}, AppointmentOver),
    ],
)
def test_a_refused_move_changes_nothing(booked, change, refusal):
    before = state()
    wanted = {"starts_at": ELEVEN + timedelta(days=1 if "now" in change else 0)} | change
    if "now" in change:
        wanted["starts_at"] = ELEVEN + timedelta(days=2)
    with pytest.raises(refusal):
        move(booked, **wanted)
    assert state() == before
    assert not OutgoingMail.objects.exists()


def test_a_taken_time_is_refused(booked, advisor):
    AppointmentFactory(advisor=advisor, starts_at=ELEVEN)
    before = state()
    with pytest.raises(SlotTaken):
        move(booked)
    assert state() == before


def test_a_taken_time_of_an_advisor_outside_the_pool_is_gone_and_not_unknown(booked, advisor):
    """„Diese Zeit bieten wir nicht an“ stood where somebody else had been faster."""
    type(advisor).objects.filter(pk=advisor.pk).update(in_pool=False)
    AppointmentFactory(advisor=advisor, starts_at=ELEVEN)
    before = state()
    with pytest.raises(SlotTaken):
        move(booked)
    assert state() == before


def test_cancelling_frees_the_time_and_tells_both_sides(booked, advisor):
    cancelled = cancel_appointment(booked, now=NOW, reason="krank")
    assert (cancelled.status, cancelled.sequence, cancelled.cancelled_at, cancelled.cancel_reason) == (
        Status.CANCELLED,
        1,
        NOW,
        "krank",
    )
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_cancelled", "firm_cancelled"]
    AppointmentFactory(advisor=advisor, starts_at=NINE)


def test_cancelling_twice_or_too_late_is_refused(booked):
    with pytest.raises(AppointmentOver):
        cancel_appointment(booked, now=NINE)
    cancel_appointment(booked, now=NOW)
    with pytest.raises(AlreadyCancelled):
        cancel_appointment(booked, now=NOW)
    with pytest.raises(AlreadyCancelled):
        move(booked, sequence=1)
    assert OutgoingMail.objects.count() == 2
