"""When somebody is busy, by what their calendar says. Neither titles nor people come out of here, only times."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking.domain.clock import minute_after, minute_of
from booking.domain.intervals import Interval, merged
from booking.ical.busy.series import Refused, Span, first_time_of, is_far, times_of
from booking.ical.busy.text import Component, read_components
from booking.ical.busy.zones import Zones, known_zone, zones_of

# How Outlook keeps the UID of an invitation inside its own (MS-OXOCAL, 2.2.1.27).
_OUTLOOK_UID = "040000008200E00074C5B7101A82E008"
_FOREIGN_UID = b"vCal-Uid\x01\x00\x00\x00"
# As `booking.calendars.uid_of` makes them. Courses, Sprechtage and events have others.
_APPOINTMENT = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class BusyReading:
    """Busy times as merged minutes, and what the advisor should know about how they were understood.

    `events` counts all entries of the file, whenever they are. `guessed_zones` are names that nobody knows, empty for
    times without any; `refused` counts series of which only the first time is blocked, `unreadable` entries that were
    left out.
    """

    intervals: tuple[Interval, ...]
    events: int = 0
    guessed_zones: tuple[str, ...] = ()
    refused: int = 0
    unreadable: int = 0


def read_busy(raw: bytes, *, start: datetime, end: datetime, zone: str, own_domain: str) -> BusyReading:
    """`zone` is the advisor's, for whole days and for times whose zone nobody knows. Appointments of ours, known by
    a UID at `own_domain`, are coming back and block nothing; a course or an event of the site that somebody keeps in
    the own calendar blocks as it says there. Raises NotACalendar."""
    span = Span(minute_of(start), minute_after(end), ZoneInfo(zone))
    first, last = ((moment + timedelta(days=days)).strftime("%Y%m%d") for moment, days in ((start, -2), (end, 2)))
    intervals: list[Interval] = []
    guessed: set[str] = set()
    events = refused = unreadable = 0
    for calendar in read_components(raw):
        zones = zones_of(calendar, fallback=zone)
        for component in calendar.children:
            if component.name == "VFREEBUSY":
                events += 1
                intervals += _periods(component, zones, span)
        for uid, series in _by_uid(calendar).items():
            events += len(series)
            if _is_our_own(uid, own_domain):
                continue
            dated = [event for event in series if event.has("DTSTART")]
            unreadable += len(series) - len(dated)
            if all(is_far(event, first, last) for event in dated):
                continue
            try:
                intervals += times_of(dated, zones, span)
            except Refused:
                blocked, is_blocked = _first_time(dated, zones, span)
                intervals += blocked
                refused += is_blocked
                unreadable += not is_blocked
        # A calendar that says its own zone has told us what times without one mean.
        guessed |= zones.guessed - ({""} if known_zone(calendar.first("X-WR-TIMEZONE")) else set())
    return BusyReading(tuple(merged(intervals)), events, tuple(sorted(guessed)), refused, unreadable)


def _by_uid(calendar: Component) -> dict[str, list[Component]]:
    """Events without UID stand for themselves, and so does a second one of the same UID that changes no occurrence of
    the first: which of the two is meant nobody can say."""
    series: dict[str, list[Component]] = defaultdict(list)
    begun: set[str] = set()
    for number, component in enumerate(calendar.children):
        if component.name != "VEVENT":
            continue
        uid = component.first("UID")
        is_master = not component.has("RECURRENCE-ID")
        key = uid if uid and not (is_master and uid in begun) else f"\0{number}\0{uid}"
        if is_master:
            begun.add(uid)
        series[key].append(component)
    return series


def _first_time(series: list[Component], zones: Zones, span: Span) -> tuple[list[Interval], bool]:
    """And whether it could be read."""
    try:
        return first_time_of(series, zones, span), True
    except Refused:
        return [], False


def _is_our_own(uid: str, own_domain: str) -> bool:
    if uid.upper().startswith(_OUTLOOK_UID) and re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", uid):
        _, _, foreign = bytes.fromhex(uid).partition(_FOREIGN_UID)
        uid = foreign.rstrip(b"\0").decode("utf-8", "replace")
    return re.fullmatch(f"{_APPOINTMENT}@{re.escape(own_domain)}", uid, re.IGNORECASE) is not None


def _periods(component: Component, zones: Zones, span: Span) -> list[Interval]:
    """Of a VFREEBUSY: each period as an event of its own, whose end may be a duration (RFC 5545, 3.8.2.6)."""
    found: list[Interval] = []
    for line in component.lines:
        head, _, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        if name != "FREEBUSY" or "FBTYPE=FREE" in parameters:
            continue
        for period in value.split(","):
            begin, _, until = period.strip().partition("/")
            last = f"DURATION:{until}" if until.upper().startswith("P") else f"DTEND:{until}"
            try:
                found += times_of([Component("VEVENT", [f"DTSTART:{begin}", last])], zones, span)
            except Refused:
                continue
    return found
