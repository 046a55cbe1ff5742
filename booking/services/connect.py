"""Connecting an advisor's own calendar: it is read once first, and stays only if that went well."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from booking.models import BusyCalendar
from booking.remote.answers import Unread
from booking.remote.caldav import Account, Found, address_of_home, find_calendars
from booking.services.guard import lock_advisors
from booking.services.read_calendar import read_door
from booking.services.refresh import keep_copy
from foundation.fetching.addresses import parse_address
from foundation.fetching.client import Client
from foundation.fetching.refusals import FetchRefused
from foundation.fetching.site import site_client
from foundation.sealing import Unsealable
from offices.models import Advisor

MAX_CALENDARS = 5
"""Of one advisor."""

FINDING_SECONDS = 8.0


class TooManyCalendars(Exception):
    """The advisor has as many connected calendars as allowed."""


class AlreadyRead(Exception):
    """The advisor has connected this calendar, or one of this account, before; by the name of that connection."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def connect_ics(*, advisor: Advisor, name: str, url: str, now: datetime, client: Client | None = None) -> BusyCalendar:
    """Raises Unread, TooManyCalendars, AlreadyRead; then nothing is kept."""
    return _connect(advisor, BusyCalendar.Kind.ICS, name, {"url": url}, now=now, client=client or site_client())


def connect_caldav(
    *,
    advisor: Advisor,
    name: str,
    url: str,
    user: str,
    password: str,
    now: datetime,
    client: Client | None = None,
) -> BusyCalendar:
    """With all calendars of the account. Raises Unread, TooManyCalendars, AlreadyRead; then nothing is kept."""
    client = client or site_client()
    account = Account(url, user, password)
    found = _find(account, now=now, client=client)
    home = address_of_home(account, found)
    door = {"url": home, "user": user, "password": password, "collections": _collections(found)}
    return _connect(advisor, BusyCalendar.Kind.CALDAV, name, door, now=now, client=client)


def choose_collections(
    calendar: BusyCalendar, *, used: Collection[str], now: datetime, client: Client | None = None
) -> None:
    """Reads these calendars of the account (addresses) from now on. Raises Unread; then nothing has changed."""
    door = calendar.door
    door["collections"] = [each | {"used": each["url"] in used} for each in door["collections"]]
    copy = read_door(calendar.kind, door, client=client or site_client(), now=now)
    with transaction.atomic():
        # Before its calendar, as everybody does who keeps a copy.
        lock_advisors(calendar.advisor_id)
        BusyCalendar.objects.filter(pk=calendar.pk).update(access=BusyCalendar.sealed(door), is_empty_once=True)
        keep_copy(calendar, copy, now=now)


def find_new_collections(calendar: BusyCalendar, *, now: datetime, client: Client | None = None) -> list[str]:
    """Has calendars that the account has gained read as well, as all were at first; their names. Not those that the
    advisor has connected by themselves; none where somebody else wrote the connection meanwhile: the next look finds
    them. Raises Unread, Unsealable; nothing has changed then.
    """
    door = calendar.door
    found = _find(Account(door["url"], door["user"], door["password"]), now=now, client=client or site_client())
    with transaction.atomic():
        lock_advisors(calendar.advisor_id)
        known = _read_at(door)
        for other in BusyCalendar.objects.filter(advisor=calendar.advisor_id).exclude(pk=calendar.pk):
            known |= _read_at_of(other)
        new = [each for each in found if _place_of(each.url) not in known]
        door["collections"] += _collections(new)
        as_read = BusyCalendar.objects.filter(pk=calendar.pk, access=calendar.access)
        is_kept = bool(new) and as_read.update(access=BusyCalendar.sealed(door))
    return [each.name for each in new] if is_kept else []


def disconnect(calendar: BusyCalendar) -> None:
    """Its times are free again, and nothing of it is kept."""
    with transaction.atomic():
        lock_advisors(calendar.advisor_id)
        BusyCalendar.objects.filter(pk=calendar.pk).delete()


def _find(account: Account, *, now: datetime, client: Client) -> list[Found]:
    try:
        return find_calendars(account, client=client, now=now, seconds=FINDING_SECONDS)
    except FetchRefused as error:
        raise Unread(str(error)) from error


def _collections(found: list[Found]) -> list[dict[str, Any]]:
    return [{"url": each.url, "name": each.name, "used": True} for each in found]


def _connect(
    advisor: Advisor, kind: str, name: str, door: dict[str, Any], *, now: datetime, client: Client
) -> BusyCalendar:
    copy = read_door(kind, door, client=client, now=now)
    with transaction.atomic():
        lock_advisors(advisor.pk)
        connected = list(BusyCalendar.objects.filter(advisor=advisor))
        _refuse_second(connected, door)
        if len(connected) >= MAX_CALENDARS:
            raise TooManyCalendars
        calendar = BusyCalendar.objects.create(
            advisor=advisor,
            kind=kind,
            name=name,
            access=BusyCalendar.sealed(door),
            connected_at=now,
            read_at=now,
            expanded_at=now,
            trusted_until=now + timedelta(minutes=1),
            next_try_at=now,
        )
        keep_copy(calendar, copy, now=now)
    calendar.refresh_from_db()
    return calendar


def _refuse_second(connected: list[BusyCalendar], door: dict[str, Any]) -> None:
    """Behind the advisor's lock, so that two clicks do not connect one calendar twice. Raises AlreadyRead."""
    wanted = _read_at(door)
    for calendar in connected:
        if wanted & _read_at_of(calendar):
            raise AlreadyRead(calendar.name)


def _read_at_of(calendar: BusyCalendar) -> set[str]:
    try:
        return _read_at(calendar.door)
    except Unsealable:  # what nobody can open nobody reads
        return set()


def _read_at(door: dict[str, Any]) -> set[str]:
    """Where a door leads to. Of an account the addresses of its calendars, by whatever address of the server and
    spelling of the user they were found."""
    urls = [each["url"] for each in door["collections"]] if "collections" in door else [door["url"]]
    return set(map(_place_of, urls))


def _place_of(url: str) -> str:
    """Spelled in one way: http, https and webcal are the same place."""
    return parse_address(url).url.partition("://")[2]
