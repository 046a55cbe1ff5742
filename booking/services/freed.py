"""Noting that a booked time is free again, for the firms that wait for an earlier one."""

from __future__ import annotations

from datetime import datetime

from django_q.tasks import async_task

from booking.models import Appointment, EarlierWish, FreedTime


def note_freed(former: Appointment, *, now: datetime) -> None:
    """In the transaction that frees the time of `former`; the worker is woken in the same one.

    One query where nobody waits. The time is in nobody's hands until the worker offers it: whoever books it first has
    it.
    """
    if former.starts_at <= now:
        return
    waiting = EarlierWish.objects.waiting(office=former.office_id, after=former.starts_at)
    if not waiting.exclude(appointment=former.pk).exists():
        return
    FreedTime.objects.create(
        advisor_id=former.advisor_id,
        office_id=former.office_id,
        former_id=former.pk,
        starts_at=former.starts_at,
        ends_at=former.ends_at,
        freed_at=now,
    )
    async_task("booking.tasks.pass_on_freed_times", save=False)
