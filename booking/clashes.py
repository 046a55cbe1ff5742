"""Booked appointments in whose time the advisor's own calendar says „taken“.

Nobody could book them so: the entry came later, or the calendar was connected later. It is shown and changes nothing;
our own appointments that come back from there are known by their UID and never stored as taken (IMP-8). A copy made by
hand is known only once somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When

from booking.enums import Status
from booking.models import Appointment, BusyTime, SameEntry
from offices.models import Advisor


def with_clashes(rows: QuerySet[Appointment], *, now: datetime) -> QuerySet[Appointment]:
    """Each with `clashes`; false for what is over or not booked. No query of its own."""
    taken = BusyTime.objects.believed(now=now).filter(calendar__advisor=OuterRef("advisor"))
    taken = taken.overlapping(start=OuterRef("starts_at"), end=OuterRef("ends_at"))
    meets = Exists(_other_than(taken, OuterRef(OuterRef("pk")), OuterRef(OuterRef("sequence"))))
    booked = When(status=Status.BOOKED, ends_at__gt=now, then=meets)
    return rows.annotate(clashes=Case(booked, default=Value(False), output_field=BooleanField()))


def clashing_appointments(advisor: Advisor, *, now: datetime) -> QuerySet[Appointment]:
    """The next first. One query."""
    booked = Appointment.objects.booked().filter(advisor=advisor).select_related("service")
    return with_clashes(booked, now=now).filter(clashes=True).order_by("starts_at")


def times_clashing_with(appointment: Appointment, *, now: datetime) -> QuerySet[BusyTime]:
    """What is taken there. One query, none for what is over or not booked."""
    if appointment.status != Status.BOOKED or appointment.ends_at <= now:
        return BusyTime.objects.none()
    taken = BusyTime.objects.believed(now=now).filter(calendar__advisor=appointment.advisor_id)
    taken = taken.overlapping(start=appointment.starts_at, end=appointment.ends_at)
    return _other_than(taken, appointment.pk, appointment.sequence)


def _other_than(taken: QuerySet[BusyTime], appointment: int | OuterRef, sequence: int | OuterRef) -> QuerySet[BusyTime]:
    """Without what somebody has said to be the appointment itself."""
    span = {name: OuterRef(name) for name in ("calendar", "start", "end")}
    return taken.filter(~Exists(SameEntry.objects.filter(appointment=appointment, sequence=sequence, **span)))


def meeting(appointment: Appointment, times: Iterable[BusyTime]) -> list[BusyTime]:
    """The same of times that are at hand."""
    return [time for time in times if time.start < appointment.ends_at and time.end > appointment.starts_at]
