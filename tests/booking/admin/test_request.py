"""Requests that wait for their e-mail address to be confirmed, at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from booking.enums import Status
from booking.models import Appointment, Service
from foundation.models import BrandSettings, OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.accounts import advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
WAITING = "wartet auf Bestätigung der E-Mail"


@pytest.fixture
def mine(office, service):
    return advisor_with_account(name="Nora Nord", office=office)


@pytest.fixture
def client(mine):
    return client_of(mine.user)


def waiting(advisor, number: int = 0, **values) -> Appointment:
    values = {
        "status": Status.HELD,
        "hold_expires_at": NOW + timedelta(hours=2),
        "verification_sent_at": NOW,
        "starts_at": NINE + timedelta(days=number),
    } | values
    return AppointmentFactory(advisor=advisor, **values)


@pytest.fixture
def request_(mine):
    return waiting(mine)


def page_of(client, route, *args, query=""):
    return client.get(reverse(f"termine:{route}", args=args) + query).content.decode()


def post(client, action, appointment):
    return client.post(reverse(f"termine:{action}", args=[appointment.pk]), follow=True).content.decode()


def test_the_lists_say_what_it_waits_for(client, request_):
    assert WAITING in page_of(client, "index")
    for route in ("day", "week", "sheet"):
        page = page_of(client, route, query="?tag=2026-12-01")
        assert f"9:00–10:00 {WAITING}" in page
        assert "Beispiel Metallbau GmbH" in page
    page = page_of(client, "inspect", request_.pk)
    assert WAITING in page
    assert "Bis 23.11.2026, 10:00 Uhr bleibt die Zeit für ihn frei." in page
    for text in ("Auf Zuruf bestätigen", "Zeit freigeben"):
        assert text in page
    assert "termine/absagen/" not in page


def test_the_table_for_spreadsheets_says_it_too(office, service):
    lead = office_lead(office=office)
    waiting(lead)
    file = client_of(lead.user).get(reverse("termine:index") + "?export=csv")
    assert f'"{WAITING}"' in b"".join(file.streaming_content).decode()


def test_on_call_it_is_booked_and_the_log_says_by_whom(client, request_):
    page = post(client, "confirm", request_)
    assert "Der Termin ist gebucht. Der Betrieb bekommt eine E-Mail." in page
    assert "gebucht, auf Zuruf bestätigt (beratung)" in page
    assert Appointment.objects.get().status == Status.BOOKED
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_booked", "firm_booked"]
    # Twice is once.
    post(client, "confirm", request_)
    assert OutgoingMail.objects.count() == 2


def test_released_its_time_is_free_and_the_firm_forgotten(client, request_):
    page = post(client, "release", request_)
    assert "Die Zeit ist wieder frei, die Angaben des Betriebs sind gelöscht." in page
    assert "Anfrage zurückgezogen (beratung)" in page
    request_.refresh_from_db()
    assert (request_.status, request_.organization, request_.email) == (Status.EXPIRED, "", "")
    assert WAITING not in page_of(client, "index")
    assert "Hier gibt es nichts freizugeben" in post(client, "release", request_)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hold_expires_at": NOW}, "Die Frist zum Bestätigen ist um, die Zeit ist wieder frei."),
        ({"verification_sent_at": None}, "Die Frist zum Bestätigen ist um, die Zeit ist wieder frei."),
        ({"status": Status.CANCELLED, "hold_expires_at": None}, "Dieser Termin war schon abgesagt."),
    ],
)
def test_what_cannot_be_confirmed_is_explained(client, mine, values, sentence):
    request = waiting(mine, **values)
    assert "Auf Zuruf bestätigen" not in page_of(client, "inspect", request.pk)
    assert sentence in post(client, "confirm", request)
    assert not OutgoingMail.objects.exists()


def test_what_is_booked_is_not_released(client, mine):
    booked = AppointmentFactory(advisor=mine, starts_at=NINE)
    assert "Hier gibt es nichts freizugeben" in post(client, "release", booked)
    booked.refresh_from_db()
    assert (booked.status, booked.email) == (Status.BOOKED, "kim.muster@firma.example")


@pytest.mark.parametrize("action", ["confirm", "release"])
def test_s1_nobody_else_acts_on_it(request_, office, action):
    strangers = [
        advisor_with_account("kollege", office=office).user,
        advisor_with_account("fremd", office=OfficeFactory()).user,
        office_lead("fremdeleitung", office=OfficeFactory()).user,
        editor(),
    ]
    address = reverse(f"termine:{action}", args=[request_.pk])
    for user in strangers:
        assert client_of(user).post(address).status_code in {302, 404}
    assert client_of(office_lead(office=office).user).get(address).status_code == 405
    assert Appointment.objects.get().awaits_verification


@pytest.mark.parametrize("items", [1, 3])
def test_queries(client, mine, items, django_assert_num_queries):
    requests = [waiting(mine, number) for number in range(items)]
    BrandSettings.load()
    client.get(reverse("termine:index"))
    with django_assert_num_queries(12):
        client.get(reverse("termine:index"))
    with django_assert_num_queries(11):
        client.get(reverse("termine:inspect", args=[requests[0].pk]))
    with django_assert_num_queries(19):
        client.post(reverse("termine:confirm", args=[requests[0].pk]))


def test_the_rule_is_explained_where_it_is_set(admin_client, service):
    page = admin_client.get(reverse("anliegen:edit", args=[service.pk])).content.decode()
    assert "E-Mail-Adresse zuerst bestätigen lassen" in page
    assert "Gebucht ist erst, wenn er ihn bestätigt" in page
    assert not Service.objects.get().confirm_email_first
