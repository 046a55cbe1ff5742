"""After an old backup was restored: whoever was erased since is erased again, and nobody hears of it again (P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from booking import emails
from booking.elsewhere import elsewhere
from booking.enums import Status
from booking.models import Appointment
from booking.services.erase import erase_one
from booking.services.erasure_ledger import erased
from booking.threads import firm_thread
from foundation.outbox.retention import forget_messages, forget_thread

_AT_ONCE = 500
"""Names that one query may ask for."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many appointments were erased again, how many mails besides theirs emptied, and how much of what apps above
    keep."""

    appointments: int
    mails: int
    elsewhere: int = 0

    def __str__(self) -> str:
        told = f"Noch einmal gelöscht: Termine {self.appointments}, weitere E-Mails {self.mails}"
        return f"{told}, anderes {self.elsewhere}." if self.elsewhere else f"{told}."


def repeat_erasures(*, now: datetime) -> Repeated:
    """Erases again what the ledger names and the database still has. Running it again changes nothing."""
    noted = erased()
    uids = sorted(noted.appointments)
    appointments = 0
    for first in range(0, len(uids), _AT_ONCE):
        kept = Appointment.objects.filter(uid__in=uids[first : first + _AT_ONCE], anonymised_at__isnull=True)
        for appointment in kept.exclude(status=Status.EXPIRED, email="").order_by("pk"):
            _repeat(appointment, now=now)
            appointments += 1
    others = elsewhere.erase_again(noted.elsewhere, now=now)
    return Repeated(appointments, forget_messages(noted.mails, now=now), others)


def _repeat(appointment: Appointment, *, now: datetime) -> None:
    with transaction.atomic():
        erase_one(appointment, now=now)
        emails.take_back_cancelled(appointment, now=now)
        forget_thread(firm_thread(appointment))
