"""An entry in the advisor's own calendar is said to be the appointment itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.clashes import times_clashing_with
from booking.domain.errors import AppointmentOver
from booking.models import Appointment, AppointmentEvent, SameEntry
from foundation.models import User


def recognise_entry(appointment: Appointment, *, actor: User, now: datetime) -> None:
    """What clashes with it at this moment does no longer, as long as neither changes.

    Raises AppointmentOver where nothing clashes: it is over, or the entry is gone.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=appointment.pk)
        taken = list(times_clashing_with(current, now=now))
        if not taken:
            raise AppointmentOver
        SameEntry.objects.bulk_create(
            [
                SameEntry(
                    calendar_id=time.calendar_id,
                    appointment=current,
                    sequence=current.sequence,
                    start=time.start,
                    end=time.end,
                )
                for time in taken
            ],
            ignore_conflicts=True,
        )
        AppointmentEvent.objects.create(appointment=current, type=AppointmentEvent.Type.SAME_ENTRY, at=now, actor=actor)
