"""The appointment behind a mail's link, and how its pages name it."""

from __future__ import annotations

from datetime import datetime

from booking.enums import Kind, Status
from booking.links import LinkInvalid, Purpose, appointment_of, path_to
from booking.models import Appointment
from booking.wording import arrival, when, where


def booked_by(token: str, purpose: Purpose, *, now: datetime) -> Appointment:
    """Links of mails exist for appointments that were booked; a mere reservation has none.

    Raises LinkInvalid, LinkForgotten or LinkExpired.
    """
    appointment = appointment_of(token, purpose, now=now)
    if appointment.status not in {Status.BOOKED, Status.CANCELLED}:
        raise LinkInvalid
    return appointment


def shown(appointment: Appointment) -> dict[str, object]:
    return {
        "appointment": appointment,
        "data_url": path_to(appointment, Purpose.DATA),
        "when": when(appointment.starts_at, appointment.ends_at),
        "where": where(appointment),
        "arrival": arrival(appointment),
        "facts": [
            {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
            {"term": "Wo", "value": where(appointment), "note": arrival(appointment)},
            {"term": "Wie", "value": Kind(appointment.kind).label},
            {"term": "Anliegen", "value": appointment.service.name},
            {"term": "Beratung", "value": appointment.advisor.public_name},
            {"term": "Vorgangsnummer", "value": appointment.reference},
        ],
    }
