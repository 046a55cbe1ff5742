"""Offering one firm other times from the page of its appointment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from booking.enums import Status
from booking.models import Appointment, MoveOffer
from booking.services.cancel import cancel_appointment
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.accounts import advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def mine(office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def booked(mine) -> Appointment:
    return AppointmentFactory(advisor=mine, starts_at=NINE)


@pytest.fixture
def client(mine) -> Client:
    return client_of(mine.user)


def address(name: str, appointment: Appointment) -> str:
    return reverse(f"termine:{name}", args=[appointment.pk])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_the_ready_mail_comes_first_then_the_button_sends_it_once(client, booked):
    assert address("offer", booked) in client.get(address("inspect", booked)).content.decode()
    page = text(client.get(address("offer", booked)))
    assert "Noch nicht geschickt." in page
    assert "- Montag, 30. November 2026, 9:00 bis 10:00 Uhr, im Büro" in page
    assert not MoveOffer.objects.exists()
    for _ in range(2):
        response = client.post(address("offer", booked), {"anbieten": "1"}, follow=True)
    assert "andere Zeiten angeboten" in text(response)
    [offer] = MoveOffer.objects.all()
    assert (offer.answer, offer.closure, offer.alternatives.count()) == ("open", None, 3)
    assert OutgoingMail.objects.filter(kind="firm_offer").count() == 1
    assert [event.actor.username for event in booked.events.all()] == ["beratung"]


def test_an_open_offer_is_shown_and_taken_back(client, booked):
    client.post(address("offer", booked), {"anbieten": "1"})
    assert "So ist die E-Mail geschickt worden" in text(client.get(address("offer", booked)))
    day = reverse("termine:day") + "?tag=2026-11-30"
    assert "9:00–10:00 einem Betrieb angeboten" in text(client.get(day))
    response = client.post(address("offer", booked), {"zurueck": "1"}, follow=True)
    assert "Das Angebot ist zurückgenommen, die Zeiten sind wieder frei." in text(response)
    assert not Appointment.objects.filter(status=Status.HELD).exists()
    client.post(address("offer", booked), {"zurueck": "1"})
    client.post(address("offer", booked), {})
    assert [offer.answer for offer in MoveOffer.objects.all()] == ["withdrawn"]


def test_a_closure_waits_for_it_too(client, booked, mine):
    client.post(address("offer", booked), {"anbieten": "1"})
    closure = ClosureFactory(advisor=mine, first_day=date(2026, 12, 1))
    page = client.get(reverse("termine:affected", args=[closure.pk]))
    assert [row.appointment for row in page.context["waiting"]] == [booked]
    elsewhere = ClosureFactory(advisor=mine, first_day=date(2026, 12, 8))
    page = client.get(reverse("termine:affected", args=[elsewhere.pk]))
    assert not page.context["settled"]


def test_refusals_are_said(client, booked, mine):
    mine.availability_rules.all().delete()
    assert "Zurzeit ist keine andere Zeit frei." in text(
        client.post(address("offer", booked), {"anbieten": "1"}, follow=True)
    )
    Appointment.objects.update(email="")
    assert client.get(address("offer", booked)).status_code == 404
    assert address("offer", booked) not in client.get(address("inspect", booked)).content.decode()
    assert "keine E-Mail-Adresse" in text(client.post(address("offer", booked), {"anbieten": "1"}, follow=True))
    cancel_appointment(booked, now=NOW)
    assert client.get(address("offer", booked)).status_code == 404
    assert "Dieser Termin war schon abgesagt." in text(
        client.post(address("offer", booked), {"anbieten": "1"}, follow=True)
    )
    assert not MoveOffer.objects.exists()


def test_appointments_of_others_are_not_found(client, booked):
    foreign = AppointmentFactory(advisor=advisor_with_account("fremd", name="Frieda Fremd"), starts_at=NINE)
    assert client.get(address("offer", foreign)).status_code == 404
    assert client.post(address("offer", foreign), {"anbieten": "1"}).status_code == 404
    assert client_of(editor()).get(address("offer", booked)).status_code == 302
    assert not MoveOffer.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_times_as_for_one(client, booked, mine, django_assert_num_queries, items):
    if items == 1:
        mine.availability_rules.update(valid_until=date(2026, 11, 30))
    client.get(address("offer", booked))
    with django_assert_num_queries(22):
        client.get(address("offer", booked))
