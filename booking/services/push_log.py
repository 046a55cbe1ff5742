"""The log that an advisor reads about her own calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from booking.models import PushCalendar, PushEntry, PushLine

KEPT = timedelta(days=30)


def write_line(calendar: PushCalendar, text: str, *, now: datetime, entry: PushEntry | None = None) -> None:
    """Nothing where the calendar was let go while its server was waited for."""
    if not PushCalendar.objects.filter(pk=calendar.pk).exists():
        return
    reference = entry.appointment.reference if entry else ""
    PushLine.objects.create(calendar=calendar, at=now, reference=reference, text=text[:300])


def forget_old_lines(calendar: PushCalendar, *, now: datetime) -> None:
    PushLine.objects.filter(calendar=calendar, at__lt=now - KEPT).delete()
