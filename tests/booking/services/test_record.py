"""What the desk writes down: after the beginning, undoable, logged without its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.errors import AppointmentForgotten, AppointmentNotBegun, AppointmentOver
from booking.enums import Outcome, Status
from booking.models import Appointment
from booking.services.record import record_note, record_outcome
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def actor():
    return administrator()


def log(appointment):
    return list(appointment.events.values_list("type", "detail", "actor__username"))


def test_outcome_is_recorded_changed_and_taken_back(actor):
    appointment = AppointmentFactory(starts_at=STARTS)
    for outcome in (Outcome.MISSED, Outcome.MISSED, Outcome.TOOK_PLACE, None):
        record_outcome(appointment, outcome, actor=actor, now=STARTS)
        appointment.refresh_from_db()
        assert appointment.outcome == (outcome or "")
    assert log(appointment) == [
        ("outcome", "missed", "verwaltung"),
        ("outcome", "took_place", "verwaltung"),
        ("outcome", "", "verwaltung"),
    ]
    assert not OutgoingMail.objects.exists()


def test_outcome_is_refused_a_minute_before_the_beginning(actor):
    appointment = AppointmentFactory(starts_at=STARTS)
    with pytest.raises(AppointmentNotBegun):
        record_outcome(appointment, Outcome.TOOK_PLACE, actor=actor, now=STARTS - timedelta(minutes=1))
    assert (Appointment.objects.get().outcome, log(appointment)) == ("", [])


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.EXPIRED])
def test_outcome_of_what_did_not_come_about_is_refused(actor, status):
    appointment = AppointmentFactory(starts_at=STARTS, status=status)
    with pytest.raises(AppointmentOver):
        record_outcome(appointment, Outcome.TOOK_PLACE, actor=actor, now=STARTS)


def test_note_is_kept_and_its_words_stay_out_of_the_log(actor):
    appointment = AppointmentFactory(starts_at=STARTS)
    before = appointment.changed_at
    record_note(appointment, "Merkmal", actor=actor, now=STARTS)
    record_note(appointment, "Merkmal", actor=actor, now=STARTS)
    appointment.refresh_from_db()
    assert (appointment.note, appointment.changed_at) == ("Merkmal", before)
    assert log(appointment) == [("noted", "", "verwaltung")]
    assert not OutgoingMail.objects.exists()


def test_anonymous_appointment_takes_no_note(actor):
    appointment = AppointmentFactory(starts_at=STARTS, anonymised_at=STARTS)
    with pytest.raises(AppointmentForgotten):
        record_note(appointment, "Merkmal", actor=actor, now=STARTS)
    reserved = AppointmentFactory(status=Status.EXPIRED)
    with pytest.raises(AppointmentOver):
        record_note(reserved, "Merkmal", actor=actor, now=STARTS)
    assert set(Appointment.objects.values_list("note", flat=True)) == {""}
