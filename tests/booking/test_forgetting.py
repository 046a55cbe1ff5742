"""P2: a firm that went every way through the site is forgotten; every table, file and log line is searched for it."""

from __future__ import annotations

import email
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from wagtail.models import ModelLogEntry, ReferenceIndex

from booking.enums import Kind
from booking.links import Purpose, path_to
from booking.models import Appointment
from booking.services.remind import send_reminders
from booking.services.retention import apply_retention
from foundation.logs import MaskSecrets
from foundation.outbox.delivery import deliver_due
from foundation.outbox.retention import forget_delivered
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, client_of
from tests.factories.booking import ServiceQuestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

MARKER = "Merkmal"
ADDRESS = f"{MARKER.lower()}@firma.example"
WISH = {"anliegen": "erstberatung", "art": "phone", "zeit": "2026-11-24T09:00+01:00", "besuch": "one"}
ANSWERS = {
    "organization": f"{MARKER} GmbH",
    "name": f"{MARKER} Person",
    "email": ADDRESS,
    "phone": "05151 7654321",
    "postcode": "31785",
    "size_class": "10-49",
    "topic": f"{MARKER}thema",
    "message": f"{MARKER}nachricht",
}
STATISTICS = {
    *("id", "uid", "reference", "link_nonce", "verification_nonce", "status", "sequence", "zone"),
    *("advisor", "office", "service", "kind", "starts_at", "ends_at", "block_start", "block_end"),
    *("travel_before", "travel_after", "sequence_ahead", "organizer"),
    *("postcode", "size_class", "outcome"),
    *("created_at", "changed_at", "booked_at", "reminded_for", "confirmed_at", "cancelled_at", "anonymised_at"),
}
"""Columns of an appointment that may hold a value when the firm is forgotten; docs/datenschutz.md says so."""


@pytest.fixture
def media(settings, tmp_path) -> Path:
    """Mails stay in the house, with their calendar files in the media folder: the most that is ever kept."""
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    settings.OUTBOX_TRANSPORT = "django_mail_viewer.backends.database.backend.EmailBackend"
    return tmp_path


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the site's own handler writes, from the lowest level on."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(MaskSecrets())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def tables_that_tell() -> set[str]:
    """Names of tables, Django's or not, in which any column of any row has the marker in some readable form."""
    found = set()
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
        if any(tells(_readable(value)) for row in rows for value in row):
            found.add(table)
    # What these hold is packed and signed.
    if any(tells(str(task.task)) for task in OrmQ.objects.all()):
        found.add("django_q_ormq")
    if any(tells(str(session.get_decoded())) for session in Session.objects.all()):
        found.add("django_session")
    return found


def tells(text: str) -> bool:
    return MARKER.lower() in text.lower() or "7654321" in text


def _readable(value: object) -> str:
    """Mails with their parts decoded, whatever they are encoded in."""
    if not isinstance(value, bytes | memoryview):
        return str(value)
    raw = bytes(value)
    parts = email.message_from_bytes(raw, policy=SMTP).walk()
    decoded = [part.get_payload(decode=True) or b"" for part in parts]
    return b"\n".join([raw, *decoded]).decode(errors="replace")


def files_that_tell(folder: Path) -> set[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.name for file in files if tells(file.name) or tells(file.read_bytes().decode(errors="replace"))}


def go_every_way(visitor: Client, desk: Client, service) -> Appointment:
    """Booked, moved, reminded, agreed to, moved by the office, noted, looked for, handed out, listed, mailed."""
    question = ServiceQuestionFactory(service=service, label="Was noch?")
    held = visitor.post("/termin/hameln/reservieren/", WISH).url
    visitor.post(held, ANSWERS | {"email": "kein Zeichen"})
    visitor.post(held, ANSWERS | {f"frage_{question.pk}": f"{MARKER}antwort"})
    appointment = Appointment.objects.booked().get()
    visitor.post(path_to(appointment, Purpose.MOVE), {"zeit": "2026-11-26T09:00+01:00", "stand": "0"})
    appointment.refresh_from_db()
    send_reminders(now=appointment.starts_at - timedelta(hours=23))
    visitor.post(path_to(appointment, Purpose.CONFIRM), {"stand": str(appointment.sequence)})
    desk.post(reverse("termine:note", args=[appointment.pk]), {"note": f"{MARKER}notiz"})
    for address in ("?q=" + MARKER, "?export=csv"):
        answer = desk.get(reverse("termine:index") + address)
        assert tells(b"".join(answer).decode())
    desk.get(reverse("termine:inspect", args=[appointment.pk]))
    desk.get(reverse("wagtailadmin_home"))
    desk.post(reverse("termine:disclosure"), {"adresse": ADDRESS, "schritt": "datei"})
    visitor.get(f"/termin/absagen/{ADDRESS}/")
    visitor.get(f"/termin/?plz={MARKER}")
    deliver_due(now=NOW)
    appointment.refresh_from_db()
    return appointment


def by_the_clock(appointment: Appointment, visitor: Client, desk: Client) -> datetime:
    then = appointment.ends_at + timedelta(days=366)
    apply_retention(now=then)
    return then


def by_the_firm(appointment: Appointment, visitor: Client, desk: Client) -> datetime:
    visitor.post(f"{path_to(appointment, Purpose.DATA)}loeschen/")
    return NOW


def by_the_office(appointment: Appointment, visitor: Client, desk: Client) -> datetime:
    values = {"adresse": ADDRESS, "schritt": "loeschen", "sicher": "on"}
    assert desk.post(reverse("termine:disclosure"), values).status_code == 302
    return NOW


@pytest.mark.parametrize("forget", [by_the_clock, by_the_firm, by_the_office])
def test_p2_nothing_of_a_forgotten_firm_is_left_anywhere(client, media, log, service, forget: Callable):
    desk = client_of(administrator())
    appointment = go_every_way(client, desk, service)
    assert appointment.kind == Kind.PHONE
    assert tells(appointment.note)
    assert tells(str(appointment.answers))
    # The search finds what is there: rows, sent mails and the files of the letterbox.
    assert {"booking_appointment", "foundation_outgoingmail", "mail_viewer_emailmessage"} <= tables_that_tell()
    assert files_that_tell(media) != set()

    then = forget(appointment, client, desk)
    deliver_due(now=then)
    forget_delivered(now=then + timedelta(days=31))

    assert tables_that_tell() == set()
    assert files_that_tell(media) == set()
    assert not tells(log.getvalue())
    row = Appointment.objects.get()
    assert {field.name for field in row._meta.fields if getattr(row, field.name) not in (None, "", [])} <= STATISTICS
    assert (row.postcode, row.size_class, row.service, row.starts_at) == (
        "31785",
        "10-49",
        service,
        datetime(2026, 11, 26, 8, tzinfo=UTC),
    )


def test_p2_nothing_of_an_appointment_gets_into_history_and_reference_tables(client, media, service):
    go_every_way(client, client_of(administrator()), service)
    kept = {"booking_appointment", "foundation_outgoingmail", "mail_viewer_emailmessage"}
    assert tables_that_tell() == kept
    assert not ModelLogEntry.objects.filter(content_type__model="appointment").exists()
    assert not ReferenceIndex.objects.filter(base_content_type__model="appointment").exists()
