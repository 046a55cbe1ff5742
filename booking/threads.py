"""The threads of mails about an appointment: those to the firm in one, those to the advisor in another."""

from __future__ import annotations

from uuid import UUID

from booking.models import Appointment

TO_FIRM, TO_ADVISOR = "firm:", "advisor:"


def firm_thread(appointment: Appointment) -> str:
    """Names all mails to the firm about one appointment."""
    return f"{TO_FIRM}{appointment.uid}"


def advisor_thread(appointment: Appointment) -> str:
    return f"{TO_ADVISOR}{appointment.uid}"


def appointment_of(thread: str) -> UUID:
    """The `uid` of the appointment that a thread of either kind is about."""
    return UUID(thread.removeprefix(TO_FIRM).removeprefix(TO_ADVISOR))
