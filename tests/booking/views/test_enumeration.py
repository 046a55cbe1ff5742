"""S13: neither the booking nor the sign-in tells by word, status or work whose address or name is known."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.models import Appointment, Service
from tests.booking.conftest import NOW
from tests.factories.accounts import account
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

FIRM, STAFF, UNKNOWN = "kim.muster@firma.example", "beratung@mehrwert.example", "niemand@firma.example"
ANSWERS = {"organization": "Beispiel GmbH", "name": "Kim Muster", "postcode": "31785"}
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00"}


def seen(client: Client, method: str, url: str, values: dict[str, str] | None = None) -> tuple[object, ...]:
    """Everything that an answer shows, without what is new in each (keys, numbers), and the statements behind it."""
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(url, values or {})
    statements = [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\d+", "…", query["sql"]) for query in queries]
    return (
        response.status_code,
        _neutral(response.headers.get("Location", "")),
        _neutral(response.content.decode()),
        statements,
    )


def _neutral(text: str) -> str:
    text = re.sub(r'"CSRF_TOKEN": "\w+"', "…", text)
    text = re.sub(r"/termin/(\w+)/[^/\"]+", r"/termin/\1/…", text)
    text = re.sub(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b|\b[\w.]+@[\w.]+|value=\"[^\"]{20,}\"", "…", text)
    return re.sub(r"csrf\S*", "", text)


@pytest.fixture
def known(advisor) -> None:
    """One address has an appointment, one belongs to a colleague of the house."""
    AppointmentFactory(advisor=advisor, starts_at=NOW + timedelta(days=3), email=FIRM)
    account("beratung")


@pytest.mark.parametrize("must_confirm", [False, True], ids=["booked at once", "address to be confirmed"])
def test_s13_booking_answers_known_and_unknown_addresses_alike(known, service, must_confirm):
    Service.objects.update(confirm_email_first=must_confirm)
    found = []
    # The first of all makes what is made once: rows of settings, caches.
    for number, address in enumerate(("erste@firma.example", FIRM, STAFF, UNKNOWN)):
        client = Client()
        held = client.post("/termin/hameln/reservieren/", WISH | {"besuch": f"visit{number}"}).url
        sent = seen(client, "post", held, ANSWERS | {"email": address})
        found.append(sent)
        # The same time for everybody: it is free again before the next one asks.
        Appointment.objects.exclude(email=FIRM, starts_at=NOW + timedelta(days=3)).delete()
    assert found[1] == found[2] == found[3]


def test_s13_signing_in_says_the_same_to_known_and_unknown_names_after_the_same_work(known):
    found, hashed = [], []
    for name in ("erste", "beratung", "niemand"):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
            answer = seen(Client(), "post", reverse("wagtailadmin_login"), {"username": name, "password": "falsch"})
        status, location, page, statements = answer
        found.append((status, location, page.replace(name, "…"), statements))
        hashed.append(encode.call_count)
    assert found[1] == found[2]
    assert hashed[1:] == [1, 1]
