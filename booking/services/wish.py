"""A firm's wish to be asked when an earlier time becomes free."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.domain.errors import AlreadyCancelled, AppointmentOver, FirmWithoutAddress
from booking.enums import Status
from booking.models import Appointment, AppointmentEvent, EarlierWish
from foundation.models import User


def wish_earlier(
    appointment: Appointment, *, day_part: str, same_advisor: bool, now: datetime, actor: User | None = None
) -> EarlierWish:
    """Puts the firm on the list, or changes its wish; its place in the turn stays. `actor` None is the firm itself.

    Raises AlreadyCancelled, AppointmentOver, and FirmWithoutAddress: it is asked by mail.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.status == Status.CANCELLED:
            raise AlreadyCancelled
        if current.status != Status.BOOKED or current.starts_at <= now:
            raise AppointmentOver
        if not current.email:
            raise FirmWithoutAddress
        wish, is_new = EarlierWish.objects.update_or_create(
            appointment=current,
            defaults={"day_part": day_part, "same_advisor": same_advisor},
            create_defaults={"day_part": day_part, "same_advisor": same_advisor, "asked_at": now},
        )
        if is_new:
            _note(current, AppointmentEvent.Type.WISHED, now=now, actor=actor)
    return wish


def end_wish(appointment: Appointment, *, now: datetime, actor: User | None = None) -> None:
    """The firm is asked no more; what is held for it stays so until it answers. Again, it changes nothing."""
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        deleted, _ = EarlierWish.objects.filter(appointment=current).delete()
        if deleted:
            _note(current, AppointmentEvent.Type.UNWISHED, now=now, actor=actor)


def _note(appointment: Appointment, event: AppointmentEvent.Type, *, now: datetime, actor: User | None) -> None:
    AppointmentEvent.objects.create(appointment=appointment, type=event, at=now, actor=actor)
