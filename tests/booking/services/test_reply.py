"""Replies are taken down and shown; they change no appointment (IMIP-6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from booking.calendars import uid_of
from booking.models import Appointment, InvitationReply
from booking.services.cancel import cancel_appointment
from booking.services.retention import anonymise
from tests.booking.conftest import NOW
from tests.booking.ical.replies import mail_with, reply_text
from tests.factories.accounts import advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(now):
    return AppointmentFactory(advisor=advisor_with_account(), starts_at=NOW + timedelta(days=3), sequence=2)


def give(tmp_path, appointment: Appointment, **changes: str) -> str:
    """What the command says to a reply of the firm."""
    file = tmp_path / "reply.eml"
    file.write_text(mail_with(reply_text(**{"uid": uid_of(appointment), "sequence": "2"} | changes)), newline="")
    said = StringIO()
    call_command("read_reply", str(file), stdout=said)
    return said.getvalue().strip()


def test_reply_is_kept_and_changes_nothing_else(tmp_path, appointment):
    before = Appointment.objects.filter(pk=appointment.pk).values().get()
    said = give(tmp_path, appointment, address="Kim.Muster@FIRMA.example")
    assert said == f"Termin {appointment.reference}: in Outlook abgelehnt."
    kept = InvitationReply.objects.values().get()
    del kept["id"]
    assert kept == {
        "appointment_id": appointment.pk,
        "answer": "DECLINED",
        "program": "Outlook",
        "sequence": 2,
        "stamped_at": datetime(2026, 11, 23, 6, tzinfo=UTC),
        "received_at": NOW,
    }
    assert Appointment.objects.filter(pk=appointment.pk).values().get() == before
    assert not appointment.events.exists()


def test_newest_stamp_wins_whatever_comes_last(tmp_path, appointment):
    give(tmp_path, appointment, stamp="20261123T060000Z")
    for stamp in ("20261123T060000Z", "20261123T055959Z"):
        with pytest.raises(CommandError, match="Dieselbe oder eine neuere Antwort"):
            give(tmp_path, appointment, stamp=stamp, answer="ACCEPTED")
    assert give(tmp_path, appointment, stamp="20261123T060001Z", answer="TENTATIVE", program="x").endswith(
        ": in einem Kalender mit Vorbehalt angenommen."
    )
    assert InvitationReply.objects.get().answer == "TENTATIVE"


REFUSED = {
    "stranger": ({"address": "eve@evil.example"}, "gibt es keinen Termin"),
    "no address": ({"address": "kim muster"}, "gibt es keinen Termin"),
    "unknown": ({"uid": "5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example"}, "gibt es keinen Termin"),
    "no number of ours": ({"uid": "1@mehrwert.example"}, "zu keinem Termin dieser Website"),
    "other site": ({"uid": "5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@other.example"}, "zu keinem Termin dieser Website"),
    "former version": ({"sequence": "1"}, "früheren Fassung"),
    "far future": ({"stamp": "99991231T000000Z"}, "in der Zukunft"),
    "request": ({"method": "REQUEST"}, "METHOD:REPLY fehlt"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusals_are_one_clear_line_and_write_nothing(tmp_path, appointment, what):
    changes, said = REFUSED[what]
    with pytest.raises(CommandError, match=said) as refused:
        give(tmp_path, appointment, **changes)
    assert "\n" not in str(refused.value)
    assert "evil" not in str(refused.value)
    assert not InvitationReply.objects.exists()


@pytest.mark.parametrize("end", ["cancelled", "forgotten"])
def test_appointment_that_is_no_more_takes_no_reply(tmp_path, appointment, end):
    if end == "cancelled":
        cancel_appointment(appointment, now=NOW)
    else:
        anonymise(Appointment.objects.all(), now=NOW)
    with pytest.raises(CommandError, match="Nicht übernommen"):
        give(tmp_path, appointment, sequence="9")


def test_file_that_is_missing_is_said(tmp_path):
    with pytest.raises(CommandError, match="Nicht übernommen"):
        call_command("read_reply", str(tmp_path / "none"))


def test_desk_shows_the_answer_and_that_it_does_nothing(tmp_path, appointment):
    give(tmp_path, appointment)
    client = client_of(appointment.advisor.user)
    address = f"/admin/termine/inspect/{appointment.pk}/"
    page = client.get(address).content.decode()
    assert "23.11.2026, 07:00 Uhr <strong>in Outlook abgelehnt</strong>." in page
    assert "Er bleibt gebucht" in page
    Appointment.objects.update(sequence=3)
    assert (
        "<strong>in Outlook abgelehnt</strong>, bevor der Termin geändert wurde."
        in client.get(address).content.decode()
    )
    give(tmp_path, appointment, answer="ACCEPTED", stamp="20261123T063000Z", sequence="3")
    page = client.get(address).content.decode()
    assert "<strong>in Outlook angenommen</strong>." in page
    assert "Er bleibt gebucht" not in page
