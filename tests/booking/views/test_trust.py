"""S2, F6, F15, F30, P4 over all pages of the firm: foreign forms, no cookies, a jumping clock, nothing left behind."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.apps import apps
from django.test import Client

from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from foundation.models import OutgoingMail
from foundation.outbox.delivery import deliver_due
from foundation.outbox.retention import forget_delivered
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00", "besuch": "one"}
MARKER = "Merkmal"
ANSWERS = {
    "organization": f"{MARKER} GmbH",
    "name": f"{MARKER} Person",
    "email": f"{MARKER.lower()}@firma.example",
    "postcode": "31785",
    "topic": f"{MARKER}thema",
    "message": f"{MARKER}nachricht",
}


def rows():
    return list(Appointment.objects.order_by("pk").values()), OutgoingMail.objects.count()


def tables_with(word: str) -> list[str]:
    """Tables with a row that has the word in any column, in text or bytes."""
    return [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values()
        if any(word.lower() in _readable(value).lower() for value in row.values())
    ]


def _readable(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
    ids=["foreign", "alike", "cross-site", "same-site"],
)
def test_s2_no_form_of_the_firms_pages_is_taken_from_elsewhere(client, advisor, service, headers):
    booked = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)
    hold = path_to(AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(hours=2),
        status=Status.HELD, hold_expires_at=NOW + timedelta(minutes=5)), Purpose.HOLD)  # fmt: skip
    before = rows()
    for address, values in (
        ("/termin/hameln/reservieren/", WISH),
        (hold, ANSWERS),
        (f"{hold}verlaengern/", {}),
        (f"{hold}freigeben/", {}),
        (path_to(booked, Purpose.MOVE), {"zeit": "2026-11-24T10:00+01:00", "stand": "0"}),
        (path_to(booked, Purpose.CANCEL), {}),
        (path_to(booked, Purpose.CONFIRM), {"stand": "0"}),
        (f"{path_to(booked, Purpose.DATA)}loeschen/", {}),
    ):
        assert client.post(address, values, headers=headers).status_code == 403, address
    assert rows() == before


def test_f6_the_whole_booking_needs_no_cookie():
    """No cookie can be lost between form and post: each step is sent by a browser that keeps none."""
    held = Client(enforce_csrf_checks=True).post("/termin/hameln/reservieren/", WISH)
    wrong = Client(enforce_csrf_checks=True).post(held.url, ANSWERS | {"email": "x"})
    assert (wrong.status_code, f'value="{MARKER} GmbH"' in wrong.content.decode()) == (422, True)
    done = Client(enforce_csrf_checks=True).post(held.url, ANSWERS)
    assert done.status_code == 302
    assert not held.cookies | wrong.cookies | done.cookies
    assert Appointment.objects.get().status == Status.BOOKED


def test_f15_a_booking_never_speaks_to_the_mail_server(client, settings):
    """Whatever is wrong with it: the mails are rows, written with the booking, and nothing has tried to send them."""
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    settings.OUTBOX_TRANSPORT = "no.such.Transport"
    with patch.object(socket.socket, "connect", autospec=True) as connected:
        response = client.post(client.post("/termin/hameln/reservieren/", WISH).url, ANSWERS)
    # The database may be a server; a mail server would be reached by host and port.
    assert [call.args[1] for call in connected.call_args_list if isinstance(call.args[1], tuple)] == []
    assert (response.status_code, Appointment.objects.get().status) == (302, Status.BOOKED)
    assert set(OutgoingMail.objects.values_list("kind", "state", "attempts")) == {
        ("firm_booked", "waiting", 0),
        ("advisor_booked", "waiting", 0),
    }


@pytest.mark.parametrize("jump", [timedelta(minutes=-5), timedelta(minutes=-9, days=-1)], ids=["5 min", "a day"])
def test_f30_hold_and_links_survive_a_clock_that_jumps_back(client, now, jump):
    url = client.post("/termin/hameln/reservieren/", WISH).url
    now.move_to(NOW + jump)
    assert client.get(url).status_code == 200
    client.post(url, ANSWERS)
    booked = Appointment.objects.get()
    assert booked.status == Status.BOOKED
    assert client.get(path_to(booked, Purpose.VIEW)).status_code == 200
    now.move_to(NOW)
    assert client.get(path_to(booked, Purpose.VIEW)).status_code == 200


def test_f30_a_clock_a_day_ahead_ends_the_hold_and_gives_the_time_back_when_it_is_right_again(client, now):
    url = client.post("/termin/hameln/reservieren/", WISH).url
    now.move_to(NOW + timedelta(days=1))
    assert client.post(url, ANSWERS).status_code == 409
    now.move_to(NOW)
    assert client.post(url, ANSWERS).status_code == 302
    assert Appointment.objects.get().status == Status.BOOKED


def test_p4_handed_out_and_erased_by_the_firm_nothing_stays_in_any_table(client, settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    client.post(client.post("/termin/hameln/reservieren/", WISH).url, ANSWERS)
    data = path_to(Appointment.objects.get(), Purpose.DATA)
    deliver_due(now=NOW)
    handed_out = client.get(f"{data}datei/").json()
    assert {value for value in ANSWERS.values() if value not in str(handed_out)} == set()
    assert set(tables_with(MARKER)) == {"booking.Appointment", "foundation.OutgoingMail"}
    client.post(f"{data}loeschen/")
    deliver_due(now=NOW)
    assert tables_with(f"{MARKER}thema") == []
    assert set(tables_with(MARKER)) <= {"foundation.OutgoingMail"}  # the cancellation alone, for a month
    forget_delivered(now=NOW + timedelta(days=31))
    assert tables_with(MARKER) == []
