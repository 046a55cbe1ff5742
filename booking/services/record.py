"""What the desk writes down about an appointment; the firm is told nothing of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.domain.errors import AppointmentForgotten, AppointmentNotBegun, AppointmentOver
from booking.enums import Outcome, Status
from booking.models import Appointment, AppointmentEvent
from booking.querysets import AppointmentQuerySet
from foundation.models import User


def record_outcome(appointment: Appointment, outcome: Outcome | None, *, actor: User, now: datetime) -> Appointment:
    """Says what became of it, from its beginning on; None takes that back. The same again writes nothing.

    Raises AppointmentNotBegun, and AppointmentOver for what was never booked or is cancelled.
    """
    value = outcome.value if outcome else ""
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.status != Status.BOOKED:
            raise AppointmentOver
        if current.starts_at > now:
            raise AppointmentNotBegun
        if current.outcome == value:
            return current
        current.outcome = value
        current.save(update_fields=["outcome"])
        AppointmentEvent.objects.create(
            appointment=current, type=AppointmentEvent.Type.OUTCOME, at=now, actor=actor, detail=value
        )
    return current


def record_disclosure(appointments: AppointmentQuerySet, *, actor: User, now: datetime) -> int:
    """Notes on each that its data were handed out to the person asking (Art. 15 DSGVO); on how many."""
    with transaction.atomic():
        entries = AppointmentEvent.objects.bulk_create(
            AppointmentEvent(appointment=appointment, type=AppointmentEvent.Type.DISCLOSED, at=now, actor=actor)
            for appointment in appointments.exclude(status=Status.HELD, verification_sent_at__isnull=True)
        )
    return len(entries)


def record_note(appointment: Appointment, note: str, *, actor: User, now: datetime) -> Appointment:
    """Replaces the internal note. The same again writes nothing; the log says that, never what.

    Raises AppointmentForgotten after the anonymisation: nothing would empty the note any more. Raises AppointmentOver
    for reservations.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.anonymised_at is not None:
            raise AppointmentForgotten
        if current.status not in {Status.BOOKED, Status.CANCELLED}:
            raise AppointmentOver
        if current.note == note:
            return current
        current.note = note
        current.save(update_fields=["note"])
        AppointmentEvent.objects.create(appointment=current, type=AppointmentEvent.Type.NOTED, at=now, actor=actor)
    return current
