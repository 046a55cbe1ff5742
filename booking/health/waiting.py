"""Which appointments have not reached a channel yet, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from booking.enums import Channel
from booking.models import Appointment, Outage, PushCalendar, PushEntry
from booking.threads import TO_ADVISOR, TO_FIRM, advisor_of, appointment_of
from foundation.models import OutgoingMail

ON_ITS_WAY = timedelta(minutes=5)
"""What is younger is not called waiting, unless it was given up: the worker needs a minute or two for anything."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appointment that has not reached a channel of an advisor.

    `key` says what it is of the appointment: the entry (its `uid`), or the mails to one of both (their thread).
    `since`: when what is missing there came about. `next_try_at` None: nothing is tried any more unless somebody does
    something. `is_given_away`: it is another advisor's by now, and this one may not learn its time.
    """

    channel: Channel
    advisor_id: int
    key: str
    appointment: Appointment
    what: str
    since: datetime
    reason: str
    next_try_at: datetime | None
    is_tried: bool

    @property
    def is_given_away(self) -> bool:
        return self.appointment.advisor_id != self.advisor_id

    @property
    def is_given_up(self) -> bool:
        return self.next_try_at is None

    def is_told_at(self, now: datetime) -> bool:
        return self.is_given_up or self.since <= now - ON_ITS_WAY


def waiting_appointments(advisors: Collection[int], *, now: datetime) -> list[Waiting]:
    """Of these advisors (keys), in the order of their times. Two queries, three where mails wait."""
    found = [*_entries(advisors, now=now), *_mails(advisors, now=now)]
    return sorted((each for each in found if each.is_told_at(now)), key=lambda each: each.appointment.starts_at)


def _entries(advisors: Collection[int], *, now: datetime) -> list[Waiting]:
    lacking = PushEntry.objects.not_arrived(now=now).filter(calendar__advisor__in=advisors)
    return [_entry(entry) for entry in lacking.select_related("calendar", "appointment__service")]


def _entry(entry: PushEntry) -> Waiting:
    calendar = entry.calendar
    is_tried_again = entry.state == PushEntry.State.WAITING and calendar.state == PushCalendar.State.ACTIVE
    return Waiting(
        channel=Channel.PUSH,
        advisor_id=calendar.advisor_id,
        key=str(entry.appointment.uid),
        appointment=entry.appointment,
        what="Eintrag im eigenen Kalender",
        since=max(entry.appointment.changed_at, calendar.connected_at),
        reason=entry.difference or entry.error or calendar.last_error,
        next_try_at=max(entry.next_try_at, calendar.next_try_at) if is_tried_again else None,
        is_tried=entry.attempts > 0 or entry.state != PushEntry.State.WAITING or calendar.failures > 0,
    )


def _mails(advisors: Collection[int], *, now: datetime) -> list[Waiting]:
    about_appointments = Q(thread__startswith=TO_FIRM) | Q(thread__startswith=TO_ADVISOR)
    mails = list(OutgoingMail.objects.not_arrived().filter(about_appointments).defer("message"))
    if not mails:
        return []
    ahead = Appointment.objects.agreed().filter(
        uid__in={appointment_of(mail.thread) for mail in mails}, ends_at__gt=now
    )
    appointments = {each.uid: each for each in ahead.select_related("service")}
    found = ((mail, appointments.get(appointment_of(mail.thread))) for mail in mails)
    waiting = (_mail(mail, appointment) for mail, appointment in found if appointment)
    return [each for each in waiting if each.advisor_id in advisors]


def _mail(mail: OutgoingMail, appointment: Appointment) -> Waiting:
    is_to_firm = mail.thread.startswith(TO_FIRM)
    return Waiting(
        channel=Channel.MAIL,
        advisor_id=advisor_of(mail.thread) or appointment.advisor_id,
        key=mail.thread,
        appointment=appointment,
        what="E-Mail an den Betrieb" if is_to_firm else "E-Mail an die Beratung",
        since=mail.created_at,
        reason=mail.last_error,
        next_try_at=mail.awaited_attempt,
        is_tried=mail.attempts > 0,
    )


def has_arrived(outage: Outage) -> bool:
    """Whether what was given up of an appointment has reached its channel since it was told of. One query.

    It may also have left the list because a calendar was disconnected, or its mails were taken back.
    """
    if outage.channel == Channel.MAIL:
        return OutgoingMail.objects.sent_since(outage.told_at).filter(thread=outage.key).exists()
    entries = PushEntry.objects.filter(calendar__advisor=outage.advisor_id, appointment=outage.appointment_id)
    return entries.arrived().exists()
