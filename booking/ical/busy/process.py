"""Reads a foreign calendar in a process of its own."""

from __future__ import annotations

from datetime import datetime

from booking.ical.busy.reading import BusyReading
from booking.ical.busy.text import NotACalendar
from foundation.apart import TooMuch, ask

SECONDS = 10.0


def read_busy_apart(
    raw: bytes, *, start: datetime, end: datetime, zone: str, own_domain: str, seconds: float = SECONDS
) -> BusyReading:
    """As `read_busy`, within `seconds`. Raises NotACalendar, for a calendar that is too much for the process too."""
    told = {"start": start.isoformat(), "end": end.isoformat(), "zone": zone, "own_domain": own_domain}
    try:
        answer = ask("booking.ical.busy.child", raw, seconds=seconds, told=told)
    except TooMuch as error:
        raise NotACalendar("Der Kalender ist zu groß oder zu verwickelt, um ihn zu lesen.") from error
    if "error" in answer:
        raise NotACalendar(answer["error"])
    return BusyReading(
        intervals=tuple((first, last) for first, last in answer["intervals"]),
        events=answer["events"],
        guessed_zones=tuple(answer["guessed_zones"]),
        refused=answer["refused"],
        unreadable=answer["unreadable"],
    )
