"""The answer of a calendar program to an invitation (iMIP: RFC 6047; METHOD:REPLY, RFC 5546, 3.2.3).

Read line by line and not as a calendar: nothing of it is expanded, and a zone in it is never asked for an offset.
"""

from __future__ import annotations

import email
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses
from urllib.parse import unquote

from icalendar.parser import Contentlines

LONGEST = 1_000_000
"""Bytes of a whole mail; the answers of today's programs have under 20,000."""
MOST_LINES = 500
ANSWERS = ("ACCEPTED", "TENTATIVE", "DECLINED")

_PROGRAMS = {
    "microsoft": "Outlook",
    "outlook": "Outlook",
    "google": "Google Kalender",
    "apple": "Apple Kalender",
    "mozilla": "Thunderbird",
    "nextcloud": "Nextcloud",
}
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_ONCE = ("UID", "DTSTAMP", "ATTENDEE")


class NotAReply(Exception):
    """What came answers no invitation, or not in the one way that the standard knows. The German sentence says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`answer` is one of ANSWERS; `program` is empty where it is none that people know; `stamped_at` is in UTC."""

    uid: str
    attendee: str
    answer: str
    sequence: int
    stamped_at: datetime
    program: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What brought a reply. `senders` are the addresses of the mail's From, None where there was no mail around it."""

    reply: Reply
    senders: tuple[str, ...] | None
    message_id: str


Line = tuple[str, dict[str, str], str]


def read_letter(raw: bytes) -> Letter:
    """From a whole mail, or the calendar part alone: the reply, and what the mail around it says of itself. Anybody can
    write any From. Raises NotAReply."""
    if len(raw) > LONGEST:
        raise NotAReply("Die Antwort ist zu groß.")
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:"):
        return Letter(_read_reply(raw), None, "")
    try:
        mail = email.message_from_bytes(raw)
        reply = _read_reply(_calendar_part(mail))
    except RecursionError as error:  # a mail in a mail in a mail …
        raise NotAReply("Die E-Mail ist zu tief verschachtelt.") from error
    senders = getaddresses([str(line) for line in mail.get_all("From", [])])
    named = tuple(address for _, address in senders if address)  # some Pythons count an empty line as somebody
    return Letter(reply, named, str(mail.get("Message-ID", "")).strip())


def _read_reply(raw: bytes) -> Reply:
    calendar: list[Line] = []
    event: list[Line] = []
    found = Counter[str]()
    for path, line in _lines(_text_of(raw)):
        found["/".join(path)] += line[0] == "BEGIN"
        if path == ["VCALENDAR"]:
            calendar.append(line)
        elif path == ["VCALENDAR", "VEVENT"]:
            event.append(line)
    if found["VCALENDAR"] != 1 or found["VCALENDAR/VEVENT"] != 1:
        raise NotAReply("Eine Antwort enthält genau einen Kalender mit genau einem Termin.")
    if [value.strip().upper() for name, _, value in calendar if name == "METHOD"] != ["REPLY"]:
        raise NotAReply("Das ist keine Antwort auf eine Einladung (METHOD:REPLY fehlt).")
    producer = next((value.casefold() for name, _, value in calendar if name == "PRODID"), "")
    return _reply(event, next((label for mark, label in _PROGRAMS.items() if mark in producer), ""))


def _reply(event: list[Line], program: str) -> Reply:
    count = Counter(name for name, _, _ in event)
    if any(count[name] != 1 for name in _ONCE) or count["SEQUENCE"] > 1 or count["RECURRENCE-ID"]:
        raise NotAReply("Kennung, Zeitstempel und Absender müssen genau einmal dastehen, und kein Termin einer Reihe.")
    values = {name: (parameters, value.strip()) for name, parameters, value in event}
    parameters, address = values["ATTENDEE"]
    answer = parameters.get("PARTSTAT", "").upper()
    if answer not in ANSWERS:
        raise NotAReply("Die Antwort sagt weder zu noch ab (PARTSTAT).")
    if not address.casefold().startswith("mailto:"):
        raise NotAReply("Der Absender der Antwort ist keine E-Mail-Adresse.")
    sequence = values.get("SEQUENCE", ({}, "0"))[1]
    if not _NUMBER.fullmatch(sequence):
        raise NotAReply("Die Nummer der Fassung (SEQUENCE) ist keine Zahl.")
    return Reply(
        uid=values["UID"][1],
        attendee=unquote(address[len("mailto:") :]),
        answer=answer,
        sequence=int(sequence),
        stamped_at=_moment(values["DTSTAMP"][1]),
        program=program,
    )


def _moment(text: str) -> datetime:
    try:
        if _STAMP.fullmatch(text):
            return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise NotAReply("Der Zeitstempel (DTSTAMP) ist keine Zeit in UTC.")


def _calendar_part(mail: Message) -> bytes:
    """RFC 6047: a part of type text/calendar; which one it is must not be left to chance."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        raise NotAReply("Die E-Mail enthält nicht genau einen Teil „text/calendar“.")
    return bytes(parts[0].get_payload(decode=True) or b"")


def _text_of(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise NotAReply("Die Antwort ist nicht in UTF-8 geschrieben.") from error


def _lines(text: str) -> Iterator[tuple[list[str], Line]]:
    """Each line under the components that it stands in; BEGIN and END belong to the one that they open or close."""
    path: list[str] = []
    try:
        lines = [line for line in Contentlines.from_ical(text) if line]
        if len(lines) > MOST_LINES:
            raise NotAReply("Die Antwort hat zu viele Zeilen.")
        for line in lines:
            name, parameters, value = line.parts()
            name, value = name.upper(), str(value)
            path = [*path, value.strip().upper()] if name == "BEGIN" else path
            yield path, (name, {key.upper(): str(parameters[key]) for key in parameters}, value)
            if name == "END":
                if path[-1:] != [value.strip().upper()]:
                    raise NotAReply("Die Antwort ist falsch aufgebaut.")
                path = path[:-1]
    except ValueError as error:
        raise NotAReply("Die Antwort enthält eine Zeile, die kein Kalender kennt.") from error
    if path:
        raise NotAReply("Die Antwort ist abgeschnitten.")
