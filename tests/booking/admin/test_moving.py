"""The desk moves across kinds and offices, as far as its user may act there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from booking.enums import Kind
from booking.models import Appointment
from booking.wording import local
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator, advisor_with_account, client_of, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
ELEVEN = NINE + timedelta(hours=2)
ALL = [Kind.OFFICE, Kind.PHONE, Kind.FIRM]


@pytest.fixture
def lead(now, office, service):
    person = office_lead(name="Lea Leitung", office=office)
    AvailabilityRuleFactory(advisor=person, kinds=ALL)
    return person


@pytest.fixture
def vechta():
    return OfficeFactory(name="MehrWert-Büro Vechta", slug="vechta")


@pytest.fixture
def stranger(vechta):
    person = advisor_with_account("fremd", name="Frieda Fremd", office=vechta)
    AvailabilityRuleFactory(advisor=person, kinds=ALL)
    return person


@pytest.fixture
def booked(lead):
    return AppointmentFactory(advisor=lead, starts_at=NINE)


def address(booked, query=""):
    return reverse("termine:move", args=[booked.pk]) + query


def page_of(user, booked, query=""):
    return " ".join(client_of(user).get(address(booked, query)).content.decode().split())


def move(user, booked, query="", *, to, at=ELEVEN, **more):
    values = {"zeit": f"{local(at).isoformat(timespec='minutes')}|{to.pk}", "sequence": 0, "tag": "2026-12-01"}
    return client_of(user).post(address(booked, query), values | more)


def test_a_call_asks_for_the_number_and_keeps_the_chosen_time(lead, booked):
    query = "?art=phone&tag=2026-12-01"
    assert "Telefon des Betriebs" in page_of(lead.user, booked, query)
    refused = move(lead.user, booked, query, to=lead)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Bitte geben Sie die Nummer des Betriebs ein." in page
    assert f'value="2026-12-01T11:00+01:00|{lead.pk}" required checked' in page
    assert Appointment.objects.get().sequence == 0
    assert move(lead.user, booked, query, to=lead, phone="05151 12345").status_code == 302
    moved = Appointment.objects.get()
    assert (moved.kind, moved.phone, moved.starts_at) == (Kind.PHONE, "05151 12345", ELEVEN)


def test_a_visit_asks_where_to_come(lead, booked):
    query = "?art=firm"
    assert "Straße und Hausnummer des Betriebs" in page_of(lead.user, booked, query)
    assert move(lead.user, booked, query, to=lead).status_code == 422
    assert move(lead.user, booked, query, to=lead, street="Musterweg 1").status_code == 302
    assert (Appointment.objects.get().kind, Appointment.objects.get().street) == (Kind.FIRM, "Musterweg 1")


def test_what_is_known_is_not_asked_again(lead, booked):
    Appointment.objects.update(phone="05151 1")
    assert 'name="phone"' not in page_of(lead.user, booked, "?art=phone")


def test_administrators_move_to_any_office(lead, booked, stranger, vechta):
    user = administrator()
    page = page_of(user, booked, "?buero=vechta&tag=2026-12-01")
    assert "11:00 Uhr, Frieda Fremd" in page
    assert (
        "Bisher Dienstag, 1. Dezember 2026, 9:00 bis 10:00 Uhr bei Lea Leitung, im Büro, MehrWert-Büro Hameln." in page
    )
    response = move(user, booked, "?buero=vechta", to=stranger)
    assert (response.status_code, response.url) == (302, reverse("termine:inspect", args=[booked.pk]))
    moved = Appointment.objects.get()
    assert (moved.office, moved.advisor, moved.starts_at) == (vechta, stranger, ELEVEN)


def test_heads_do_not_move_to_another_office(lead, booked, stranger):
    assert "Vechta" not in page_of(lead.user, booked)
    assert client_of(lead.user).get(address(booked, "?buero=vechta")).status_code == 404
    assert move(lead.user, booked, "?buero=vechta", to=stranger).status_code == 404
    assert move(lead.user, booked, to=stranger).status_code == 409
    assert Appointment.objects.get().sequence == 0


def test_own_people_may_be_met_where_else_they_advise(lead, booked, stranger, vechta, office):
    """A guest of the other office gives times there, too: those stay out of reach."""
    AvailabilityRuleFactory(advisor=lead, office=vechta, start_time="14:00", end_time="16:00")
    AvailabilityRuleFactory(advisor=stranger, office=office, start_time="14:00", end_time="16:00")
    page = page_of(lead.user, booked, "?buero=vechta&tag=2026-12-01")
    assert "14:00 Uhr, Lea Leitung" in page
    assert "Frieda Fremd" not in page
    assert "14:00 Uhr, Frieda Fremd" in page_of(lead.user, booked, "?tag=2026-12-01")
    afternoon = NINE + timedelta(hours=5)
    assert move(lead.user, booked, "?buero=vechta", to=stranger, at=afternoon).status_code == 409
    assert move(lead.user, booked, "?buero=vechta", to=lead, at=afternoon).status_code == 302
    assert (Appointment.objects.get().office, Appointment.objects.get().advisor) == (vechta, lead)


def test_to_an_office_day(lead, booked, office):
    day = OfficeDayFactory(office=office, advisors=[lead])
    page = page_of(lead.user, booked, "?art=office_day")
    start = page.split('name="zeit" value="')[1].split("|")[0]
    response = move(lead.user, booked, "?art=office_day", to=lead, at=datetime.fromisoformat(start))
    assert response.status_code == 302
    assert Appointment.objects.get().office_day == day


@pytest.mark.parametrize("query", ["?art=fax", "?buero=fehlt", "?buero=zu"])
def test_what_cannot_be_had_is_not_found(lead, booked, query):
    OfficeFactory(slug="zu", is_active=False)
    assert client_of(lead.user).get(address(booked, query)).status_code == 404


def test_mail_is_promised_only_where_there_is_an_address(lead, booked):
    assert "Betrieb und Beratungsperson bekommen eine E-Mail" in page_of(lead.user, booked)
    Appointment.objects.update(email="")
    assert "Den Betrieb rufen Sie bitte an" in page_of(lead.user, booked)
    move(lead.user, booked, to=lead)
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["advisor_moved"]


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_offices_as_for_one(booked, django_assert_num_queries, items):
    client = client_of(administrator())
    for _ in range(items):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=OfficeFactory()))
    client.get(address(booked))
    with django_assert_num_queries(17):
        client.get(address(booked))
