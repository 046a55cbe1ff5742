"""What an event in somebody's calendar says, next to ours. Reads lines, never runs a rule or a zone of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm
from icalendar.prop import vDuration

from booking.ical import envelope
from booking.ical.event import CalendarEvent, component_text, event_component
from booking.ical.identity import Text

_OURS = ("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP", "CLASS")
_STAMPS = frozenset({"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE"})
_LOSABLE = frozenset({"CATEGORIES", "COLOR", "PRIORITY"})
"""Of the advisor's own making, and less than to miss that an appointment has moved."""

Line = tuple[str, str, str]
"""Name, zone, value."""

_REMINDER = "VALARM"
"""Stands for the TRIGGER inside of one."""

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)')
_ZONE = re.compile(r';TZID="?([^";]+)', re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_MOMENTS = frozenset({"DTSTART", "DTEND"})


def object_text(event: CalendarEvent, *, reminder: timedelta = timedelta(0)) -> str:
    """A calendar object with one event, in UTC, without METHOD or attendees: servers would send invitations (DAV-3).

    `reminder` is the time before the start at which a program speaks up; none for 0.
    """
    component = event_component(event, UTC)
    if reminder:
        component.add_component(_alarm(event.summary, before=reminder))
    return envelope.head({}) + component_text(component) + envelope.END


def _alarm(text: str, *, before: timedelta) -> Alarm:
    """RFC 5545, 3.6.6."""
    alarm = Alarm()
    alarm["ACTION"] = Text("DISPLAY")
    alarm["DESCRIPTION"] = Text(text)
    alarm["TRIGGER"] = vDuration(-before)
    return alarm


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """`said` are the properties that we write, in comparable form; `additions` names what we never write and would
    lose by writing over it. Reminders, colours and private extensions (X-) are no such loss. `reminders` are the times
    of those, as they are written there."""

    said: dict[str, str] = field(default_factory=dict)
    additions: frozenset[str] = frozenset()
    sequence: str = ""
    reminders: frozenset[str] = frozenset()

    @property
    def times(self) -> tuple[datetime, datetime] | None:
        """None where they are no plain moments (a whole day, a zone that is not known)."""
        try:
            return datetime.fromisoformat(self.said["DTSTART"]), datetime.fromisoformat(self.said["DTEND"])
        except (KeyError, ValueError):
            return None


def read_stored(text: str) -> StoredEvent:
    """Of its first event. A text without one says nothing."""
    events = list(_events(text))
    said: dict[str, str] = {}
    additions = {"VEVENT"} if len(events) > 1 else set()
    reminders: set[str] = set()
    sequence = ""
    for name, zone, value in events[0] if events else []:
        if name == "SEQUENCE":
            sequence = value
        elif name == _REMINDER:
            reminders.add(value)
        elif name in _OURS and name not in said:
            said[name] = _plain(name, zone, value)
        elif name not in _STAMPS | _LOSABLE and not name.startswith("X-"):
            additions.add(name)
    return StoredEvent(said, frozenset(additions), sequence, frozenset(reminders))


def _events(text: str) -> Iterator[list[Line]]:
    """The lines of each VEVENT, without those of the components inside; of reminders when they are, as `_REMINDER`."""
    stack: list[str] = []
    event: list[Line] = []
    for found in filter(None, map(_LINE.match, _FOLD.sub("", text).splitlines())):
        name, parameters, value = found[1].upper(), found[2], found[3]
        if name == "BEGIN":
            stack.append(value.upper())
        elif name == "END":
            if stack[-1:] == ["VEVENT"]:
                yield event
                event = []
            del stack[-1:]
        elif stack[-2:] == ["VEVENT", "VALARM"] and name == "TRIGGER":
            event.append((_REMINDER, "", value))
        elif stack[-1:] == ["VEVENT"]:
            zone = _ZONE.search(parameters)
            event.append((name, zone[1] if zone else "", value))


def changed_names(ours: StoredEvent, theirs: StoredEvent) -> frozenset[str]:
    """Which of our properties say something else there. A default that a server leaves out is no difference."""
    defaults = {"TRANSP": "OPAQUE", "CLASS": "PRIVATE", "STATUS": "CONFIRMED"}
    return frozenset(
        name
        for name in _OURS
        if ours.said.get(name, defaults.get(name, "")) != theirs.said.get(name, defaults.get(name, ""))
    )


def _plain(name: str, zone: str, value: str) -> str:
    """Moments in UTC, where that can be told; text without its escapes (RFC 5545, 3.3.11)."""
    if name not in _MOMENTS:
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).isoformat()
        local = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(zone))
        return local.astimezone(UTC).isoformat()
    except (ValueError, KeyError, OSError, OverflowError):
        return f"{zone}:{value}"
