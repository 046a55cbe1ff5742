"""What the names of time zones in other people's calendars mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from booking.ical.busy.rules import is_zone_rule
from booking.ical.busy.text import Component

# What Microsoft's programs write instead of the names that they document.
_SPOKEN = {
    "tzone://microsoft/utc": "UTC",
    "mitteleuropäische zeit": "Europe/Berlin",
    "mitteleuropäische sommerzeit": "Europe/Berlin",
    "mitteleuropaeische zeit": "Europe/Berlin",
    "central european time": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
}
_CITIES = re.compile(r"\(UTC\+01:00\).*\b(?:Berlin|Wien|Vienna|Rom|Rome|Stockholm)\b")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9+_-]+(?:/[A-Za-z0-9+_-]+)*\Z")

_MOST_OBSERVANCES = 200


@dataclass
class Zones:
    """The zones of one file. `own` holds the VTIMEZONEs that can be trusted, under the names that events use, and
    `guessed` gathers the names for which `fallback` had to stand in."""

    fallback: str
    own: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    def resolve(self, name: str) -> str:
        """A name that icalendar knows for sure, or that of a VTIMEZONE of `own`: IANA's names, then Windows', then
        the file's own definition, then what is spoken, then the fallback."""
        cleaned = name.strip().strip('"').strip()
        known = known_zone(cleaned)
        if known:
            return known
        if cleaned in self.own:
            return cleaned
        spoken = _SPOKEN.get(cleaned.lower()) or ("Europe/Berlin" if _CITIES.search(cleaned) else None)
        if spoken:
            return spoken
        self.guessed.add(cleaned[:60])
        return self.fallback


def zones_of(calendar: Component, *, fallback: str) -> Zones:
    """`fallback` is the advisor's zone; what the calendar calls its own (X-WR-TIMEZONE) comes before it."""
    zones = Zones(fallback=known_zone(calendar.first("X-WR-TIMEZONE")) or fallback)
    for component in calendar.children:
        name = component.first("TZID").strip('"')
        if component.name == "VTIMEZONE" and name and not known_zone(name) and _is_sound(component):
            zones.own[name] = "\r\n".join(_written(component))
    return zones


def known_zone(name: str) -> str | None:
    """IANA's name for it: as it stands, translated from Windows, or behind the prefix of a program."""
    cleaned = name.strip().strip("/")
    if cleaned in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[cleaned])
    while cleaned:
        if _PLAIN_NAME.match(cleaned) and _exists(cleaned):
            return cleaned
        if not name.startswith("/"):
            return None
        cleaned = cleaned.partition("/")[2]
    return None


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_sound(component: Component) -> bool:
    """A rule by the second would keep utcoffset() busy for ever, so the rules are looked at before it is asked."""
    observances = component.children
    if not 0 < len(observances) <= _MOST_OBSERVANCES:
        return False
    if not all(is_zone_rule(rule) for one in observances for rule in one.values("RRULE")):
        return False
    if sum(len(date) for one in observances for date in one.values("RDATE")) > 20 * _MOST_OBSERVANCES:
        return False
    try:
        calendar = Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *_written(component), "END:VCALENDAR", ""]))
        zone = cast("Timezone", calendar.walk("VTIMEZONE")[0]).to_tz(lookup_tzid=False)
        return all(datetime(2026, month, 1, tzinfo=zone).utcoffset() is not None for month in (1, 7))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no zone to us
        return False


def _written(component: Component) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    yield from component.lines
    for child in component.children:
        yield from _written(child)
    yield f"END:{component.name}"


def written_zones(zones: Zones, lines: Iterable[str]) -> str:
    """The file's own VTIMEZONEs that these lines name, as written by `series`."""
    text = "\n".join(lines)
    return "".join(f"{own}\r\n" for name, own in zones.own.items() if f'TZID="{name}"' in text)
