"""Giving an appointment up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking import emails
from booking.domain.errors import AlreadyCancelled, AppointmentOver
from booking.enums import OfferAnswer, Status
from booking.models import Appointment, AppointmentEvent, EarlierWish
from booking.services.close_offers import close_offers, offered_advisors
from booking.services.freed import note_freed
from booking.services.guard import lock_advisors
from booking.services.note_push import note_push
from booking.services.travel import settle_ways, span_of
from foundation.models import User


def cancel_appointment(
    appointment: Appointment, *, now: datetime, actor: User | None = None, reason: str = ""
) -> Appointment:
    """Frees the time at once and tells both sides. `actor` None is the firm itself.

    Raises AlreadyCancelled, and AppointmentOver once the appointment has begun.
    """
    with transaction.atomic():
        lock_advisors(appointment.advisor_id, *offered_advisors(appointment))
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.status == Status.CANCELLED:
            raise AlreadyCancelled
        if current.status != Status.BOOKED or current.starts_at <= now:
            raise AppointmentOver
        current.status = Status.CANCELLED
        current.sequence += 1
        current.cancelled_at = current.changed_at = now
        current.cancel_reason = reason
        current.save()
        # Had it come to another advisor a moment ago, the next change of that day would settle the ways there.
        settle_ways([appointment.advisor_id], [span_of(current)], now=now)
        close_offers(current, OfferAnswer.WITHDRAWN, now=now)
        EarlierWish.objects.filter(appointment=current).delete()
        note_freed(current, now=now)
        AppointmentEvent.objects.create(appointment=current, type=AppointmentEvent.Type.CANCELLED, at=now, actor=actor)
        emails.send_cancelled(current, now=now)
        note_push(current, now=now)
    return current
