"""The next free times of every office, as pages about something else tell them: live, and kept between two changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil

from django.core.cache import cache
from django.db.models import Subquery

from booking.domain.clock import BERLIN, exact_minute_of, minute_of, moment_of
from booking.domain.policy import BookingPolicy
from booking.enums import Kind
from booking.freshness import FREE_TIMES
from booking.models import Appointment, Service
from booking.selectors import free_starts_of_network
from foundation.caching import shelf
from offices.models import Office

SHOWN = 4
LONGEST = timedelta(seconds=60)
"""However still it is, the times are reckoned anew after that; it heals what no signal told."""


@dataclass(frozen=True, slots=True)
class OfficeTimes:
    """When the first times of an office begin, of the first kind that has any; those of a visit depend on the firm."""

    office: int
    slug: str
    name: str
    kind: Kind
    starts: tuple[int, ...]
    holidays: dict[date, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class BookableService:
    slug: str
    name: str
    summary: str
    duration: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be booked, and what is free for the first of it, by the office's id; None and nothing where nothing can.

    `until` is when the clock alone may add a time: a reservation ends, or a day comes into the horizon.
    """

    services: tuple[BookableService, ...]
    policy: BookingPolicy | None
    offices: dict[int, OfficeTimes]
    until: datetime

    @property
    def service(self) -> str | None:
        return self.services[0].slug if self.services else None

    @property
    def title(self) -> str:
        return self.services[0].name if self.services else ""

    def holds(self, now: datetime) -> bool:
        """Whether every shown time still keeps the notice, and none can have come."""
        if now >= self.until:
            return False
        if self.policy is None:
            return True
        minute = exact_minute_of(now)
        return all(
            times.starts[0] >= self.policy.earliest(minute, times.holidays, BERLIN) for times in self.offices.values()
        )

    def end(self, now: datetime) -> datetime:
        """Until when it holds that holds now.

        Notices pass with a whole minute or right after it, and one lies before `until` at most.
        """
        minute = moment_of(ceil(exact_minute_of(now)))
        turns = (minute, minute + timedelta(microseconds=1))
        return min([self.until, *(moment for moment in turns if not self.holds(moment))])

    def soonest(self) -> list[OfficeTimes]:
        return sorted(self.offices.values(), key=lambda times: (times.starts[0], times.name))


def outlook(*, now: datetime) -> Outlook:
    """No query while nothing has changed, five at most when something has."""
    mark = FREE_TIMES.value()
    key = f"booking.outlook.{mark}"
    known = cache.get(key)
    if known is None or not known.holds(now):
        known = _reckon(now)
        cache.set(key, known, max((known.until - now).total_seconds(), 1))
    shelf.depends_on(known.end(now), {FREE_TIMES.key: mark})
    return known


def _reckon(now: datetime) -> Outlook:
    today = BERLIN.local(minute_of(now))[0]
    until = min(now + LONGEST, BERLIN.moment(BERLIN.day_span(today)[1]))
    held = Appointment.objects.holding(now=now).values("hold_expires_at")[:1]
    services = list(Service.objects.filter(is_active=True).annotate(next_run_out=Subquery(held)))
    if not services:
        return Outlook((), None, {}, until)
    first = services[0]
    free = free_starts_of_network(first, now=now, first=today, last=today + timedelta(days=first.horizon_days))
    by_office = defaultdict(list)
    for window, starts in free.found:
        by_office[window.office].append((window.kinds, starts))
    years = range(now.year, now.year + 2)
    found = (_times_of(free.offices[pk], first, by_office[pk], years) for pk in by_office)
    return Outlook(
        tuple(BookableService(each.slug, each.name, each.summary, each.duration_label) for each in services),
        first.policy,
        {times.office: times for times in found if times},
        min(until, first.next_run_out or until),
    )


def _times_of(
    office: Office, service: Service, windows: Sequence[tuple[frozenset[str], Sequence[int]]], years: range
) -> OfficeTimes | None:
    for kind in map(Kind, service.kinds):
        # Of each window, the first are enough to have the first of all.
        starts = {start for kinds, starts in windows if kind in kinds for start in starts[:SHOWN]}
        if starts:
            first = tuple(sorted(starts)[:SHOWN])
            return OfficeTimes(office.pk, office.slug, office.name, kind, first, office.holidays_of(years))
    return None
