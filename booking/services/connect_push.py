"""Connecting the calendar that an advisor's appointments are written into, and letting it go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from booking.enums import Reminder
from booking.models import AdvisorFeed, Appointment, CalendarChannel, PushCalendar, PushEntry
from booking.remote.answers import Unread
from booking.remote.caldav import Account, Found, address_of_home, find_calendars
from booking.remote.objects import AccessRefused, Rejected
from booking.services.channels import FeedsThen, take_way
from booking.services.compare_push import compare
from booking.services.guard import lock_advisors
from booking.services.note_push import create_entries, wake_worker
from booking.services.note_way import note_way
from booking.services.push import collection_of
from foundation.fetching.client import Client
from foundation.fetching.refusals import FetchRefused
from foundation.fetching.site import site_client
from foundation.models import User
from offices.models import Advisor

SECONDS = 10.0


class AlreadyConnected(Exception):
    """The advisor has such a calendar; appointments in two would be doubled."""


class NoSuchCalendar(Exception):
    """The account did not name this calendar."""


def connect_push(
    *,
    advisor: Advisor,
    url: str,
    user: str,
    password: str,
    detail: str = AdvisorFeed.Detail.TITLE,
    reminder: int = Reminder.NONE,
    now: datetime,
    client: Client | None = None,
    feeds: FeedsThen = FeedsThen.OFF,
    actor: User | None = None,
) -> PushCalendar:
    """Finds the account's calendars. The only one is taken at once, of several the advisor chooses.

    What is taken is the advisor's one way from then on: invitations are taken back, links go by `feeds`. The change is
    noted as `choose_channel` does.

    Raises Unread, AlreadyConnected; then nothing is kept.
    """
    account = Account(url, user, password)
    found = _find(account, client=client, now=now)
    names = [{"url": each.url, "name": each.name} for each in found]
    home = address_of_home(account, found)
    door = {"url": home, "user": user, "password": password, "collection": "", "found": names}
    with transaction.atomic():
        lock_advisors(advisor.pk)
        if PushCalendar.objects.filter(advisor=advisor).exists():
            raise AlreadyConnected
        calendar = PushCalendar.objects.create(
            advisor=advisor,
            access=PushCalendar.sealed(door),
            detail=detail,
            reminder=reminder,
            connected_at=now,
            next_try_at=now,
        )
        if len(found) == 1:
            _take(calendar, door, found[0].url, feeds, actor=actor, now=now)
    return calendar


def choose_calendar(
    calendar: PushCalendar,
    *,
    url: str,
    now: datetime,
    feeds: FeedsThen = FeedsThen.OFF,
    actor: User | None = None,
) -> None:
    """Begins to write there. Raises NoSuchCalendar, Unsealable; AlreadyConnected once it has been chosen."""
    with transaction.atomic():
        lock_advisors(calendar.advisor_id)
        current = PushCalendar.objects.select_for_update().get(pk=calendar.pk)
        if current.state != PushCalendar.State.CHOOSING:
            raise AlreadyConnected
        _take(current, current.door, url, feeds, actor=actor, now=now)


def choose_content(calendar: PushCalendar, *, detail: str, reminder: int, now: datetime) -> bool:
    """Has every entry say as much as `detail` allows, those of the past included, and those ahead remind at `reminder`
    (minutes before); False where they do already."""
    with transaction.atomic():
        rows = PushCalendar.objects.filter(pk=calendar.pk)
        says_other = rows.exclude(detail=detail).exists()
        if not rows.exclude(detail=detail, reminder=reminder).update(
            detail=detail, reminder=reminder, detail_changed_at=now
        ):
            return False
        CalendarChannel.objects.filter(advisor=calendar.advisor_id).update(sequence_base=F("sequence_base") + 1)
        there = calendar.entries.exclude(state=PushEntry.State.REMOVED)
        (there if says_other else there.ahead(now=now)).renew(now=now, difference="")
        wake_worker()
    return True


def renew_access(calendar: PushCalendar, *, password: str, now: datetime, client: Client | None = None) -> None:
    """Goes on with a new password, once it was tried. Raises Unread, Unsealable; then nothing has changed."""
    door = calendar.door | {"password": password}
    _find(Account(door["url"], door["user"], password), client=client, now=now)
    with transaction.atomic():
        rows = PushCalendar.objects.filter(pk=calendar.pk)
        rows.update(access=PushCalendar.sealed(door), failures=0, last_error="", next_try_at=now)
        rows.filter(state=PushCalendar.State.REFUSED).update(state=PushCalendar.State.ACTIVE)
        wake_worker()


def compare_now(calendar: PushCalendar, *, now: datetime, client: Client | None = None) -> int:
    """Asks the calendar; how many entries differ. Raises Unread."""
    try:
        return compare(calendar, collection_of(calendar, client=client or site_client(), now=now), now=now)
    except (FetchRefused, AccessRefused, Rejected) as error:
        raise Unread(str(error) or "Der Server verweigert den Zugang.") from error


def repair(calendar: PushCalendar, *, now: datetime, entry: int | None = None) -> int:
    """Has one entry, or all that are not as they should be, written anew over whatever stands there; how many."""
    wrong = calendar.entries.not_there()
    if entry is not None:
        wrong = wrong.filter(pk=entry)
    with transaction.atomic():
        number = wrong.renew(now=now, may_overwrite=True, difference="")
        if number:
            PushCalendar.objects.filter(pk=calendar.pk).update(next_try_at=now)
            wake_worker()
    return number


def disconnect_push(calendar: PushCalendar, *, remove: bool, now: datetime, actor: User | None = None) -> None:
    """As `end_push`, noted as `choose_channel` does."""
    with transaction.atomic():
        if end_push(calendar, remove=remove, now=now):
            ways = CalendarChannel.Way
            note_way(calendar.advisor, former=ways.PUSH, way=ways.FEED, actor=actor, now=now)


def end_push(calendar: PushCalendar, *, remove: bool, now: datetime) -> bool:
    """Forgets the calendar: at once, or after the worker has taken out what was entered. Repeating it with `remove`
    False ends a removal that does not get on. The advisor's way are links again; whether it was this one."""
    with transaction.atomic():
        lock_advisors(calendar.advisor_id)
        was_way = CalendarChannel.objects.of(calendar.advisor).way == CalendarChannel.Way.PUSH
        if was_way:
            take_way(calendar.advisor, CalendarChannel.Way.FEED, now=now)
        if not remove or calendar.state == PushCalendar.State.CHOOSING:
            PushCalendar.objects.filter(pk=calendar.pk).delete()
            return was_way
        PushCalendar.objects.filter(pk=calendar.pk).update(state=PushCalendar.State.REMOVING, next_try_at=now)
        there = calendar.entries.exclude(state=PushEntry.State.REMOVED)
        there.renew(now=now, may_overwrite=True, difference="")
        wake_worker()
    return was_way


def _find(account: Account, *, client: Client | None, now: datetime) -> list[Found]:
    try:
        return find_calendars(account, client=client or site_client(), now=now, seconds=SECONDS)
    except FetchRefused as error:
        raise Unread(str(error)) from error


def _take(
    calendar: PushCalendar, door: dict[str, Any], url: str, feeds: FeedsThen, *, actor: User | None, now: datetime
) -> None:
    name = next((each["name"] for each in door["found"] if each["url"] == url), None)
    if name is None:
        raise NoSuchCalendar
    calendar.name, calendar.state = name, PushCalendar.State.ACTIVE
    calendar.access = PushCalendar.sealed(door | {"collection": url})
    calendar.save(update_fields=["name", "state", "access"])
    way = CalendarChannel.Way.PUSH
    former = take_way(calendar.advisor, way, feeds=feeds, now=now)
    note_way(calendar.advisor, former=former, way=way, actor=actor, now=now)
    ahead = Appointment.objects.booked().filter(advisor=calendar.advisor_id, ends_at__gt=now)
    create_entries(ahead, calendars=[calendar.pk], now=now)
    wake_worker()
