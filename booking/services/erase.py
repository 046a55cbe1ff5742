"""Deleting a firm's data on its own wish (Art. 17 DSGVO)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking import emails
from booking.enums import Status
from booking.models import Appointment
from booking.services.cancel import cancel_appointment
from booking.services.retention import anonymise
from foundation.outbox.queue import drop_waiting
from foundation.outbox.retention import forget_thread


def erase_data(appointment: Appointment, *, now: datetime) -> None:
    """Makes the appointment anonymous at once, in one transaction. Repeating it changes nothing.

    An appointment still ahead is cancelled first, and both sides are told. Of the mails to the firm the word of a
    cancellation still goes out, its text is forgotten by the outbox's own period; others that wait are dropped, and
    whatever is done is emptied now. The mails to the advisor never held the firm's data.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.anonymised_at is not None:
            return
        thread = emails.firm_thread(current)
        drop_waiting(thread, kinds=emails.OVERTAKEN_BY_ERASING, now=now)
        if current.status == Status.BOOKED and current.starts_at > now:
            cancel_appointment(current, now=now)
        anonymise(Appointment.objects.filter(pk=current.pk), now=now)
        forget_thread(thread)
