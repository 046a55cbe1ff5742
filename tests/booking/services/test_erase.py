"""P4. Deleting on the firm's own wish: at once, once, and in the outbox too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking import emails
from booking.enums import Status
from booking.models import Appointment
from booking.services.erase import erase_data
from foundation.models import OutgoingMail
from foundation.outbox.delivery import deliver_due
from foundation.outbox.retention import forget_delivered
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def booked(advisor) -> Appointment:
    return AppointmentFactory(advisor=advisor, starts_at=NOW + timedelta(days=1))


def outbox():
    return list(
        OutgoingMail.objects.filter(thread__startswith="firm:")
        .order_by("position", "recipient")
        .values_list("kind", "state", "recipient")
    )


def test_a_waiting_mail_is_dropped_and_emptied_the_cancellation_goes_out(booked, mailoutbox):
    emails.send_booked(booked, now=NOW)
    erase_data(booked, now=NOW)
    assert outbox() == [("firm_booked", "dropped", ""), ("firm_cancelled", "waiting", "kim.muster@firma.example")]
    deliver_due(now=NOW)
    assert outbox()[1] == ("firm_cancelled", "sent", "kim.muster@firma.example")
    forget_delivered(now=NOW + timedelta(days=31))
    assert outbox()[1] == ("firm_cancelled", "sent", "")
    assert not [mail for mail in OutgoingMail.objects.all() if b"Kim" in bytes(mail.message)]


def test_mails_already_sent_are_emptied_at_once(booked, mailoutbox):
    emails.send_booked(booked, now=NOW)
    deliver_due(now=NOW)
    other = AppointmentFactory(advisor=booked.advisor, starts_at=NOW + timedelta(days=2))
    emails.send_booked(other, now=NOW)
    erase_data(booked, now=NOW)
    assert outbox() == [
        ("firm_booked", "sent", ""),
        ("firm_booked", "waiting", "kim.muster@firma.example"),
        ("firm_cancelled", "waiting", "kim.muster@firma.example"),
    ]
    booked.refresh_from_db()
    assert (booked.status, booked.sequence, booked.name) == (Status.CANCELLED, 1, "")
    assert list(booked.events.values_list("type", flat=True)) == ["cancelled", "anonymised"]


def test_repeating_it_changes_nothing(booked):
    erase_data(booked, now=NOW)
    before = list(Appointment.objects.values()), outbox()
    erase_data(booked, now=NOW + timedelta(minutes=1))
    assert (list(Appointment.objects.values()), outbox()) == before


@pytest.mark.parametrize("status", [Status.BOOKED, Status.CANCELLED])
def test_what_has_begun_or_is_off_is_only_forgotten(booked, status):
    Appointment.objects.update(status=status, cancelled_at=NOW)
    erase_data(booked, now=booked.starts_at)
    booked.refresh_from_db()
    assert (booked.status, booked.name, booked.email) == (status, "", "")
    assert outbox() == []
