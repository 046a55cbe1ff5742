"""From reservation to appointment, exactly once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from booking.domain.errors import AlreadyCancelled, HoldExpired, SlotTaken
from booking.enums import Kind, Status
from booking.models import Appointment, AppointmentEvent
from booking.services.book import FirmDetails, book_appointment
from booking.services.hold import Wish, hold_time
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
DETAILS = FirmDetails("Beispiel Metallbau GmbH", "Kim Muster", "kim@metallbau.example", "31785", topic="Staplerschein")


@pytest.fixture
def held(advisor):
    return AppointmentFactory(
        advisor=advisor,
        status=Status.HELD,
        hold_expires_at=NOW + timedelta(minutes=10),
        hold_network="n",
        organization="",
        name="",
        email="",
        postcode="",
    )


def test_booking_fills_the_reservation(held):
    booked = book_appointment(held, DETAILS, now=NOW)
    booked.refresh_from_db()
    assert (booked.pk, booked.status, booked.organization, booked.topic) == (
        held.pk,
        Status.BOOKED,
        "Beispiel Metallbau GmbH",
        "Staplerschein",
    )
    assert (booked.hold_expires_at, booked.hold_network, booked.booked_at, booked.changed_at) == (None, "", NOW, NOW)
    assert list(booked.events.values_list("type", "at", "actor")) == [("booked", NOW, None)]


def test_booking_twice_is_booking_once(held):
    first = book_appointment(held, DETAILS, now=NOW)
    again = book_appointment(held, FirmDetails("Andere GmbH", "X", "x@y.example", "1"), now=NOW + timedelta(minutes=1))
    assert (again.pk, again.organization, again.booked_at) == (first.pk, "Beispiel Metallbau GmbH", NOW)
    assert OutgoingMail.objects.count() == 2
    assert AppointmentEvent.objects.count() == 1


@pytest.mark.parametrize("minutes", [10, 60])
def test_a_run_out_reservation_is_not_booked(held, minutes):
    with pytest.raises(HoldExpired):
        book_appointment(held, DETAILS, now=NOW + timedelta(minutes=minutes))
    assert not OutgoingMail.objects.exists()
    assert Appointment.objects.get().status == Status.HELD


def test_f4_the_last_second_of_a_reservation_books_and_the_next_belongs_to_the_others(held, rule, service, office):
    """The end is outside the reservation, for its holder and for whoever waits for the time alike."""
    end = held.hold_expires_at
    wish = Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=held.starts_at)
    with pytest.raises(SlotTaken):
        hold_time(wish, visit="other", network="m", now=end - timedelta(microseconds=1))
    with transaction.atomic():
        booked = book_appointment(held, DETAILS, now=end - timedelta(microseconds=1))
        assert (booked.status, OutgoingMail.objects.count()) == (Status.BOOKED, 2)
        transaction.set_rollback(True)
    with pytest.raises(HoldExpired):
        book_appointment(Appointment.objects.get(), DETAILS, now=end)
    theirs = hold_time(wish, visit="other", network="m", now=end)
    assert list(Appointment.objects.order_by("pk").values_list("pk", "status")) == [
        (held.pk, Status.EXPIRED),
        (theirs.pk, Status.HELD),
    ]
    assert not OutgoingMail.objects.exists()


def test_a_reservation_given_back_is_not_booked(held):
    Appointment.objects.all().let_go()
    with pytest.raises(HoldExpired):
        book_appointment(held, DETAILS, now=NOW)


def test_a_cancelled_appointment_does_not_come_back(held):
    Appointment.objects.update(status=Status.CANCELLED, hold_expires_at=None)
    with pytest.raises(AlreadyCancelled):
        book_appointment(held, DETAILS, now=NOW)


def test_mails_name_nobody_in_their_subjects_and_tell_the_advisor_no_names(held):
    book_appointment(held, DETAILS, now=NOW)
    firm, advisor = OutgoingMail.objects.order_by("position")
    texts = {mail.kind: bytes(mail.message).decode() for mail in (firm, advisor)}
    assert [mail.recipient for mail in (firm, advisor)] == ["kim@metallbau.example", "ada@mehrwert.example"]
    assert "Subject: Ihr Termin am 01.12.2026 ist gebucht" in texts["firm_booked"]
    assert "Subject: Neuer Termin am 01.12.2026" in texts["advisor_booked"]
    for name in ("Metallbau", "Kim", "Staplerschein"):
        assert name not in texts["advisor_booked"]
