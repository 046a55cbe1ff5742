"""Answers to invitations, read without trust."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from booking.ical.reply import LONGEST, Letter, NotAReply, Reply, read_letter
from tests.booking.ical.replies import mail_with, reply_text

UID = "5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example"
DECLINED = Reply(
    uid=UID,
    attendee="kim.muster@firma.example",
    answer="DECLINED",
    sequence=0,
    stamped_at=datetime(2026, 11, 23, 6, tzinfo=UTC),
    program="Outlook",
)
ZONE = "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"


@pytest.mark.parametrize(
    "text",
    [
        reply_text(uid=UID),
        mail_with(reply_text(uid=UID)),
        "\ufeff" + reply_text(uid=UID),
        reply_text(uid=UID).replace("\r\n", "\n"),
        reply_text(uid=UID).replace("mailto:kim.muster@", "MAILTO:kim.\r\n muster@"),
        reply_text(uid=UID).replace("BEGIN:VEVENT", ZONE + "BEGIN:VEVENT"),
        reply_text(uid=UID).replace("SEQUENCE:0\r\n", ""),
        reply_text(uid=UID, more=("BEGIN:VALARM", "UID:other", "ATTENDEE:mailto:x@y.example", "END:VALARM")),
    ],
    ids=["bare", "mail", "byte order mark", "bare line ends", "folded", "hostile zone", "no sequence", "alarm inside"],
)
def test_reply_is_read_from_what_programs_send(text):
    assert read_letter(text.encode()).reply == DECLINED


OWN = "kim.muster@firma.example"
SENDERS = {
    "plain": (OWN, (OWN,)),
    "named": (f"Kim Muster <{OWN}>", (OWN,)),
    "encoded name": (f"=?utf-8?q?K=C3=BCm?= <{OWN}>", (OWN,)),
    "an address as the name": (f'"{OWN}" <eve@evil.example>', ("eve@evil.example",)),
    "two": (f"{OWN}, eve@evil.example", (OWN, "eve@evil.example")),
    "two lines": (f"{OWN}\r\nFrom: eve@evil.example", (OWN, "eve@evil.example")),
    "nobody": ("", ()),
}


@pytest.mark.parametrize("what", SENDERS)
def test_letter_names_whoever_says_to_have_sent_it(what):
    line, senders = SENDERS[what]
    letter = read_letter(mail_with(reply_text(uid=UID), sender=line, message_id=" <a@b.example> ").encode())
    assert letter == Letter(DECLINED, senders, "<a@b.example>")


def test_a_calendar_without_a_mail_has_no_sender():
    assert read_letter(reply_text(uid=UID).encode()) == Letter(DECLINED, None, "")


@pytest.mark.parametrize(
    ("producer", "program"),
    [
        ("Microsoft Exchange Server 2010", "Outlook"),
        ("-//Google Inc//Google Calendar 70.9054//EN", "Google Kalender"),
        ("-//Apple Inc.//iPhone OS 17.4//EN", "Apple Kalender"),
        ("-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", "Thunderbird"),
        ("-//Someone//Else//EN", ""),
    ],
)
def test_reply_names_the_program(producer, program):
    assert read_letter(reply_text(uid=UID, program=producer).encode()).reply.program == program


GOOD = reply_text(uid=UID)
HOSTILE = {
    "empty": ("", "nicht genau einen Teil"),
    "a login page": ("<!doctype html><p>Bitte anmelden", "nicht genau einen Teil"),
    "a mail with two calendars": (
        mail_with(GOOD).replace("--b--", "--b\r\nContent-Type: text/calendar\r\n\r\n" + GOOD) + "--b--",
        "nicht genau einen Teil",
    ),
    "a request": (reply_text(uid=UID, method="REQUEST"), "METHOD:REPLY fehlt"),
    "no method": (GOOD.replace("METHOD:REPLY\r\n", ""), "METHOD:REPLY fehlt"),
    "cut off": (GOOD[: GOOD.index("END:VEVENT")], "abgeschnitten"),
    "crossed ends": (GOOD.replace("END:VEVENT", "END:VTODO"), "falsch aufgebaut"),
    "two events": (GOOD.replace("END:VCALENDAR", "BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR"), "genau einem Termin"),
    "two calendars": (GOOD + GOOD, "genau einen Kalender"),
    "two attendees": (reply_text(uid=UID, more=("ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@y.example",)), "genau einmal"),
    "two numbers": (reply_text(uid=UID, more=("UID:other",)), "genau einmal"),
    "no stamp": (GOOD.replace("DTSTAMP:20261123T060000Z\r\n", ""), "genau einmal"),
    "one of a series": (reply_text(uid=UID, more=("RECURRENCE-ID:20261123T060000Z",)), "Reihe"),
    "no answer": (reply_text(uid=UID, answer="NEEDS-ACTION"), "weder zu noch ab"),
    "delegated": (reply_text(uid=UID, answer="DELEGATED"), "weder zu noch ab"),
    "no address": (GOOD.replace("mailto:", "urn:x:"), "keine E-Mail-Adresse"),
    "a stamp without a zone": (reply_text(uid=UID, stamp="20261123T060000"), "keine Zeit in UTC"),
    "a stamp of no day": (reply_text(uid=UID, stamp="20261332T060000Z"), "keine Zeit in UTC"),
    "a negative version": (reply_text(uid=UID, sequence="-1"), "keine Zahl"),
    "an endless version": (reply_text(uid=UID, sequence="9" * 400), "keine Zahl"),
    "no line of a calendar": (reply_text(uid=UID, more=("rubbish",)), "kein Kalender kennt"),
    "too many lines": (reply_text(uid=UID, more=("X-A:b",) * 600), "zu viele Zeilen"),
    "a mail nested without end": (
        "".join(f'Content-Type: multipart/mixed; boundary="{depth}"\r\n\r\n--{depth}\r\n' for depth in range(3000)),
        "zu tief verschachtelt",
    ),
    "too long": (reply_text(uid=UID, more=("X-A:" + "b" * LONGEST,)), "zu groß"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_answers_nothing_is_refused_in_a_clear_line(text):
    raw, said = HOSTILE[text]
    with pytest.raises(NotAReply, match=said):
        read_letter(raw.encode())


def test_latin_letters_are_refused():
    with pytest.raises(NotAReply, match="UTF-8"):
        read_letter(reply_text(uid=UID, more=("COMMENT:Übel",)).encode("latin-1"))
