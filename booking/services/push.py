"""The way into advisors' own calendars: due entries are carried there one after the other, calendar by calendar.

At least once: a process that dies after the server's answer and before our UPDATE finds its object there next time.
Slow: never inside a transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from booking.enums import Status
from booking.models import Appointment, PushCalendar, PushEntry
from booking.remote.answers import Unread
from booking.remote.caldav import Account
from booking.remote.objects import AccessRefused, Changed, Collection, Rejected
from booking.services.compare_push import COMPARE_EVERY, compare_if_due
from booking.services.note_push import create_entries, wake_worker
from booking.services.push_log import write_line
from booking.services.push_object import Conflict, delete_object, write_object
from booking.services.turn import Turn, never
from booking.wording import day_and_time
from foundation.fetching.client import Client
from foundation.fetching.refusals import FetchRefused
from foundation.fetching.site import site_client
from foundation.sealing import Unsealable

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""Longer than a task of the worker may run."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 360))
"""After the n-th failed attempt. An entry is given up after the last; a calendar is asked on, every six hours."""

LONGEST_WISH = timedelta(hours=24)
"""Of a server that asks to be left alone."""

TIME_BUDGET = 40.0
"""Seconds after which a round begins no further entry: other tasks have the same worker."""

_SLOW_FAULT = "Der Server hat den Eintrag mehrmals hintereinander nicht in unserem Stand behalten."


def push_due(
    *,
    now: datetime,
    client: Client | None = None,
    budget: float = TIME_BUDGET,
    gives_way: Callable[[], bool] = never,
) -> int:
    """One round of the worker; how many calendars were written into. What a round does not reach has the next."""
    turn = Turn(budget, gives_way)
    _note_missed(now=now)
    pushed = 0
    for calendar in PushCalendar.objects.due(now=now).with_work(now=now, compared_before=now - COMPARE_EVERY):
        if turn.is_over():
            wake_worker()
            break
        pushed += push(calendar, now=now, client=client, turn=turn)
    return pushed


def push(calendar: PushCalendar, *, now: datetime, turn: Turn, client: Client | None = None) -> bool:
    """Carries what is due into one calendar, then looks whether all else is still as it should be. False where
    somebody else is at it."""
    if not PushCalendar.objects.filter(pk=calendar.pk).unclaimed(now=now).update(leased_until=now + LEASE):
        return False
    calendar.refresh_from_db()
    try:
        collection = collection_of(calendar, client=client or site_client(), now=now)
        is_done = _carry_all(calendar, collection, now=now, turn=turn)
        if is_done and calendar.state == PushCalendar.State.ACTIVE:
            compare_if_due(calendar, collection, now=now)
    except AccessRefused:
        _note_refused(calendar, now=now)
    except (FetchRefused, Unread, Rejected) as fault:
        _put_off(calendar, fault, now=now)
    except Exception:  # one calendar that finds a fault of ours must not keep the others from being written
        logger.exception("A calendar could not be written into")
        _put_off(calendar, Unread("Beim Eintragen ist ein unerwarteter Fehler aufgetreten."), now=now)
    else:
        PushCalendar.objects.filter(pk=calendar.pk).update(
            leased_until=None, failures=0, last_error="", succeeded_at=now, next_try_at=now
        )
        _finish_removal(calendar)
    return True


def collection_of(calendar: PushCalendar, *, client: Client, now: datetime) -> Collection:
    """Raises Unread where its access cannot be opened any more."""
    try:
        door = calendar.door
    except Unsealable as error:
        raise Unread("Die Zugangsdaten sind nicht mehr lesbar. Bitte verbinden Sie den Kalender neu.") from error
    return Collection(Account(door["url"], door["user"], door["password"]), door["collection"], client, now)


def _carry_all(calendar: PushCalendar, collection: Collection, *, now: datetime, turn: Turn) -> bool:
    """False where the time was not enough; the rest has a task of its own. One at least, or nothing has succeeded."""
    for number, pk in enumerate(list(calendar.entries.due(now=now).values_list("pk", flat=True))):
        if number and turn.is_over():
            wake_worker()
            return False
        entry = PushEntry.objects.with_appointment().filter(pk=pk, state=PushEntry.State.WAITING).first()
        if entry is not None:
            _carry(entry, calendar, collection, now=now)
    return True


def _carry(entry: PushEntry, calendar: PushCalendar, collection: Collection, *, now: datetime) -> None:
    appointment = entry.appointment
    is_wanted = (
        entry.calendar.state == PushCalendar.State.ACTIVE  # of this moment: she may have begun to disconnect
        and appointment.status == Status.BOOKED
        and appointment.advisor_id == calendar.advisor_id
    )
    try:
        if is_wanted:
            etag = write_object(entry, collection)
            _settle(entry, PushEntry.State.DONE, etag, appointment.sequence, now=now)
        else:
            delete_object(entry, collection)
            _settle(entry, PushEntry.State.REMOVED, "", None, now=now)
    except Conflict as conflict:
        PushEntry.objects.as_read(entry).update(state=PushEntry.State.CONFLICT, difference=str(conflict))
        write_line(calendar, "Nicht eingetragen. " + str(conflict), now=now, entry=entry)
    except (Rejected, Changed) as fault:
        _note_failure(entry, calendar, str(fault) or _SLOW_FAULT, now=now)


def _settle(entry: PushEntry, state: str, etag: str, sequence: int | None, *, now: datetime) -> None:
    """What stands there now is noted in any case; that it is done, only if nothing has changed meanwhile."""
    there = {"etag": etag, "pushed_sequence": sequence, "pushed_at": now}
    with transaction.atomic():
        if not PushEntry.objects.as_read(entry).update(
            state=state, attempts=0, error="", difference="", may_overwrite=False, **there
        ):
            PushEntry.objects.filter(pk=entry.pk).update(**there)
        start = day_and_time(entry.appointment.starts_at)
        text = f"Eingetragen: {start}." if state == PushEntry.State.DONE else f"Entfernt: {start}."
        write_line(entry.calendar, text, now=now, entry=entry)


def _note_failure(entry: PushEntry, calendar: PushCalendar, text: str, *, now: datetime) -> None:
    attempts = entry.attempts + 1
    is_last = attempts > len(PAUSES)
    PushEntry.objects.as_read(entry).update(
        attempts=attempts,
        error=text,
        state=PushEntry.State.FAILED if is_last else PushEntry.State.WAITING,
        next_try_at=now + PAUSES[min(attempts, len(PAUSES)) - 1],
    )
    write_line(calendar, f"{'Aufgegeben' if is_last else 'Noch nicht eingetragen'}: {text}", now=now, entry=entry)


def _note_refused(calendar: PushCalendar, *, now: datetime) -> None:
    """No further attempt before somebody gives a new password; `watch_channels` tells of it."""
    text = "Der Server verweigert den Zugang. Bitte geben Sie ein neues App-Passwort ein."
    noted = {"leased_until": None, "last_error": text, "failed_at": now, "failures": F("failures") + 1}
    write_line(calendar, text, now=now)
    active = PushCalendar.objects.filter(pk=calendar.pk, state=PushCalendar.State.ACTIVE)
    if not active.update(state=PushCalendar.State.REFUSED, **noted):
        PushCalendar.objects.filter(pk=calendar.pk).update(next_try_at=now + PAUSES[-1], **noted)


def _put_off(calendar: PushCalendar, fault: Exception, *, now: datetime) -> None:
    """The whole calendar: what keeps one entry from arriving there keeps them all. A server may ask for more time."""
    pause = PAUSES[min(calendar.failures, len(PAUSES) - 1)]
    wished = getattr(fault, "retry_after", None) or timedelta(0)
    PushCalendar.objects.filter(pk=calendar.pk).update(
        failures=F("failures") + 1,
        last_error=str(fault)[:300],
        failed_at=now,
        next_try_at=now + max(pause, min(wished, LONGEST_WISH)),
        leased_until=None,
    )
    write_line(calendar, str(fault), now=now)


def _note_missed(*, now: datetime) -> None:
    """What was booked in the very moment in which its advisor's calendar was connected. One query for none."""
    missed = Appointment.objects.booked().without_push(now=now).select_related("advisor__push_calendar")
    for appointment in missed:
        create_entries([appointment], calendars=[appointment.advisor.push_calendar.pk], now=now)


def _finish_removal(calendar: PushCalendar) -> None:
    """Disconnected once nothing of ours is left there."""
    if calendar.state == PushCalendar.State.REMOVING:
        left = calendar.entries.exclude(state=PushEntry.State.REMOVED)
        if not left.exists():
            PushCalendar.objects.filter(pk=calendar.pk, state=PushCalendar.State.REMOVING).delete()
