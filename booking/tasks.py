"""What the worker does for the booking by the clock. Each may run twice, late, or by two workers at once."""

from __future__ import annotations

from django.utils import timezone

from booking.models import Appointment
from booking.services import remind, retention


def release_run_out_holds() -> int:
    """Ends reservations whose time is over. Nobody waits for it: a new reservation clears its way by itself."""
    return Appointment.objects.run_out(now=timezone.now()).let_go()


def send_reminders() -> int:
    """Reminds firms of what lies ahead; the number of mails written."""
    return remind.send_reminders(now=timezone.now())


def apply_retention() -> str:
    """Forgets what is due; the result is shown in the list of tasks."""
    forgotten = retention.apply_retention(now=timezone.now())
    return f"{forgotten.anonymised} anonymisiert, {forgotten.deleted} gelöscht"
