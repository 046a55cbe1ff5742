"""Replies are taken down and shown; they change no appointment (IMIP-6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from booking.calendars import uid_of
from booking.models import AdvisorReply, Appointment, CalendarChannel, InvitationReply
from booking.services.cancel import cancel_appointment
from booking.services.choose_channel import choose_channel
from booking.services.retention import anonymise
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.booking.ical.replies import mail_with, reply_text
from tests.factories.accounts import administrator, advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(now):
    return AppointmentFactory(advisor=advisor_with_account(), starts_at=NOW + timedelta(days=3), sequence=2)


def give(tmp_path, appointment: Appointment, **changes: str) -> str:
    """What the command says to a reply of the firm; without `message_id` each is a mail of its own."""
    file = tmp_path / "reply.eml"
    mail = {"message_id": f"<{uuid4()}@firma.example>"}
    mail |= {name: changes.pop(name) for name in ("sender", "message_id") if name in changes}
    text = mail_with(reply_text(**{"uid": uid_of(appointment), "sequence": "2"} | changes), **mail)
    file.write_text(text, newline="")
    said = StringIO()
    call_command("read_reply", str(file), stdout=said)
    return said.getvalue().strip()


def test_reply_is_kept_and_changes_nothing_else(tmp_path, appointment):
    before = Appointment.objects.filter(pk=appointment.pk).values().get()
    said = give(tmp_path, appointment, address="Kim.Muster@FIRMA.example", message_id="<1@firma.example>")
    assert said == f"Termin {appointment.reference}: in Outlook abgelehnt."
    kept = InvitationReply.objects.values().get()
    del kept["id"]
    assert len(kept["message"]) == 64
    assert "firma" not in kept.pop("message")
    assert kept == {
        "appointment_id": appointment.pk,
        "answer": "DECLINED",
        "program": "Outlook",
        "sender": "own",
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


def test_an_advisor_who_gets_no_invitations_is_told_so(tmp_path, appointment):
    """It was said that there was no such appointment."""
    with pytest.raises(CommandError, match="Hier hat die Beratungsperson geantwortet"):
        give(tmp_path, appointment, address=appointment.advisor.email.upper())
    assert not InvitationReply.objects.exists()
    assert not AdvisorReply.objects.exists()


@pytest.fixture
def invited(appointment):
    """Its advisor gets invitations, whose SEQUENCE is ahead of the appointment's by two."""
    advisor = appointment.advisor
    way = CalendarChannel.Way.INVITATION
    CalendarChannel.objects.create(advisor=advisor, way=way, sequence_base=2, address=advisor.email)
    return advisor


def answer(tmp_path, appointment, advisor, **changes):
    """What the command says to a reply of the advisor."""
    reply = {"address": advisor.email, "sender": advisor.email, "sequence": "4"}
    return give(tmp_path, appointment, **reply | changes)


def test_an_advisors_own_answer_is_kept_beside_the_firms_and_changes_nothing(tmp_path, appointment, invited):
    """It was refused with a sentence."""
    before = Appointment.objects.filter(pk=appointment.pk).values().get()
    give(tmp_path, appointment, answer="ACCEPTED")
    said = answer(tmp_path, appointment, invited, address=invited.email.upper(), message_id="<1@mehrwert.example>")
    assert said == f"Termin {appointment.reference}: in Outlook abgelehnt."
    kept = AdvisorReply.objects.values().get()
    del kept["id"]
    assert len(kept.pop("message")) == 64
    assert kept == {
        "appointment_id": appointment.pk,
        "advisor_id": invited.pk,
        "answer": "DECLINED",
        "program": "Outlook",
        "sender": "own",
        "sequence": 4,
        "stamped_at": datetime(2026, 11, 23, 6, tzinfo=UTC),
        "received_at": NOW,
    }
    assert InvitationReply.objects.get().answer == "ACCEPTED"
    assert Appointment.objects.filter(pk=appointment.pk).values().get() == before
    assert not OutgoingMail.objects.exists()
    assert not appointment.events.exists()


def test_of_an_advisors_answers_the_newest_counts_and_none_of_a_former_version(tmp_path, appointment, invited):
    answer(tmp_path, appointment, invited)
    with pytest.raises(CommandError, match="Dieselbe oder eine neuere Antwort"):
        answer(tmp_path, appointment, invited, answer="ACCEPTED")
    with pytest.raises(CommandError, match="früheren Fassung"):  # that was taken back when she chose another way
        answer(tmp_path, appointment, invited, sequence="3", stamp="20261123T060001Z")
    with pytest.raises(CommandError, match="Die Beratungsperson hat schon selbst geantwortet"):
        answer(tmp_path, appointment, invited, sender=EVE, stamp="20261123T060002Z", answer="ACCEPTED")
    assert answer(tmp_path, appointment, invited, answer="ACCEPTED", stamp="20261123T060001Z").endswith("angenommen.")
    assert AdvisorReply.objects.get().answer == "ACCEPTED"


def test_an_answer_to_an_invitation_that_was_taken_back_stays_one_of_before(tmp_path, appointment, invited):
    """Kept without what invitations are ahead by, it stood for the new one, which nobody had answered."""
    answer(tmp_path, appointment, invited)
    assert not AdvisorReply.objects.get().is_of_former_time
    for way in ("feed", "invitation"):
        choose_channel(advisor=invited, way=CalendarChannel.Way(way), now=NOW)
        assert AdvisorReply.objects.get().is_of_former_time
    page = client_of(invited.user).get(f"/admin/termine/inspect/{appointment.pk}/").content.decode()
    assert "abgelehnt</strong>, bevor der Termin oder die Einladung geändert wurde." in page
    answer(tmp_path, appointment, invited, sequence="6", stamp="20261123T063000Z")
    assert (AdvisorReply.objects.get().is_of_former_time, AdvisorReply.objects.get().sequence) == (False, 6)


def test_answers_kept_before_get_what_invitations_are_ahead_by_and_lose_it_again(tmp_path, appointment, invited):
    migration = import_module("booking.migrations.0051_answers_count_like_invitations")
    answer(tmp_path, appointment, invited)
    migration.count_as_the_appointment_does(apps, None)
    assert AdvisorReply.objects.get().sequence == 2
    migration.count_as_the_invitation_did(apps, None)
    assert AdvisorReply.objects.get().sequence == 4


def test_the_answer_of_a_former_advisor_gives_way_to_that_of_the_present_one(tmp_path, appointment, invited):
    answer(tmp_path, appointment, invited, stamp="20261123T063000Z")
    colleague = AdvisorFactory(email="cora@mehrwert.example", office=appointment.office)
    Appointment.objects.update(advisor=colleague)
    page = client_of(administrator()).get(f"/admin/termine/inspect/{appointment.pk}/").content.decode()
    assert "Antwort der Beratung" not in page
    with pytest.raises(CommandError, match="gibt es keinen Termin"):
        answer(tmp_path, appointment, invited)
    CalendarChannel.objects.create(advisor=colleague, way="invitation", address=colleague.email)
    answer(tmp_path, appointment, colleague, sequence="2", answer="TENTATIVE")
    kept = AdvisorReply.objects.get()
    assert (kept.advisor, kept.answer) == (colleague, "TENTATIVE")


@pytest.mark.parametrize("name", ["index", "day", "week", "sheet"])
def test_list_day_week_and_sheet_show_that_the_advisor_declined(tmp_path, appointment, invited, name):
    answer(tmp_path, appointment, invited)
    address = reverse(f"termine:{name}") + ("" if name == "index" else f"?tag={appointment.starts_at:%Y-%m-%d}")
    client = client_of(appointment.advisor.user)
    assert client.get(address).content.decode().count("Beratung: in Outlook abgelehnt") == 1
    Appointment.objects.update(sequence=3)
    assert "abgelehnt" not in client.get(address).content.decode()


def test_desk_shows_the_advisors_answer_and_that_it_does_nothing(tmp_path, appointment, invited):
    answer(tmp_path, appointment, invited, sender=EVE)
    page = client_of(invited.user).get(f"/admin/termine/inspect/{appointment.pk}/").content.decode()
    panel = page[page.index("Antwort der Beratung aus dem Kalender") : page.index("Verschieben oder absagen")]
    assert "07:00 Uhr <strong>in Outlook abgelehnt, von einer anderen Adresse</strong>." in panel
    assert "der Termin bleibt gebucht" in panel
    assert reverse("termine:move", args=[appointment.pk]) in panel
    assert EVE not in page


@pytest.mark.parametrize("end", ["cancelled", "forgotten"])
def test_appointment_that_is_no_more_takes_no_reply(tmp_path, appointment, end):
    if end == "cancelled":
        cancel_appointment(appointment, now=NOW)
    else:
        anonymise(Appointment.objects.all(), now=NOW)
    with pytest.raises(CommandError, match="Nicht übernommen"):
        give(tmp_path, appointment, sequence="9")


def test_the_same_mail_again_says_the_same_and_changes_nothing(tmp_path, appointment):
    mail = {"message_id": "<same@firma.example>"}
    said = give(tmp_path, appointment, **mail)
    before = InvitationReply.objects.values().get()
    assert give(tmp_path, appointment, **mail) == said
    assert InvitationReply.objects.values().get() == before


EVE = "eve@evil.example"


def test_an_answer_from_another_address_is_shown_as_such(tmp_path, appointment):
    assert give(tmp_path, appointment, sender=EVE).endswith(": in Outlook abgelehnt, von einer anderen Adresse.")
    page = client_of(appointment.advisor.user).get(f"/admin/termine/inspect/{appointment.pk}/").content.decode()
    assert "<strong>in Outlook abgelehnt, von einer anderen Adresse</strong>" in page
    assert f"Die Antwort kam nicht von {appointment.email}." in page
    assert EVE not in str(list(InvitationReply.objects.values()))


def test_an_answer_from_elsewhere_never_outdoes_the_firms_own(tmp_path, appointment):
    give(tmp_path, appointment)
    with pytest.raises(CommandError, match="hat schon selbst geantwortet"):
        give(tmp_path, appointment, sender=EVE, answer="ACCEPTED", stamp="20261123T063000Z")
    assert InvitationReply.objects.get().answer == "DECLINED"


def test_the_firms_own_answer_outdoes_one_from_elsewhere_even_an_earlier_one(tmp_path, appointment):
    give(tmp_path, appointment, sender=EVE, answer="ACCEPTED", stamp="20261123T073000Z")
    give(tmp_path, appointment, stamp="20261123T060000Z")
    assert (InvitationReply.objects.get().answer, InvitationReply.objects.get().sender) == ("DECLINED", "own")


@pytest.mark.parametrize("name", ["index", "day", "week", "sheet"])
def test_list_day_week_and_sheet_show_the_answer_to_the_time_that_holds(tmp_path, appointment, name):
    client = client_of(appointment.advisor.user)
    address = reverse(f"termine:{name}") + ("" if name == "index" else f"?tag={appointment.starts_at:%Y-%m-%d}")
    assert "abgelehnt" not in client.get(address).content.decode()
    give(tmp_path, appointment)
    assert client.get(address).content.decode().count("in Outlook abgelehnt") == 1
    Appointment.objects.update(sequence=3)
    assert "abgelehnt" not in client.get(address).content.decode()


def test_a_declined_appointment_offers_what_can_be_done(tmp_path, appointment):
    give(tmp_path, appointment)
    page = client_of(appointment.advisor.user).get(f"/admin/termine/inspect/{appointment.pk}/").content.decode()
    panel = page[page.index("Antwort aus dem Kalender") : page.index("Verschieben oder absagen")]
    assert reverse("termine:move", args=[appointment.pk]) in panel
    assert reverse("termine:offer", args=[appointment.pk]) in panel
    assert 'href="#id_reason"' in panel


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
