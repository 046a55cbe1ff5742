"""Reminding firms of their appointments, once for each time, and the firm's answer „Wir kommen“."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from booking import emails
from booking.domain.clock import BERLIN, minute_of
from booking.domain.errors import AlreadyCancelled, AppointmentChanged, AppointmentOver
from booking.domain.reminders import LONGEST_LEAD, is_reminded
from booking.enums import Status
from booking.models import Appointment
from booking.services.overtaken import take_back


def send_reminders(*, now: datetime) -> int:
    """Writes the reminders that are due; how many.

    It may run twice, late, or in two workers: the row is locked and says for which time its firm was reminded. None
    is written once the appointment has begun, and one that still waits for its mail server then is taken back.
    """
    take_back(emails.OVERTAKEN_BY_CHANGE, of=Q(starts_at__lte=now), now=now)
    until = now + timedelta(hours=LONGEST_LEAD + 1)
    open_ = Appointment.objects.awaiting_reminder(now=now, until=until).select_related("service")
    return sum(_remind(appointment.pk, now=now) for appointment in open_ if _is_due(appointment, now))


def _is_due(appointment: Appointment, now: datetime) -> bool:
    # `changed_at` moves with every mail that names the time: booked, moved.
    return is_reminded(
        start=minute_of(appointment.starts_at),
        hours=appointment.service.reminder_hours,
        told=minute_of(appointment.changed_at),
        now=minute_of(now),
        clock=BERLIN,
    )


def _remind(pk: int, *, now: datetime) -> bool:
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=pk)
        if current.status != Status.BOOKED or current.reminded_for == current.starts_at or not _is_due(current, now):
            return False
        current.reminded_for = current.starts_at
        current.save(update_fields=["reminded_for"])
        emails.send_reminder(current, now=now)
    return True


def confirm_appointment(appointment: Appointment, *, sequence: int, now: datetime) -> Appointment:
    """Notes that the firm will come; the first time counts, and no mail is sent.

    `sequence` is the state that the visitor saw: nobody agrees to a time that was changed meanwhile. Raises
    AlreadyCancelled, AppointmentOver, AppointmentChanged.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.status == Status.CANCELLED:
            raise AlreadyCancelled
        if current.status != Status.BOOKED or current.starts_at <= now:
            raise AppointmentOver
        if current.sequence != sequence:
            raise AppointmentChanged
        if current.confirmed_at is None:
            current.confirmed_at = now
            current.save(update_fields=["confirmed_at"])
    return current
