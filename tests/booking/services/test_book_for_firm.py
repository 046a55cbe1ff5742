"""Booked on the phone: one transaction, the same guard, the same mails, and who did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.errors import SlotNotOffered, SlotTaken
from booking.enums import Kind, Status
from booking.models import Appointment
from booking.services.book import FirmDetails
from booking.services.book_for_firm import book_for_firm
from booking.services.hold import Wish
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
FIRM = FirmDetails("Beispiel Metallbau GmbH", "Kim Muster", "kim@metallbau.example", "31785")


@pytest.fixture
def actor():
    return administrator()


@pytest.fixture
def wish(office, service, rule):
    return Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE)


def book(wish, actor, details=FIRM, visit="form", **values):
    return book_for_firm(wish, details, visit=visit, actor=actor, now=NOW, **values)


def kinds_of_mails():
    return sorted(OutgoingMail.objects.values_list("kind", flat=True))


def test_reserved_and_booked_in_one_go(wish, actor, advisor):
    booked = book(wish, actor, note="rief an")
    booked.refresh_from_db()
    assert (booked.status, booked.advisor, booked.organization, booked.note, booked.hold_network) == (
        Status.BOOKED,
        advisor,
        "Beispiel Metallbau GmbH",
        "rief an",
        "",
    )
    assert list(booked.events.values_list("type", "actor")) == [("booked", actor.pk), ("noted", actor.pk)]
    assert kinds_of_mails() == ["advisor_booked", "firm_booked"]


def test_the_same_form_sent_twice_books_once(wish, actor):
    first = book(wish, actor, note="einmal")
    assert book(wish, actor, note="zweimal").pk == first.pk
    assert Appointment.objects.get().note == "einmal"
    assert len(kinds_of_mails()) == 2


def test_firm_without_an_address_gets_no_mail(wish, actor):
    book(wish, actor, replace(FIRM, email=""))
    assert kinds_of_mails() == ["advisor_booked"]


def test_taken_time_is_refused_and_nothing_is_left(wish, actor, advisor):
    AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(minutes=30))
    with pytest.raises(SlotTaken):
        book(wish, actor)
    assert (Appointment.objects.count(), kinds_of_mails()) == (1, [])


def test_time_that_nobody_offers_is_refused(wish, actor):
    with pytest.raises(SlotNotOffered):
        book(replace(wish, starts_at=NOW + timedelta(minutes=30)), actor)
    assert not Appointment.objects.exists()
