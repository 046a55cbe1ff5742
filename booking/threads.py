"""The threads of mails about an appointment: those to the firm in one, those to each advisor in another.

In the one an earlier mail counts as arrived once a later one has left. What a former advisor gets says nothing to the
one who has the appointment now, so each has a thread.
"""

from __future__ import annotations

from uuid import UUID

from booking.models import Appointment

TO_FIRM, TO_ADVISOR = "firm:", "advisor:"


def firm_thread(appointment: Appointment) -> str:
    """Names all mails to the firm about one appointment."""
    return f"{TO_FIRM}{appointment.uid}"


def advisor_thread(appointment: Appointment) -> str:
    """Names all mails about one appointment to the advisor it has; `advisor:<uid>:<number of the advisor>`."""
    return f"{TO_ADVISOR}{appointment.uid}:{appointment.advisor_id}"


def appointment_of(thread: str) -> UUID:
    """The `uid` of the appointment that a thread of either kind is about."""
    return UUID(thread.split(":")[1])


def advisor_of(thread: str) -> int | None:
    """The number of the advisor whom the mails of a thread go to; None for those to the firm.

    None also where the thread names nobody: a web process of the release before wrote it while the database was new
    already.
    """
    _, _, *advisor = thread.split(":")
    return int(advisor[0]) if advisor and thread.startswith(TO_ADVISOR) else None
