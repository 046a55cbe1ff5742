"""What stands in somebody's calendar, told apart from what we wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from booking.ical.event import CalendarEvent
from booking.ical.stored import StoredEvent, changed_names, object_text, read_stored

START, END = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
EVENT = CalendarEvent(
    uid="1@sample.example",
    start=START,
    end=END,
    summary=r"Beratung; C:\Nachweise, Teil 1",
    description="erste Zeile\nzweite",
    location="",
    url="https://site.example/termin/vorgang/ABCD-EFGH/",
    sequence=3,
    created=START,
    changed=START,
    status="CONFIRMED",
)
TEXT = object_text(EVENT)


def changed(text):
    return changed_names(read_stored(TEXT), read_stored(text))


def test_object_has_one_event_in_utc_and_nobody_to_invite():
    assert TEXT.count("BEGIN:VEVENT") == TEXT.count("UID:") == TEXT.count("BEGIN:VCALENDAR") == 1
    assert "DTSTART:20261025T003000Z\r\nDTEND:20261025T013000Z\r\n" in TEXT
    assert "SEQUENCE:3\r\n" in TEXT
    for absent in ("METHOD", "ATTENDEE", "ORGANIZER", "VTIMEZONE", "TZID"):
        assert absent not in TEXT


def test_an_object_reminds_before_its_start_if_told_to():
    text = object_text(EVENT, reminder=timedelta(days=1))
    alarm = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        r"DESCRIPTION:Beratung\; C:\\Nachweise\, Teil 1",
        "TRIGGER:-P1D",
        "END:VALARM",
    ]
    assert text.split("\r\n")[-8:] == [*alarm, "END:VEVENT", "END:VCALENDAR", ""]
    assert text.replace("\r\n".join([*alarm, ""]), "") == TEXT
    assert read_stored(text) == replace(read_stored(TEXT), reminders=frozenset({"-P1D"}))
    assert changed(text) == set()


def test_what_is_read_back_is_what_was_written():
    stored = read_stored(TEXT)
    assert (stored.times, stored.sequence, stored.additions) == ((START, END), "3", frozenset())
    assert stored.said["SUMMARY"] == r"Beratung; C:\Nachweise, Teil 1"
    assert stored.said["DESCRIPTION"] == "erste Zeile\nzweite"


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("DTSTART:20261025T003000Z", "DTSTART;TZID=Europe/Berlin:20261025T023000", set()),
        ("DTSTART:20261025T003000Z", "DTSTART;TZID=Europe/Berlin:20261025T030000", {"DTSTART"}),
        ("DTSTART:20261025T003000Z", "DTSTART;TZID=Erfunden:20261025T023000", {"DTSTART"}),
        ("DTSTART:20261025T003000Z", "DTSTART;TZID=../../etc/passwd:20261025T023000", {"DTSTART"}),
        ("DTSTART:20261025T003000Z", "DTSTART;VALUE=DATE:20261025", {"DTSTART"}),
        ("SEQUENCE:3", "SEQUENCE:9", set()),
        ("TRANSP:OPAQUE\r\n", "", set()),
        ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT", {"TRANSP"}),
        ("DESCRIPTION:", "DESCRIPTION:nein ", {"DESCRIPTION"}),
        ("END:VEVENT", "LOCATION:Café\r\nEND:VEVENT", {"LOCATION"}),
        ("END:VEVENT", "BEGIN:VALARM\r\nDESCRIPTION:Los\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT", set()),
    ],
)
def test_only_what_we_write_can_differ(old, new, names):
    assert old in TEXT
    assert changed(TEXT.replace(old, new)) == names


@pytest.mark.parametrize(
    ("line", "additions"),
    [
        ("ATTENDEE;CN=Gast:mailto:gast@example.org", {"ATTENDEE"}),
        ("RRULE:FREQ=DAILY", {"RRULE"}),
        ("ATTACH:https://example.org/", {"ATTACH"}),
        ("X-MOZ-LASTACK:20261025T003000Z", set()),
        ("CATEGORIES:Arbeit", set()),
    ],
)
def test_additions_are_what_writing_would_lose(line, additions):
    assert read_stored(TEXT.replace("END:VEVENT", f"{line}\r\nEND:VEVENT")).additions == additions


def test_a_second_event_is_an_addition():
    assert read_stored(TEXT.replace("END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT")).additions == {
        "VEVENT"
    }


@pytest.mark.parametrize("text", ["", "<html>", "BEGIN:VCALENDAR", "\x00", "BEGIN:VEVENT\r\n:x\r\nEND:VEVENT", "a;b"])
def test_nonsense_says_nothing(text):
    assert read_stored(text) == StoredEvent()
    assert read_stored(text).times is None


def test_same_values_give_the_same_bytes():
    assert object_text(replace(EVENT)) == TEXT
