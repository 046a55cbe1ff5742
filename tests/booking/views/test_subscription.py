"""A firm's appointment as a calendar of one event, by the rules of feeds (FEED-1 to FEED-13) and of links (F10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import icalendar
import pytest
from django.test import Client

from booking.links import Purpose, link_to, path_to, token_for
from booking.models import Appointment
from booking.services.cancel import cancel_appointment
from booking.services.erase import erase_data
from booking.services.move import move_appointment
from booking.views import subscribed
from foundation.limits import Limit
from tests.booking.conftest import NOW
from tests.booking.ical.by_the_letter import assert_folded, content_lines, properties
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


def path_of(appointment: Appointment) -> str:
    return path_to(appointment, Purpose.SUBSCRIPTION)


def event_of(response) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(response.content).events
    return event


def said(response) -> tuple[object, ...]:
    event = event_of(response)
    return event["SEQUENCE"], event["DTSTART"].dt, event["STATUS"], event["TRANSP"], event["DTSTAMP"].dt


@pytest.mark.parametrize("method", ["get", "head"])
def test_it_answers_as_a_feed_does(client, booked, method):
    response = getattr(client, method)(path_of(booked))
    wanted = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="termin.ics"',
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Referrer-Policy": "no-referrer",
    }
    assert response.status_code == 200
    assert {name: response.headers[name] for name in wanted} == wanted
    assert (response.cookies, "Cookie" in response.headers.get("Vary", "")) == ({}, False)
    again = getattr(client, method)(path_of(booked), headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(path_of(booked)).status_code == 405


def test_it_says_what_the_firm_needs_and_nothing_that_manages_the_appointment(client, booked, office):
    """A calendar service that reads it must not get the right to cancel; nor who else reads along there."""
    office.phone = "05151 900"
    office.save()
    response = client.get(path_of(booked))
    text = response.content.decode()
    assert_folded(text)
    calendar = dict(properties(text))
    assert calendar["NAME"] == f"Beratungstermin {booked.reference}"
    assert calendar["REFRESH-INTERVAL;VALUE=DURATION"] == "PT1H"
    assert {"METHOD", "ATTENDEE", "ORGANIZER", "URL"}.isdisjoint(calendar)
    event = event_of(response)
    assert event["UID"] == f"{booked.uid}@mehrwert.example"
    assert event["SUMMARY"] == "Erstberatung – MehrWert-Büro Hameln"
    assert event["DESCRIPTION"].split("\n") == [
        "Beratung: Ada Beispiel",
        f"Vorgangsnummer: {booked.reference}",
        "Bitte mitbringen: Eine Liste Ihrer Fragen.",
        "Verschieben oder absagen: mit dem Link in Ihrer E-Mail, oder rufen Sie uns an: 05151 900",
    ]


@pytest.mark.parametrize("purpose", [Purpose.SUBSCRIPTION, Purpose.CALENDAR])
def test_no_file_of_the_appointment_holds_a_link_or_a_token(client, booked, purpose):
    """The file to be loaded once had the link to its page, which moves and cancels."""
    text = "".join(content_lines(client.get(path_to(booked, purpose)).content.decode()))
    assert "/termin/" not in text
    assert not [each for each in Purpose if token_for(booked, each) in text]
    assert not [value for value in (booked.link_nonce, booked.organization, booked.email) if value in text]


def test_its_token_opens_nothing_else(client, booked):
    token = token_for(booked, Purpose.SUBSCRIPTION)
    for way in ("ansehen", "verschieben", "absagen", "daten", "frueher", "zusagen"):
        assert client.get(f"/termin/{way}/{token}/").status_code == 404
    assert client.get(f"/termin/kalender/{token}.ics").status_code == 404


def test_moving_and_cancelling_are_seen_under_one_uid(client, booked, now):
    first = client.get(path_of(booked))
    # The appointment is older; what it names was made now, and stamps rise with that too.
    assert booked.changed_at < booked.service.updated_at == NOW
    assert said(first) == (0, NINE, "CONFIRMED", "OPAQUE", NOW)
    moved = move_appointment(booked, starts_at=NINE + HOUR, sequence=0, now=NOW)
    second = client.get(path_of(booked), headers={"If-None-Match": first.headers["ETag"]})
    assert said(second) == (1, NINE + HOUR, "CONFIRMED", "OPAQUE", NOW)
    cancel_appointment(moved, now=NOW)
    third = client.get(path_of(booked), headers={"If-None-Match": second.headers["ETag"]})
    assert said(third) == (2, NINE + HOUR, "CANCELLED", "TRANSPARENT", NOW)
    assert {event_of(each)["UID"] for each in (first, second, third)} == {f"{booked.uid}@mehrwert.example"}


def test_cancelled_it_says_so_for_fourteen_days(client, advisor, service, now):
    ahead = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(days=40))
    cancel_appointment(ahead, now=NOW)
    now.move_to(NOW + timedelta(days=14) - timedelta(seconds=1))
    assert event_of(client.get(path_of(ahead)))["STATUS"] == "CANCELLED"
    now.move_to(NOW + timedelta(days=14))
    assert client.get(path_of(ahead)).status_code == 410


def test_it_ends_a_day_after_the_appointment_and_with_the_firms_data(client, booked, now, advisor, service):
    other = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + 24 * HOUR)
    path = path_of(other)
    erase_data(other, now=NOW)
    assert client.get(path).status_code == 410
    now.move_to(booked.ends_at + timedelta(days=1) - timedelta(seconds=1))
    assert client.get(path_of(booked)).status_code == 200
    now.move_to(booked.ends_at + timedelta(days=1))
    answer = client.get(path_of(booked))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store, private")


@pytest.mark.parametrize(
    "damage",
    [lambda token: token[:-3], lambda token: ("A" if token[0] != "A" else "B") + token[1:], lambda token: "kurz"],
)
def test_a_wrong_address_is_not_found(client, booked, damage):
    assert client.get(f"/termin/abo/{damage(token_for(booked, Purpose.SUBSCRIPTION))}.ics").status_code == 404


def test_a_mere_reservation_has_none(client, advisor, service):
    held = AppointmentFactory(
        advisor=advisor, service=service, starts_at=NINE, status="held", hold_expires_at=NOW + HOUR
    )
    assert client.get(path_of(held)).status_code == 404


def test_the_page_offers_it_until_the_appointment_begins(client, booked, now):
    address = link_to(booked, Purpose.SUBSCRIPTION)
    webcal = "webcal://" + address.partition("://")[2]
    page = client.get(path_to(booked, Purpose.VIEW)).content.decode()
    assert f'href="{webcal}"' in page
    assert (
        f'href="https://calendar.google.com/calendar/r?cid={quote(webcal, safe="")}" rel="noreferrer noopener"' in page
    )
    assert f">{address}</code>" in page
    now.move_to(NINE)
    assert address not in client.get(path_to(booked, Purpose.VIEW)).content.decode()


def test_it_costs_one_query(client, booked, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = client.get(path_of(booked))
    with django_assert_num_queries(1):
        assert client.get(path_of(booked), headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_one_network_reads_it_whole_as_often_as_a_feed_and_no_more(booked, advisor, service, now, monkeypatch):
    assert (subscribed.WHOLE_READS.times, subscribed.WHOLE_READS.seconds) == (60, 600)
    monkeypatch.setattr(subscribed, "WHOLE_READS", Limit("feed", times=3, seconds=600))

    def ask(appointment=booked, address="203.0.113.40", **headers):
        return Client(REMOTE_ADDR=address).get(path_of(appointment), headers=headers)

    first = ask()
    assert [ask().status_code for _ in range(2)] == [200, 200]
    refused = ask()
    assert (refused.status_code, refused.content, refused.headers["Retry-After"]) == (429, b"", "600")
    assert (refused.headers["Cache-Control"], refused.headers["Referrer-Policy"]) == (
        "private, no-cache",
        "no-referrer",
    )
    assert ask(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert ask(address="203.0.113.41").content == first.content
    other = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + 2 * HOUR)
    assert ask(other).status_code == 200
    now.shift(timedelta(minutes=10))
    assert ask().status_code == 200
