"""Answers as calendar programs write them, made up for the tests."""

from __future__ import annotations

OUTLOOK = "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN"


def reply_text(
    *,
    uid: str,
    address: str = "kim.muster@firma.example",
    answer: str = "DECLINED",
    sequence: str = "0",
    stamp: str = "20261123T060000Z",
    program: str = OUTLOOK,
    method: str = "REPLY",
    more: tuple[str, ...] = (),
) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        f"PRODID:{program}",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f'ATTENDEE;PARTSTAT={answer};CN="Muster: Kim":mailto:{address}',
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"SEQUENCE:{sequence}",
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join([*lines, ""])


def mail_with(
    calendar: str,
    *,
    sender: str = "Kim Muster <kim.muster@firma.example>",
    message_id: str = "<1@firma.example>",
) -> str:
    return "\r\n".join(
        [
            f"From: {sender}",
            f"Message-ID: {message_id}",
            "Subject: Abgelehnt",
            "MIME-Version: 1.0",
            'Content-Type: multipart/alternative; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "Leider nein.",
            "--b",
            'Content-Type: text/calendar; charset="utf-8"; method=REPLY',
            "",
            calendar,
            "--b--",
            "",
        ]
    )
