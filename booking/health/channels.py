"""How each channel of an advisor fares: entries into her calendar, busy times out of it, her feeds, the mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from booking.enums import Channel, ChannelState
from booking.health.waiting import Waiting, waiting_appointments
from booking.models import AdvisorFeed, Appointment, BusyCalendar, PushCalendar
from booking.models.busy import LATE
from offices.models import Advisor

FEED_IS_QUIET = timedelta(days=2)
"""Twice as long as the slowest calendar program takes between two looks."""


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """`key` is the channel's own for ever, `name` what its owner calls it. `next_try_at` None: nobody tries.

    `working_at`: when it worked for the last time, or was connected. `valid_until`: how long a copy of busy times is
    believed. `is_refused`: the server turns us away, and we have stopped asking. `office_id`: of a feed with all
    appointments of an office.
    """

    channel: Channel
    key: str
    kind: str
    state: ChannelState
    name: str = ""
    succeeded_at: datetime | None = None
    working_at: datetime | None = None
    valid_until: datetime | None = None
    is_refused: bool = False
    failed_at: datetime | None = None
    error: str = ""
    next_try_at: datetime | None = None
    client: str = ""
    office_id: int | None = None
    waiting: tuple[Waiting, ...] = ()
    unread: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvisorHealth:
    advisor: Advisor
    channels: tuple[ChannelHealth, ...]

    def of(self, channel: Channel) -> list[ChannelHealth]:
        return [each for each in self.channels if each.channel == channel]

    @property
    def waiting(self) -> list[Waiting]:
        return list(chain.from_iterable(each.waiting for each in self.channels))


def health_of(advisors: Iterable[Advisor], *, now: datetime, out_after: timedelta = LATE) -> list[AdvisorHealth]:
    """Of each of these advisors, in their order. `out_after`: how long a channel may fail before it counts as out.

    Five queries however many there are, six where mails wait.
    """
    people = list(advisors)
    keys = [person.pk for person in people]
    waiting: dict[tuple[int, Channel], list[Waiting]] = defaultdict(list)
    for each in waiting_appointments(keys, now=now):
        waiting[each.advisor_id, each.channel].append(each)
    found: dict[int, list[ChannelHealth]] = defaultdict(list)
    for calendar in PushCalendar.objects.filter(advisor__in=keys):
        lacking = waiting[calendar.advisor_id, Channel.PUSH]
        found[calendar.advisor_id].append(_push(calendar, lacking, now=now, out_after=out_after))
    for copied in BusyCalendar.objects.filter(advisor__in=keys):
        found[copied.advisor_id].append(_busy(copied, now=now, out_after=out_after))
    for feed in AdvisorFeed.objects.filter(advisor__in=keys, revoked_at=None).select_related("office"):
        found[feed.advisor_id].append(_feed(feed, now=now))
    for key in keys:
        found[key].append(_mail(key, waiting[key, Channel.MAIL], now=now, out_after=out_after))
    return [AdvisorHealth(person, tuple(found[person.pk])) for person in people]


def _push(calendar: PushCalendar, waiting: list[Waiting], *, now: datetime, out_after: timedelta) -> ChannelHealth:
    is_refused = calendar.state == PushCalendar.State.REFUSED
    is_failing = calendar.failures > 0
    last_good = calendar.succeeded_at or calendar.connected_at
    is_out = is_refused or (is_failing and last_good <= now - out_after) or _is_overdue(waiting, now - out_after)
    is_removing = calendar.state == PushCalendar.State.REMOVING
    is_between = is_removing or calendar.state == PushCalendar.State.CHOOSING
    return ChannelHealth(
        channel=Channel.PUSH,
        key=str(calendar.uid),
        kind=f"CalDAV ({calendar.get_state_display()})" if is_between else "CalDAV",
        name=str(calendar),
        state=_state(is_out=is_out, is_waiting=is_failing or is_between or bool(waiting)),
        succeeded_at=calendar.succeeded_at,
        working_at=last_good,
        is_refused=is_refused,
        failed_at=calendar.failed_at if calendar.last_error else None,
        error=calendar.last_error,
        next_try_at=max(calendar.next_try_at, now) if (is_failing or is_removing) and not is_refused else None,
        waiting=tuple(waiting),
    )


def _busy(calendar: BusyCalendar, *, now: datetime, out_after: timedelta) -> ChannelHealth:
    is_out = calendar.read_at <= now - out_after or calendar.health_at(now) == BusyCalendar.Health.SILENT
    return ChannelHealth(
        channel=Channel.BUSY,
        key=str(calendar.uid),
        kind=BusyCalendar.Kind(calendar.kind).label,
        name=calendar.name,
        state=_state(is_out=is_out, is_waiting=bool(calendar.last_error)),
        succeeded_at=calendar.read_at,
        working_at=calendar.read_at,
        valid_until=calendar.trusted_until,
        failed_at=calendar.failed_at if calendar.last_error else None,
        error=calendar.last_error,
        next_try_at=max(calendar.next_try_at, now),
    )


def _feed(feed: AdvisorFeed, *, now: datetime) -> ChannelHealth:
    """The other side comes when it likes: nothing fails here, it can only stay away."""
    read = feed.last_fetched_at
    state = ChannelState.UNUSED
    if read is not None:
        state = ChannelState.QUIET if read <= now - FEED_IS_QUIET else ChannelState.GOOD
    return ChannelHealth(
        channel=Channel.FEED,
        key=str(feed.uid),
        kind=f"{feed.get_detail_display()}; {f'alle: {feed.office.name}' if feed.office else 'eigene Termine'}",
        name=feed.name,
        office_id=feed.office_id,
        state=state,
        succeeded_at=read,
        client=feed.client if read else "",
    )


def _mail(advisor: int, waiting: list[Waiting], *, now: datetime, out_after: timedelta) -> ChannelHealth:
    is_out = any(each.is_given_up for each in waiting) or _is_overdue(waiting, now - out_after)
    latest = max((each for each in waiting if each.reason), key=lambda each: each.since, default=None)
    tries = [each.next_try_at for each in waiting if each.next_try_at]
    return ChannelHealth(
        channel=Channel.MAIL,
        key=str(advisor),
        kind="Einladungen und Mitteilungen",
        state=_state(is_out=is_out, is_waiting=bool(waiting)),
        error=latest.reason if latest else "",
        next_try_at=min(tries, default=None),
        waiting=tuple(waiting),
    )


def _is_overdue(waiting: Iterable[Waiting], limit: datetime) -> bool:
    """Something was tried, or given up, and is missing since then."""
    return any(each.is_tried and each.since <= limit for each in waiting)


def _state(*, is_waiting: bool, is_out: bool = False) -> ChannelState:
    if is_out:
        return ChannelState.OUT
    return ChannelState.WAITING if is_waiting else ChannelState.GOOD
