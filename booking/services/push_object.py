"""Making one object of an advisor's calendar what it should be. Safe to repeat: what a lost answer did is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from booking.calendars import event_for_advisor
from booking.ical.stored import StoredEvent, changed_names, object_text, read_stored
from booking.models import PushEntry
from booking.remote.objects import Changed, Collection, Stored
from booking.wording import when


class Conflict(Exception):
    """The advisor has added to the entry what writing or deleting it would lose. The sentence is for her."""


def text_of(entry: PushEntry, *, now: datetime) -> str:
    """As much as its calendar is told. SEQUENCE and the stamps rise with a change of that, too.

    What has begun reminds nobody: programs show the reminders that they missed.
    """
    calendar, channel = entry.calendar, entry.calendar.advisor.calendar_channel
    event = event_for_advisor(entry.appointment, calendar.detail)
    changed = max(event.changed, calendar.detail_changed_at or event.changed)
    event = replace(event, sequence=channel.sequence_of(entry.appointment), changed=changed)
    is_ahead = entry.appointment.starts_at > now
    return object_text(event, reminder=timedelta(minutes=calendar.reminder if is_ahead else 0))


def write_object(entry: PushEntry, collection: Collection) -> str:
    """Creates or replaces; the ETag it has then. Raises Conflict, Changed, and what `Collection` raises."""
    text = text_of(entry, now=collection.now)
    etag = entry.etag
    if not etag or entry.may_overwrite:
        stored = collection.read(entry.href)
        if stored is not None and _is_same(stored, read_stored(text)):
            return stored.etag
        etag = _etag_to_replace(entry, stored)
    try:
        written = collection.write(entry.href, text, etag=etag)
    except Changed:
        written = collection.write(entry.href, text, etag=_etag_to_replace(entry, collection.read(entry.href)))
    if written:
        return written
    stored = collection.read(entry.href)  # a server that stores it in its own words tells no ETag (RFC 4791, 5.3.4)
    return stored.etag if stored else ""


def delete_object(entry: PushEntry, collection: Collection) -> None:
    """Raises Conflict, Changed, and what `Collection` raises."""
    try:
        if entry.etag and not entry.may_overwrite:
            collection.delete(entry.href, etag=entry.etag)
            return
    except Changed:
        pass
    stored = collection.read(entry.href)
    if stored is not None:
        collection.delete(entry.href, etag=_etag_to_replace(entry, stored))


def difference(entry: PushEntry, stored: Stored | None, *, now: datetime) -> str:
    """How what stands in the calendar differs from the appointment, in a sentence; empty for not at all. Reminders are
    hers to change."""
    if stored is None:
        return "Im Kalender gelöscht."
    ours, theirs = read_stored(text_of(entry, now=now)), read_stored(stored.text)
    names = changed_names(ours, theirs)
    if not names:
        return ""
    if names & {"DTSTART", "DTEND"}:
        if theirs.times is None or theirs.times[1] - theirs.times[0] <= timedelta(0):
            return "Im Kalender steht eine andere Zeit."
        return f"Im Kalender steht: {when(*theirs.times)}."
    return f"Im Kalender geändert: {', '.join(sorted({_WORDS[name] for name in names}))}."


def can_be_replaced(stored: Stored) -> bool:
    return not read_stored(stored.text).additions


_WORDS = {
    "SUMMARY": "Titel",
    "DESCRIPTION": "Beschreibung",
    "LOCATION": "Ort",
    "URL": "Link",
    "STATUS": "Status",
    "TRANSP": "Anzeige als frei oder belegt",
    "CLASS": "Sichtbarkeit",
}


def _is_same(stored: Stored, ours: StoredEvent) -> bool:
    theirs = read_stored(stored.text)
    is_told = theirs.sequence == ours.sequence and not changed_names(ours, theirs)
    return bool(stored.etag) and is_told and ours.reminders <= theirs.reminders


def _etag_to_replace(entry: PushEntry, stored: Stored | None) -> str:
    if stored is None:
        return ""
    if not entry.may_overwrite and not can_be_replaced(stored):
        raise Conflict(
            "Der Eintrag wurde im Kalender ergänzt, zum Beispiel um Teilnehmer, Anhänge oder eine Wiederholung."
        )
    return stored.etag
