"""Noting, in the transaction of a change, that it must reach advisors' own calendars. Nothing is sent here (DAV-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django_q.tasks import async_task

from booking.models import AdvisorFeed, Appointment, PushCalendar, PushEntry

PUSH_TASK = "booking.tasks.write_into_calendars"


def note_push(appointment: Appointment, *, now: datetime, former_advisor: int | None = None) -> None:
    """Its advisor's calendar gets it as it is by then; that of a former one loses it. One query without calendars."""
    advisors = {appointment.advisor_id, former_advisor or appointment.advisor_id}
    calendars = list(PushCalendar.objects.writing().filter(advisor__in=advisors))
    if not calendars:
        return
    known = PushEntry.objects.filter(appointment=appointment, calendar__in=calendars)
    known.renew(now=now)
    missing = {calendar.pk for calendar in calendars} - set(known.values_list("calendar", flat=True))
    if missing:
        create_entries([appointment], calendars=missing, now=now)
    wake_worker()


def note_forgotten(appointments: Iterable[Appointment], *, now: datetime) -> None:
    """What says there who came is written anew, without it. One query where nothing does."""
    told = PushEntry.objects.filter(appointment__in=appointments, calendar__detail=AdvisorFeed.Detail.FULL)
    if told.exclude(state=PushEntry.State.REMOVED).renew(now=now, difference=""):
        wake_worker()


def create_entries(appointments: Iterable[Appointment], *, calendars: Iterable[int], now: datetime) -> None:
    """Those that somebody else makes at the same moment are theirs."""
    calendars = list(calendars)
    entries = [
        PushEntry(calendar_id=calendar, appointment=appointment, href=href_of(appointment), next_try_at=now)
        for appointment in appointments
        for calendar in calendars
    ]
    PushEntry.objects.bulk_create(entries, ignore_conflicts=True)


def href_of(appointment: Appointment) -> str:
    """Random like the UID that it is made of, and the same again after a new connection or a restored database: what
    stands there already is then found, not doubled."""
    return f"mehrwert-{appointment.uid.hex}.ics"


def wake_worker() -> None:
    """One task in the current transaction, as for the mails."""
    async_task(PUSH_TASK, save=False)
