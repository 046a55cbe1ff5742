"""What can be done with an appointment at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.urls import reverse

from booking.enums import Kind, Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.factories.accounts import advisor_with_account, client_of, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
ELEVEN = NINE + timedelta(hours=2)


@pytest.fixture
def mine(now, office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def colleague(mine, office):
    person = advisor_with_account("kollege", name="Karl Kollege", office=office)
    AvailabilityRuleFactory(advisor=person)
    return person


@pytest.fixture
def booked(mine):
    return AppointmentFactory(advisor=mine, starts_at=NINE)


@pytest.fixture
def client(mine):
    return client_of(mine.user)


def address(action, appointment):
    return reverse(f"termine:{action}", args=[appointment.pk])


def values(starts_at, advisor, **changes):
    return {"zeit": f"{starts_at.isoformat()}|{advisor.pk}", "sequence": 0, "tag": "2026-12-01", **changes}


def text_of(message):
    """All that a mail says, whatever its encoding."""
    parts = message_from_bytes(bytes(message), policy=policy.default).walk()
    return "".join(str(part.get_content()) for part in parts if part.get_content_maintype() == "text")


def state():
    return list(Appointment.objects.order_by("pk").values_list("status", "starts_at", "advisor__name", "sequence"))


def test_move_offers_the_own_free_times_of_a_day(client, booked, colleague):
    page = client.get(address("move", booked) + "?tag=2026-12-01").content.decode()
    assert "Freie Zeiten am Dienstag, 1. Dezember" in page
    assert f'value="2026-12-01T10:00+01:00|{booked.advisor_id}"' in page
    assert "10:00 Uhr, Nora Nord" in page
    assert "Karl Kollege" not in page
    assert "Mittwoch, 25. November (5 freie Zeiten)" in page


def test_move_takes_the_time_and_says_who_did_it(client, booked):
    response = client.post(address("move", booked), values(ELEVEN, booked.advisor), follow=True)
    page = response.content.decode()
    assert "Der Termin ist verschoben. Der Betrieb bekommt eine E-Mail." in page
    assert "verschoben: 01.12.2026, 9:00 Uhr → 01.12.2026, 11:00 Uhr (beratung)" in page
    assert state() == [("booked", ELEVEN, "Nora Nord", 1)]
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_moved", "firm_moved"]


def test_head_of_the_office_gives_the_appointment_to_a_colleague(booked, colleague, office):
    client = client_of(office_lead(office=office).user)
    assert "9:00 Uhr, Karl Kollege" in client.get(address("move", booked) + "?tag=2026-12-01").content.decode()
    client.post(address("move", booked), values(NINE, colleague))
    assert state() == [("booked", NINE, "Karl Kollege", 1)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"zeit": "2026-12-01T10:00+01:00"}, "Diese Zeit steht nicht zur Wahl."),
        ({"zeit": "gestern|1"}, "Diese Zeit steht nicht zur Wahl."),
        ({"zeit": ""}, "Diese Zeit steht nicht zur Wahl."),
        ({"sequence": "x"}, "Diese Zeit steht nicht zur Wahl."),
        ({"sequence": "7"}, "Der Termin ist inzwischen geändert worden."),
        ({"zeit": "2026-12-01T10:10+01:00|{advisor}"}, "Diese Zeit steht nicht zur Wahl."),
        ({"zeit": "2026-12-06T10:00+01:00|{advisor}"}, "Diese Zeit steht nicht zur Wahl."),
    ],
)
def test_bad_move_changes_nothing(client, booked, changes, sentence):
    changes = {name: text.format(advisor=booked.advisor_id) for name, text in changes.items()}
    before = state()
    response = client.post(address("move", booked), values(ELEVEN, booked.advisor, **changes))
    assert response.status_code == 409
    assert sentence in response.content.decode()
    assert state() == before


def test_move_onto_another_appointment_is_refused_by_the_guard(client, booked, mine):
    AppointmentFactory(advisor=mine, starts_at=ELEVEN)
    before = state()
    response = client.post(address("move", booked), values(ELEVEN, mine))
    assert response.status_code == 409
    assert "Diese Zeit ist gerade vergeben worden." in response.content.decode()
    assert state() == before


def test_advisor_moves_to_nobody_else(client, booked, colleague):
    assert client.post(address("move", booked), values(ELEVEN, colleague)).status_code == 409
    assert state() == [("booked", NINE, "Nora Nord", 0)]


def test_outcome_is_offered_from_the_beginning_on(client, booked, mine, now):
    assert "nicht erschienen" not in client.get(address("inspect", booked)).content.decode()
    refused = client.post(address("outcome", booked), {"outcome": "missed"}, follow=True)
    assert "erst festhalten, wenn der Termin begonnen hat" in refused.content.decode()
    now.move_to(NINE)
    client = client_of(mine.user)  # the session of a week before is over
    page = client.get(address("inspect", booked)).content.decode()
    assert "Nicht erschienen" in page
    assert "/absagen/" not in page
    page = client.post(address("outcome", booked), {"outcome": "missed"}, follow=True).content.decode()
    assert "Festgehalten: nicht erschienen." in page
    assert "Ergebnis festgehalten: nicht erschienen (beratung)" in page
    page = client.post(address("outcome", booked), {"outcome": ""}, follow=True).content.decode()
    assert "Ergebnis zurückgenommen (beratung)" in page
    assert client.post(address("outcome", booked), {"outcome": "kaputt"}).status_code == 404
    assert Appointment.objects.get().outcome == ""


def test_note_is_for_the_office_alone(client, booked, now):
    page = client.post(address("note", booked), {"note": "Vorsicht\r\n<Merkmal>"}, follow=True).content.decode()
    assert "Die Notiz ist gespeichert." in page
    assert "Vorsicht\n&lt;Merkmal&gt;</textarea>" in page
    client.post(address("move", booked), values(ELEVEN, booked.advisor))
    booked.refresh_from_db()
    public = Client().get(path_to(booked, Purpose.VIEW)).content.decode()
    public += Client().get(path_to(booked, Purpose.CALENDAR)).content.decode()
    mails = "".join(map(text_of, OutgoingMail.objects.values_list("message", flat=True)))
    assert "Vorgangsnummer" in mails
    assert "Merkmal" not in public + mails
    refused = client.post(address("note", booked), {"note": "a\x07b"}, follow=True).content.decode()
    assert "unsichtbare Steuerzeichen" in refused
    booked.refresh_from_db()
    assert booked.note == "Vorsicht\n<Merkmal>"


def test_firm_without_an_address_is_to_be_called(client, booked):
    Appointment.objects.update(email="", kind=Kind.PHONE)
    page = client.post(address("cancel", booked), follow=True).content.decode()
    assert "Bitte rufen Sie ihn an." in page
    assert list(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_cancelled"]


@pytest.mark.parametrize("action", ["cancel", "move", "outcome", "note"])
def test_s2_actions_need_the_proof_of_origin_and_a_post(mine, booked, action):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mine.user)
    before = state()
    assert strict.post(address(action, booked), values(ELEVEN, mine)).status_code == 403
    assert strict.get(address(action, booked)).status_code == (200 if action == "move" else 405)
    assert state() == before


def test_cancelled_appointment_is_not_moved(client, booked):
    Appointment.objects.update(status=Status.CANCELLED)
    response = client.post(address("move", booked), values(ELEVEN, booked.advisor))
    assert "Dieser Termin war schon abgesagt." in response.content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_move_takes_as_many_queries_for_three_advisors_as_for_one(office, booked, django_assert_num_queries, people):
    client = client_of(office_lead(office=office).user)
    for number in range(people):
        AvailabilityRuleFactory(advisor=advisor_with_account(f"person{number}", office=office))
    client.get(address("move", booked))
    with django_assert_num_queries(17):
        client.get(address("move", booked))
