"""One appointment as a VEVENT (RFC 5545, 3.6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from icalendar import Event
from icalendar.prop import vDatetime, vInt, vUri

from booking.ical.identity import Text, is_one_word

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


def _in_utc(moment: datetime) -> datetime:
    """Whole seconds, as the format knows no smaller ones. Naive moments have no place in UTC: ValueError."""
    if moment.utcoffset() is None:
        raise ValueError(f"a moment without a zone: {moment.isoformat()}")
    return moment.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Nothing here is derived from the clock: the same values give the same bytes (FEED-2).

    ``uid`` stays for the life of the appointment, ``sequence`` rises with each change of time, place or status,
    ``changed`` is both DTSTAMP and LAST-MODIFIED. An empty description, location or url is left out.
    A public event is for whoever likes to know: it takes nobody's time.
    What no calendar could show (a naive moment, an end not after the start) raises ValueError.
    """

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str
    location: str
    url: str
    sequence: int
    created: datetime
    changed: datetime
    status: Status
    is_public: bool = False

    def __post_init__(self) -> None:
        start, end, *_ = (_in_utc(moment) for moment in (self.start, self.end, self.created, self.changed))
        # In UTC: Python compares two moments of one zone by their wall clocks, and those repeat an hour in October.
        if end <= start:
            raise ValueError(f"the end {self.end.isoformat()} is not after the start {self.start.isoformat()}")
        if not is_one_word(self.uid):
            raise ValueError(f"not a UID: {self.uid!r}")
        if self.url and not is_one_word(self.url):
            raise ValueError(f"not a URL: {self.url!r}")
        if self.sequence < 0:
            raise ValueError(f"a SEQUENCE counts from 0: {self.sequence}")


def event_component(event: CalendarEvent, zone: tzinfo) -> Event:
    """Start and end in ``zone``; the stamps in UTC, as RFC 5545 (3.8.7) wants them."""
    takes_time = event.status != "CANCELLED" and not event.is_public
    component = Event()
    component["UID"] = Text(event.uid)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = vDatetime(_in_utc(event.changed))
    component["CREATED"] = vDatetime(_in_utc(event.created))
    component["SEQUENCE"] = vInt(event.sequence)
    component["DTSTART"] = vDatetime(_in_utc(event.start).astimezone(zone))
    component["DTEND"] = vDatetime(_in_utc(event.end).astimezone(zone))
    component["SUMMARY"] = Text(event.summary)
    if event.description:
        component["DESCRIPTION"] = Text(event.description)
    if event.location:
        component["LOCATION"] = Text(event.location)
    if event.url:
        component["URL"] = vUri(event.url)
    component["STATUS"] = Text(event.status)
    component["TRANSP"] = Text("OPAQUE" if takes_time else "TRANSPARENT")
    component["CLASS"] = Text("PUBLIC" if event.is_public else "PRIVATE")
    return component


def component_text(component: Event) -> str:
    """Folded at 75 octets, each line ended by CRLF."""
    text: str = component.to_ical().decode()
    return text


def event_text(event: CalendarEvent) -> str:
    """A whole VEVENT in UTC (FEED-5, FEED-6), fit to be stored and joined into a feed as it is."""
    return component_text(event_component(event, UTC))
