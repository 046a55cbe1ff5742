"""Whole days as events, for what has a date and no hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Event
from icalendar.prop import vDate, vDatetime, vInt, vUri

from booking.ical.event import component_text
from booking.ical.identity import Text


@dataclass(frozen=True, slots=True)
class PublicDays:
    """`last` is the last day itself; `changed` is DTSTAMP and LAST-MODIFIED, as of a `CalendarEvent`."""

    uid: str
    first: date
    last: date
    summary: str
    description: str
    location: str
    url: str
    sequence: int
    changed: datetime


def days_text(days: PublicDays) -> str:
    """A whole VEVENT that takes nobody's time. DTEND is the day after the last one (RFC 5545, 3.6.1)."""
    if days.last < days.first:
        raise ValueError(f"the last day {days.last} is before the first {days.first}")
    component = Event()
    component["UID"] = Text(days.uid)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = vDatetime(days.changed.astimezone(UTC).replace(microsecond=0))
    component["SEQUENCE"] = vInt(days.sequence)
    component["DTSTART"] = _date(days.first)
    component["DTEND"] = _date(days.last + timedelta(days=1))
    component["SUMMARY"] = Text(days.summary)
    component["DESCRIPTION"] = Text(days.description)
    if days.location:
        component["LOCATION"] = Text(days.location)
    component["URL"] = vUri(days.url)
    component["STATUS"] = Text("CONFIRMED")
    component["TRANSP"] = Text("TRANSPARENT")
    component["CLASS"] = Text("PUBLIC")
    return component_text(component)


def _date(day: date) -> vDate:
    found = vDate(day)
    found.params["VALUE"] = "DATE"
    return found
