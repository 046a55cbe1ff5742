from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from booking.ical.event import CalendarEvent

PLAIN = CalendarEvent(
    uid="5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example",
    start=datetime(2026, 10, 26, 8, tzinfo=UTC),
    end=datetime(2026, 10, 26, 9, tzinfo=UTC),
    summary="Beratung: Förderung",
    description="Anliegen: Wer zahlt, was; wie viel?\nPfad C:\\Nachweise",
    location="Büro Prenzlau, Markt 1",
    url="https://mehrwert.example/termine/17/?von=kalender&ansicht=1",
    sequence=2,
    created=datetime(2026, 9, 1, 6, 30, tzinfo=UTC),
    changed=datetime(2026, 9, 2, 7, 45, 12, 345678, tzinfo=UTC),
    status="CONFIRMED",
)


def make_event(**changes: Any) -> CalendarEvent:
    return replace(PLAIN, **changes)
