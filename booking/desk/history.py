"""The log of an appointment in words: who, what, when. It names nothing of the firm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from booking.enums import Kind, Outcome
from booking.models import Appointment, AppointmentEvent
from booking.services.book import ON_CALL
from booking.wording import local

_BY_ITSELF = {AppointmentEvent.Type.ANONYMISED, AppointmentEvent.Type.LAPSED}


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    what: str
    who: str


def entries(appointment: Appointment) -> Iterator[Entry]:
    """One query."""
    for event in appointment.events.select_related("actor", "former_advisor"):
        yield Entry(event.at, _what(event), _who(event))


def _who(event: AppointmentEvent) -> str:
    if event.actor is not None:
        return event.actor.get_full_name() or event.actor.get_username()
    return "von selbst" if event.type in _BY_ITSELF else "Betrieb"


def _what(event: AppointmentEvent) -> str:
    label = event.get_type_display()
    match event.type:
        case AppointmentEvent.Type.MOVED if "→" in event.detail:
            changes = [" → ".join(map(_german, change.split(" → "))) for change in event.detail.split(", ")]
            changes += [f"bisher bei {event.former_advisor}"] if event.former_advisor else []
            return f"{label}: {'; '.join(changes)}"
        case AppointmentEvent.Type.BOOKED if event.detail == ON_CALL:
            return f"{label}, auf Zuruf bestätigt"
        case AppointmentEvent.Type.OUTCOME:
            return f"{label}: {Outcome(event.detail).label}" if event.detail else "Ergebnis zurückgenommen"
        case _:
            return str(label)


def _german(value: str) -> str:
    """„24.11.2026, 9:00 Uhr“ from „2026-11-24T08:00Z“, „am Telefon“ from „phone“; whatever else stays as it is."""
    if value in Kind.values:
        return Kind(value).label
    try:
        moment = local(datetime.fromisoformat(value))
    except ValueError:
        return value
    return f"{moment:%d.%m.%Y}, {moment.hour}:{moment:%M} Uhr"
