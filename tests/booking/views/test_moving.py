"""Moving across kinds, advisors and offices by plain links; F8: of two moves from one page one wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html import unescape

import pytest

from booking.enums import Kind
from booking.links import Purpose, path_to
from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
TEN = "2026-11-24T10:00+01:00"


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE, topic="Staplerschein")


@pytest.fixture
def colleague(db):
    person = AdvisorFactory(
        name="Bea Beispiel", slug="bea", office=OfficeFactory(name="MehrWert-Büro Vechta", slug="vechta")
    )
    AvailabilityRuleFactory(advisor=person, kinds=[Kind.OFFICE, Kind.FIRM])
    return person


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def letter(kind) -> str:
    """The plain part of the only mail of that kind, its lines joined."""
    message = message_from_bytes(bytes(OutgoingMail.objects.get(kind=kind).message), policy=policy.default)
    return " ".join(message.get_body(("plain",)).get_content().split())


def move(client, booked, query="", **more):
    return client.post(path_to(booked, Purpose.MOVE) + query, {"zeit": TEN, "stand": "0"} | more)


def test_the_page_shows_the_old_place_and_links_to_the_others(client, booked, colleague):
    url = path_to(booked, Purpose.MOVE)
    html = text(client.get(url))
    assert (
        "Bisher: Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr, MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln"
        in html
    )
    for part in (f'href="{url}?art=phone" rel="nofollow"', f'href="{url}?buero=vechta" rel="nofollow"'):
        assert part in html
    there = text(client.get(f"{url}?buero=vechta&art=firm"))
    assert f'href="{url}?art=firm" rel="nofollow"' in there
    assert "Straße und Hausnummer Ihres Betriebs" in there
    assert '<form class="flow" method="post" novalidate>' in there


def test_another_office_another_advisor(client, booked, colleague, advisor):
    assert move(client, booked, "?buero=vechta&person=bea").status_code == 302
    moved = Appointment.objects.get()
    assert (moved.office, moved.advisor, moved.kind, moved.sequence, moved.uid, moved.topic) == (
        colleague.office,
        colleague,
        Kind.OFFICE,
        1,
        booked.uid,
        "Staplerschein",
    )
    assert moved.events.get().detail == "2026-11-24T08:00Z → 2026-11-24T09:00Z, hameln → vechta"
    mails = {mail.kind: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"firm_moved", "advisor_given_away", "advisor_booked"}
    assert (mails["advisor_given_away"].recipient, mails["advisor_booked"].recipient) == (
        advisor.email,
        colleague.email,
    )


def test_who_has_lost_it_learns_who_has_it_and_gets_no_link(client, booked, colleague):
    """The link of her mail led to a page that was not found."""
    move(client, booked, "?buero=vechta&person=bea")
    told = letter("advisor_given_away")
    assert "liegt jetzt bei Bea Beispiel (MehrWert-Büro Vechta). Ihre Zeit ist wieder frei." in told
    assert "Wann: Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr" in told
    for absent in ("/termin/vorgang/", "10:00 bis 11:00", booked.organization, booked.name, booked.email):
        assert absent not in told
    assert Appointment.objects.get().events.get().former_advisor == booked.advisor


def test_the_mail_names_old_and_new_time_and_place(client, booked, colleague):
    move(client, booked, "?buero=vechta")
    sent = letter("firm_moved")
    assert "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr, MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln" in sent
    assert "Wann: Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in sent
    assert "Wo: MehrWert-Büro Vechta" in sent


def test_a_call_asks_for_the_number_and_keeps_it(client, booked, advisor):
    before = Appointment.objects.values().get()
    refused = move(client, booked, "?art=phone")
    assert refused.status_code == 422
    assert "Bitte geben Sie die Nummer ein, unter der wir Sie anrufen." in text(refused)
    assert Appointment.objects.values().get() == before
    assert move(client, booked, "?art=phone", phone="05151 12345").status_code == 302
    moved = Appointment.objects.get()
    assert (moved.kind, moved.phone, moved.advisor, moved.office_day) == (Kind.PHONE, "05151 12345", advisor, None)
    assert [mail.kind for mail in OutgoingMail.objects.order_by("kind")] == ["advisor_moved", "firm_moved"]
    told = letter("advisor_moved")
    assert "9:00 bis 10:00 Uhr, im Büro" in told
    assert "05151 12345" not in told + moved.events.get().detail


def test_a_known_number_is_not_asked_for_and_not_replaced(client, booked):
    Appointment.objects.update(phone="05151 1")
    assert 'name="phone"' not in text(client.get(path_to(booked, Purpose.MOVE) + "?art=phone"))
    assert move(client, booked, "?art=phone", phone="0000 00000").status_code == 302
    assert Appointment.objects.get().phone == "05151 1"


def test_to_an_office_day_and_back(client, booked, office, advisor):
    day = OfficeDayFactory(office=office, advisors=[advisor])
    assert move(client, booked, "?art=office_day").status_code == 302
    assert Appointment.objects.get().office_day == day
    assert move(client, booked, "?art=office", stand="1", zeit="2026-11-24T11:00+01:00").status_code == 302
    assert Appointment.objects.get().office_day is None


def test_two_moves_to_two_places_one_wins(client, booked, colleague):
    """F8"""
    assert move(client, booked, "?buero=vechta").status_code == 302
    second = move(client, booked, buero="hameln", art="office")
    assert second.status_code == 409
    assert "inzwischen schon verschoben" in text(second)
    assert Appointment.objects.get().office == colleague.office
    again = move(client, booked, "?buero=vechta")
    assert again.status_code == 302
    assert (Appointment.objects.get().sequence, OutgoingMail.objects.count()) == (1, 3)


@pytest.mark.parametrize("query", ["?buero=fehlt", "?buero=zu", "?art=fax", "?person=bea", "?buero=%00x", "?tag=x"])
def test_what_cannot_be_had_is_404(client, booked, colleague, query):
    OfficeFactory(slug="zu", is_active=False)
    assert client.get(path_to(booked, Purpose.MOVE) + query).status_code == 404


def test_a_taken_time_elsewhere_leaves_the_appointment(client, booked, colleague):
    AppointmentFactory(advisor=colleague, starts_at=NINE + timedelta(hours=1))
    before = Appointment.objects.values().get(pk=booked.pk)
    assert move(client, booked, "?buero=vechta").status_code == 409
    assert Appointment.objects.values().get(pk=booked.pk) == before
    assert not OutgoingMail.objects.exists()


def test_the_number_of_queries_stays(client, booked, office, django_assert_num_queries):
    client.get(path_to(booked, Purpose.MOVE))
    for more in (1, 3):
        for _ in range(more):
            AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
            AvailabilityRuleFactory()
        with django_assert_num_queries(8):
            client.get(path_to(booked, Purpose.MOVE))
