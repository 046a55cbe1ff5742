"""Keeping the copies of advisors' own calendars. What cannot be read is never free: the last good copy stays until it
is too old to be believed, and then nothing is offered at all (IMP-9)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from booking.domain.clock import minute_after, minute_of, moment_of
from booking.domain.intervals import Interval
from booking.freshness import alter_free_times
from booking.ical.busy.reading import BusyReading
from booking.models import BookingSettings, BusyCalendar, BusyTime, SameEntry
from booking.models.busy import FRESH
from booking.remote.answers import Unread
from booking.services.guard import lock_advisors
from booking.services.read_calendar import FreshCopy, read_calendar
from booking.services.turn import Turn, never
from foundation.fetching.client import Client
from foundation.fetching.site import site_client
from offices.models import Advisor, Office

logger = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=12)
"""Less than `FRESH`, so that hardly anybody who books has to wait for a calendar."""

YESTERDAY = timedelta(days=1)
"""What ended before is forgotten."""

LONGEST_PAUSE = timedelta(hours=6)
LONGEST_WISH = timedelta(hours=24)
"""Of a server that asks to be left alone."""

LEASE = timedelta(minutes=3)
ROUND_SECONDS = 20.0
"""After that a round begins no further calendar: other tasks have the same worker."""

BOOKING_SECONDS = 3.0


_BOOKKEEPING = (
    *("etag", "last_modified", "read_at", "expanded_at", "trusted_until", "next_try_at", "leased_until", "failures"),
    *("last_error", "is_empty_once", "remarks", "access"),
)
"""Written without the signal that lets all free times be reckoned anew: mostly nothing has changed but the clock."""


def refresh_due(*, now: datetime, client: Client | None = None, gives_way: Callable[[], bool] = never) -> int:
    """One round of the worker: reads what is due, the longest waiting first. How many were read.

    What a round does not reach, or gives way with, has the next.
    """
    turn = Turn(ROUND_SECONDS, gives_way)
    read = 0
    for calendar in BusyCalendar.objects.due(now=now):
        if turn.is_over():
            break
        read += refresh(calendar, now=now, client=client)
    return read


def refresh_for_booking(
    *, offices: Iterable[Office], advisor: Advisor | None, now: datetime, client: Client | None = None
) -> None:
    """Reads old copies once more before times are booked or reserved by them, for three seconds in all and outside of
    any transaction.

    Of that advisor or, without, of whoever gives times at one of the offices. What is known to fail is not asked again:
    only the worker does that, and the kept copy decides. One query where none is old.
    """
    ends = time.monotonic() + BOOKING_SECONDS
    whose = BusyCalendar.objects.filter(advisor=advisor) if advisor else BusyCalendar.objects.at_offices(offices)
    for calendar in whose.old(now=now, age=FRESH).order_by("read_at"):
        seconds = ends - time.monotonic()
        if seconds <= 0:
            return
        refresh(calendar, now=now, client=client, seconds=seconds)


def refresh(
    calendar: BusyCalendar, *, now: datetime, client: Client | None = None, seconds: float | None = None
) -> bool:
    """Reads one calendar and keeps what came, or notes what went wrong. False where somebody else is at it."""
    mine = BusyCalendar.objects.filter(pk=calendar.pk).unclaimed(now=now)
    if not mine.update(leased_until=now + LEASE):
        return False
    limit = {} if seconds is None else {"seconds": seconds}
    try:
        copy = read_calendar(calendar, client=client or site_client(), now=now, **limit)
    except Unread as failure:
        _note_failure(calendar, failure, now=now)
    except Exception:  # one calendar that finds a fault of ours must not keep the others from being read
        logger.exception("A calendar could not be read")
        _note_failure(calendar, Unread("Beim Lesen ist ein unerwarteter Fehler aufgetreten."), now=now)
    else:
        keep_copy(calendar, copy, now=now)
    return True


def keep_copy(calendar: BusyCalendar, copy: FreshCopy, *, now: datetime) -> None:
    """Puts the copy in the place of the last one, behind the lock of the advisor: a booking sees the one or the other.

    A calendar that was full and comes back empty is believed at the second time.
    """
    with transaction.atomic():
        lock_advisors(calendar.advisor_id)
        current = BusyCalendar.objects.select_for_update().filter(pk=calendar.pk).first()
        if current is None:  # disconnected meanwhile
            return
        _note_success(current, now=now)
        if copy.reading is not None:
            before = _kept(current, after=now)
            current.is_empty_once = not copy.reading.intervals and bool(before) and not current.is_empty_once
            if not current.is_empty_once:
                _put(current, copy, copy.reading, before=before, now=now)
        else:
            current.is_empty_once = False
        BusyCalendar.objects.bulk_update([current], _BOOKKEEPING)


def _note_success(calendar: BusyCalendar, *, now: datetime) -> None:
    was_silent = now >= calendar.trusted_until
    # By the present key: a former one is needed no longer than until every calendar was read once.
    calendar.access = BusyCalendar.sealed(calendar.door)
    calendar.read_at = now
    calendar.trusted_until = now + _trust()
    calendar.next_try_at = now + _spread(INTERVAL, calendar.pk)
    calendar.leased_until = None
    calendar.failures, calendar.last_error = 0, ""
    if was_silent:
        alter_free_times()


def _put(
    calendar: BusyCalendar, copy: FreshCopy, reading: BusyReading, *, before: Collection[Interval], now: datetime
) -> None:
    calendar.etag, calendar.last_modified, calendar.expanded_at = copy.etag, copy.last_modified, now
    calendar.remarks = {
        "events": reading.events,
        "guessed_zones": list(reading.guessed_zones),
        "refused": reading.refused,
        "unreadable": reading.unreadable,
    }
    calendar.times.filter(end__lt=now - YESTERDAY).delete()
    calendar.same_entries.filter(end__lt=now - YESTERDAY).delete()
    if set(before) == {span for span in reading.intervals if span[1] > minute_of(now)}:
        return
    calendar.times.all().delete()
    BusyTime.objects.bulk_create(
        BusyTime(calendar=calendar, start=moment_of(start), end=moment_of(end)) for start, end in reading.intervals
    )
    SameEntry.objects.gone_from(calendar).delete()
    alter_free_times()


def _kept(calendar: BusyCalendar, *, after: datetime) -> list[Interval]:
    ahead = calendar.times.filter(end__gt=after).values_list("start", "end")
    return [(minute_of(start), minute_after(end)) for start, end in ahead]


def _note_failure(calendar: BusyCalendar, failure: Unread, *, now: datetime) -> None:
    """The pause grows from the usual one to six hours; a server may ask for more."""
    pause = min(INTERVAL * 2 ** min(calendar.failures, 10), LONGEST_PAUSE)
    wished = min(failure.retry_after or timedelta(0), LONGEST_WISH)
    BusyCalendar.objects.filter(pk=calendar.pk).update(
        failures=F("failures") + 1,
        last_error=failure.text[:300],
        failed_at=now,
        trusted_until=F("read_at") + _trust(),
        next_try_at=now + max(_spread(pause, calendar.pk), wished),
        leased_until=None,
    )


def _trust() -> timedelta:
    return timedelta(hours=BookingSettings.in_force().hours_until_on_request)


def _spread(pause: timedelta, key: int) -> timedelta:
    """Up to a tenth less, each calendar always by the same share: not all of them are due in one minute."""
    return pause * (1 - (key * 37 % 100) / 1000)
