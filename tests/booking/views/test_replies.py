"""The address at which a mail server hands in answers to invitations."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import Client

from booking.calendars import uid_of
from booking.ical.reply import LONGEST
from booking.models import Appointment, InvitationReply
from booking.views.replies import REQUESTS
from tests.booking.conftest import NOW
from tests.booking.ical.replies import mail_with, reply_text
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db

TOKEN = "t" * 43
ADDRESS = "/kalender/antworten/"


@pytest.fixture
def appointment(now):
    return AppointmentFactory(starts_at=NOW + timedelta(days=3))


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.REPLY_WEBHOOK_TOKEN = TOKEN


def hand_in(body: str, *, token=f"Bearer {TOKEN}", content_type="message/rfc822", **headers):
    client = Client(enforce_csrf_checks=True)
    return client.post(ADDRESS, body, content_type=content_type, headers={"Authorization": token} | headers)


def said(response):
    return response.status_code, response.content.decode().strip()


def declined(appointment, **mail):
    return mail_with(reply_text(uid=uid_of(appointment)), **mail)


def test_a_reply_is_taken_down_and_changes_no_appointment(appointment, django_assert_num_queries):
    before = Appointment.objects.values().get()
    with django_assert_num_queries(10):
        response = hand_in(declined(appointment))
    assert said(response) == (200, f"Termin {appointment.reference}: in Outlook abgelehnt.")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert Appointment.objects.values().get() == before
    assert InvitationReply.objects.get().sender == "own"


def test_the_same_mail_again_says_the_same_and_an_older_one_that_it_is_known(appointment):
    first = said(hand_in(declined(appointment)))
    assert said(hand_in(declined(appointment))) == first
    again = hand_in(declined(appointment, message_id="<2@firma.example>"))
    assert said(again) == (200, "Dieselbe oder eine neuere Antwort liegt schon vor.")
    assert InvitationReply.objects.count() == 1


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN} ", 200),
        ("Basic " + b64encode(f"mail:{TOKEN}".encode()).decode(), 200),
        ("", 401),
        ("Bearer", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (f"Token {TOKEN}", 401),
        ("Basic " + b64encode(TOKEN.encode()).decode(), 401),
        ("Basic #", 401),
        ("Bearer \udcff".encode("utf-8", "surrogateescape").decode("latin-1"), 401),
    ],
)
def test_only_the_token_opens_it(appointment, token, status):
    response = hand_in(declined(appointment), token=token)
    assert response.status_code == status
    assert InvitationReply.objects.exists() == (status == 200)
    assert response.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


def test_without_a_token_in_the_settings_there_is_no_such_address(appointment, settings):
    settings.REPLY_WEBHOOK_TOKEN = ""
    assert hand_in(declined(appointment), token="Bearer ").status_code == 404
    assert not InvitationReply.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_nothing_but_post(appointment, method):
    response = getattr(Client(), method)(ADDRESS, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "text"),
    [
        ("", "message/rfc822", 411, "Die Anfrage ist leer oder nennt ihre Länge nicht."),
        ("x" * (LONGEST + 1), "message/rfc822", 413, "Die E-Mail ist zu groß."),
        ("a=b", "application/x-www-form-urlencoded", 415, "Erwartet wird die ganze E-Mail (message/rfc822)."),
        ("{}", "application/json", 415, "Erwartet wird die ganze E-Mail (message/rfc822)."),
        (
            "Subject: Urlaub\r\n\r\nBin weg.",
            "message/rfc822",
            422,
            "Nicht übernommen: Die E-Mail enthält nicht genau einen Teil „text/calendar“.",
        ),
        (
            reply_text(uid="5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example"),
            "text/calendar",
            422,
            "Nicht übernommen: Zu dieser Kennung und diesem Absender gibt es keinen Termin.",
        ),
    ],
)
def test_bad_input_is_refused_in_one_clear_line(now, body, content_type, status, text):
    assert said(hand_in(body, content_type=content_type)) == (status, text)


def test_requests_of_one_network_are_counted_wrong_tokens_too(now):
    client = Client(REMOTE_ADDR="203.0.113.9")
    wrong = [client.post(ADDRESS, headers={"Authorization": "Bearer x"}).status_code for _ in range(REQUESTS.times)]
    assert set(wrong) == {401}
    response = client.post(ADDRESS, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert Client().post(ADDRESS, REMOTE_ADDR="198.51.100.7").status_code == 401
