"""The times of one UID: an event, or a series with its exceptions."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from booking.domain.clock import minute_after, minute_of
from booking.domain.intervals import Interval
from booking.ical.busy.rules import is_bounded
from booking.ical.busy.text import Component
from booking.ical.busy.zones import Zones, written_zones

SECONDS = 0.5
"""Of CPU, for one UID."""
MOST_TIMES = 5000

_TIMES = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"})
_ZONE = re.compile(r';TZID=("[^"]*"|[^;]*)', re.IGNORECASE)
_LOCAL = re.compile(r"\d{8}T\d{4,6}(?!\d*Z)", re.IGNORECASE)
_FOR_EVER = re.compile(r"\b[3-9]\d{3}(?=\d{4}(?:T|$))")
_BAD_COUNT = re.compile(r"SEQUENCE\b(?!:\d{1,9}$)", re.IGNORECASE)
_DAY = re.compile(r"\d{8}")


class Refused(Exception):
    """The series may not or cannot be expanded."""


class TookTooLong(BaseException):
    """Not an Exception: libraries that catch those would swallow it and go on."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for, as minutes, and the zone in which a whole day is one."""

    start: int
    end: int
    zone: ZoneInfo


def times_of(events: list[Component], zones: Zones, span: Span) -> list[Interval]:
    """Busy times inside the span. Raises Refused."""
    for event in events:
        if not all(map(is_bounded, (*event.values("RRULE"), *event.values("EXRULE")))):
            raise Refused
    try:
        with _time_limit(SECONDS):
            calendar = _parsed(events, zones)
            start, end = (datetime.fromtimestamp(minute * 60, tz=span.zone) for minute in (span.start, span.end))
            found = recurring_ical_events.of(calendar).between(start, end)
    except TookTooLong:
        raise Refused from None
    except Exception as error:  # whatever a foreign text does to the libraries costs one series
        raise Refused from error
    if len(found) > MOST_TIMES:
        raise Refused
    return [interval for event in found if _is_busy(event) for interval in _clipped(event, span)]


def first_time_of(events: list[Component], zones: Zones, span: Span) -> list[Interval]:
    """What a refused series blocks: its first occurrence as it stands. Raises Refused where that cannot be read."""
    kept = [Component(event.name, [line for line in event.lines if not _repeats(line)]) for event in events[:1]]
    return times_of(kept, zones, span)


def is_far(event: Component, first: str, last: str) -> bool:
    """Whether a single event clearly lies outside of the days `first` to `last` (YYYYMMDD): most of an old calendar
    does, and need not be parsed."""
    days: list[str] = []
    for line in event.lines:
        if _repeats(line) or line.upper().startswith(("RECURRENCE-ID", "DURATION")):
            return False
        if line.upper().startswith(("DTSTART", "DTEND")):
            days += _DAY.findall(line.rpartition(":")[2])
    return bool(days) and (max(days) < first or min(days) > last)


def _repeats(line: str) -> bool:
    return line.upper().startswith(("RRULE", "RDATE", "EXRULE", "EXDATE"))


def _parsed(events: list[Component], zones: Zones) -> Calendar:
    lines: list[str] = []
    for event in events:
        lines.append("BEGIN:VEVENT")
        lines += [_readable(line, zones) for line in event.lines if not _BAD_COUNT.match(line)]
        if not event.first("UID"):
            lines.append("UID:none")
        lines.append("END:VEVENT")
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-\r\n{written_zones(zones, lines)}"
    return Calendar.from_ical(text + "\r\n".join([*lines, "END:VCALENDAR", ""]))


def _readable(line: str, zones: Zones) -> str:
    """Every local time gets a zone that is known; one without any („floating“) that of the calendar. Year 9999, which
    stands for „for ever“, is more than can be reckoned with and becomes an earlier one."""
    head, _, value = line.rpartition(":")
    if head.partition(";")[0].upper() not in _TIMES:
        return line
    value = _FOR_EVER.sub("2999", value.upper())
    if not _LOCAL.search(value):
        return f"{head}:{value}"
    named = _ZONE.search(head)
    zone = zones.resolve(named[1] if named else "")
    bare = _ZONE.sub("", head)
    return f'{bare};TZID="{zone}":{value}'


def _is_busy(event: Any) -> bool:
    """A cancelled occurrence is returned like any other. Tentative ones block, like everything that is not said to be
    free: by TRANSP, or in Microsoft's own way."""
    return not (
        str(event.get("STATUS", "")).upper() == "CANCELLED"
        or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )


def _clipped(event: Any, span: Span) -> Iterator[Interval]:
    start, end = sorted((_instant(event["DTSTART"].dt, span, round_up=False), _end_of(event, span)))
    start, end = max(start, span.start), min(end, span.end)
    if start < end:
        yield start, end


def _end_of(event: Any, span: Span) -> int:
    if "DTEND" in event:
        return _instant(event["DTEND"].dt, span, round_up=True)
    start = event["DTSTART"].dt
    if "DURATION" in event:
        return _instant(start + event["DURATION"].dt, span, round_up=True)
    # RFC 5545, 3.6.1: a day lasts until the next, a moment takes no time.
    return _instant(start if isinstance(start, datetime) else start + timedelta(days=1), span, round_up=True)


def _instant(value: date | datetime, span: Span, *, round_up: bool) -> int:
    """A day begins at midnight where the advisor is. A time that the clock shows twice or never begins with the first
    and ends with the last that it may mean: better blocked than booked twice."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min, tzinfo=span.zone)
    elif value.tzinfo is None:
        value = value.replace(tzinfo=span.zone)
    meant = [value.replace(fold=fold) for fold in (0, 1)]
    return max(map(minute_after, meant)) if round_up else min(map(minute_of, meant))


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Of CPU, so that a busy machine refuses no harmless series. By a signal, so only in the main thread of a process;
    the child process has no other."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Calendars are read in a process of their own.")

    def ring(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, ring)
    # Again after a pause: a finalizer that happens to run swallows what is raised in it.
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
