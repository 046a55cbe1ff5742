"""Asking an advisor's own calendar for its busy times. Slow: never inside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.ical.busy.process import read_busy_apart
from booking.ical.busy.reading import BusyReading
from booking.ical.busy.text import NotACalendar
from booking.models import BusyCalendar, Service
from booking.remote.answers import Copy, Unread
from booking.remote.caldav import Account, fetch_caldav
from booking.remote.ics import fetch_ics
from foundation.fetching.client import Client
from foundation.fetching.deadline import Deadline
from foundation.fetching.refusals import FetchRefused
from foundation.sealing import Unsealable

DAYS_AHEAD = 180
SECONDS = 18.0
"""For fetching and reading together."""

_FETCHING = 10.0


@dataclass(frozen=True, slots=True)
class FreshCopy:
    """What was read just now; `reading` None: nothing has changed since the last time."""

    reading: BusyReading | None
    etag: str = ""
    last_modified: str = ""


def span_read(now: datetime) -> tuple[datetime, datetime]:
    """From yesterday's midnight to as far as anybody can book. One query."""
    farthest = Service.objects.filter(is_active=True).aggregate(days=Max("horizon_days"))["days"] or 0
    today = BERLIN.local(minute_of(now))[0]
    first, last = today - timedelta(days=1), today + timedelta(days=max(DAYS_AHEAD, farthest) + 1)
    return moment_of(BERLIN.instant(first, 0)), moment_of(BERLIN.instant(last, 0))


def read_door(
    kind: str,
    door: dict[str, Any],
    *,
    client: Client,
    now: datetime,
    seconds: float = SECONDS,
    etag: str = "",
    last_modified: str = "",
) -> FreshCopy:
    """Fetches by what `BusyCalendar.access` seals, and reads. Raises Unread, whatever went wrong."""
    deadline = Deadline(seconds)
    start, end = span_read(now)
    try:
        limit = min(seconds, _FETCHING)
        if kind == BusyCalendar.Kind.ICS:
            copy = fetch_ics(door["url"], client=client, now=now, seconds=limit, etag=etag, last_modified=last_modified)
        else:
            copy = _fetch_account(door, start=start, end=end, client=client, now=now, seconds=limit)
        if copy is None:
            return FreshCopy(None)
        reading = read_busy_apart(
            copy.texts,
            start=start,
            end=end,
            zone=BERLIN.name,
            own_domain=settings.MAIL_DOMAIN,
            seconds=deadline.left(),
        )
    except (FetchRefused, NotACalendar) as error:
        raise Unread(str(error)) from error
    return FreshCopy(reading, copy.etag, copy.last_modified)


def read_calendar(calendar: BusyCalendar, *, client: Client, now: datetime, seconds: float = SECONDS) -> FreshCopy:
    """The same for a calendar that is connected. Asks only for changes as long as the copy reaches far enough: the
    span that is read moves on with every day."""
    asks_for_changes = BERLIN.local(minute_of(calendar.expanded_at))[0] == BERLIN.local(minute_of(now))[0]
    try:
        door = calendar.door
    except Unsealable as error:
        raise Unread("Die Zugangsdaten sind nicht mehr lesbar. Bitte verbinden Sie den Kalender neu.") from error
    return read_door(
        calendar.kind,
        door,
        client=client,
        now=now,
        seconds=seconds,
        etag=calendar.etag if asks_for_changes else "",
        last_modified=calendar.last_modified if asks_for_changes else "",
    )


def _fetch_account(
    door: dict[str, Any], *, start: datetime, end: datetime, client: Client, now: datetime, seconds: float
) -> Copy:
    account = Account(door["url"], door["user"], door["password"])
    used = [each["url"] for each in door["collections"] if each["used"]]
    return fetch_caldav(account, used, start=start, end=end, client=client, now=now, seconds=seconds)
