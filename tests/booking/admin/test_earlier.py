"""At the desk: who would come earlier, put on the list and taken off it for a firm on the phone."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from booking.models import Appointment, EarlierWish
from tests.factories.accounts import advisor_with_account, client_of, office_lead
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def mine(office):
    return advisor_with_account(name="Nora Nord", office=office)


@pytest.fixture
def booked(mine) -> Appointment:
    return AppointmentFactory(advisor=mine, starts_at=NINE)


@pytest.fixture
def client(mine):
    return client_of(mine.user)


def address(name, appointment) -> str:
    return reverse(f"termine:{name}", args=[appointment.pk])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_on_the_list_and_off_again_with_both_on_the_log(client, mine, booked):
    page = text(client.post(address("earlier", booked), follow=True))
    assert "Wird früher eine Zeit frei, fragen wir den Betrieb per E-Mail, der Reihe nach." in page
    assert "Der Betrieb wartet seit 23.11.2026, 08:00 Uhr auf eine frühere Zeit." in page
    page = text(client.post(address("earlier", booked), {"end": "1"}, follow=True))
    assert "Der Betrieb wird nicht mehr nach früheren Zeiten gefragt." in page
    assert EarlierWish.objects.count() == 0
    assert list(booked.events.values_list("type", "actor")) == [("wished", mine.user.pk), ("unwished", mine.user.pk)]


def test_a_firm_without_address_has_to_be_called(client, booked):
    Appointment.objects.update(email="")
    page = text(client.post(address("earlier", booked), follow=True))
    assert "Ohne E-Mail-Adresse können wir den Betrieb nicht fragen: Bitte rufen Sie ihn an" in page
    assert EarlierWish.objects.count() == 0


def test_the_list_shows_who_waits(client, mine, booked):
    other = AppointmentFactory(advisor=mine, starts_at=NINE.replace(hour=10), organization="Wartet nicht GmbH")
    client.post(address("earlier", booked))
    page = text(client.get(reverse("termine:index"), {"earlier": "true"}))
    assert (booked.organization in page, other.organization in page) == (True, False)
    page = text(client.get(reverse("termine:index")))
    assert (booked.organization in page, other.organization in page) == (True, True)


def test_a_get_does_nothing_and_others_find_nothing(client, office, booked):
    assert client.get(address("earlier", booked)).status_code == 405
    foreign = client_of(office_lead(office=OfficeFactory(name="Holzminden", slug="holzminden")).user)
    assert foreign.post(address("earlier", booked)).status_code == 404
    assert EarlierWish.objects.count() == 0
