"""The next free times of every office, as pages about something else tell them: live, and kept between two changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil

from django.core.cache import cache

from booking.domain.clock import BERLIN, exact_minute_of, minute_of, moment_of
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Slot
from booking.enums import Kind
from booking.freshness import FREE_TIMES
from booking.models import Appointment, Service
from booking.selectors import free_times
from foundation.caching import shelf
from offices.models import Office

SHOWN = 4
LONGEST = timedelta(seconds=60)
"""However still it is, the times are reckoned anew after that; it heals what no signal told."""


@dataclass(frozen=True, slots=True)
class OfficeTimes:
    """The first times of an office by the first kind that has any; a visit's times depend on where the firm is."""

    office: int
    slug: str
    name: str
    kind: Kind
    slots: tuple[Slot, ...]
    holidays: dict[date, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is free for the first service, by the office's id; None and nothing where no service can be booked.

    `until` is when the clock alone may add a time: a reservation ends, or a day comes into the horizon.
    """

    service: str | None
    title: str
    policy: BookingPolicy | None
    offices: dict[int, OfficeTimes]
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether every shown time still keeps the notice, and none can have come."""
        if now >= self.until:
            return False
        if self.policy is None:
            return True
        minute = exact_minute_of(now)
        return all(
            times.slots[0].start >= self.policy.earliest(minute, times.holidays, BERLIN)
            for times in self.offices.values()
        )

    def end(self, now: datetime) -> datetime:
        """Until when it holds that holds now.

        Notices pass with a whole minute or right after it, and one lies before `until` at most.
        """
        minute = moment_of(ceil(exact_minute_of(now)))
        turns = (minute, minute + timedelta(microseconds=1))
        return min([self.until, *(moment for moment in turns if not self.holds(moment))])

    def soonest(self) -> list[OfficeTimes]:
        return sorted(self.offices.values(), key=lambda times: (times.slots[0].start, times.name))


def outlook(*, now: datetime) -> Outlook:
    """No query while nothing has changed, nine at most when something has."""
    mark = FREE_TIMES.value()
    key = f"booking.outlook.{mark}"
    known = cache.get(key)
    if known is None or not known.holds(now):
        known = _reckon(now)
        cache.set(key, known, max((known.until - now).total_seconds(), 1))
    shelf.depends_on(known.end(now), {FREE_TIMES.key: mark})
    return known


def _reckon(now: datetime) -> Outlook:
    until = min(now + LONGEST, BERLIN.moment(BERLIN.day_span(BERLIN.local(minute_of(now))[0])[1]))
    service = Service.objects.filter(is_active=True).first()
    if service is None:
        return Outlook(None, "", None, {}, until)
    run_out = Appointment.objects.next_run_out(now=now)
    slots = free_times(service, now=now)
    years = range(now.year, now.year + 2)
    by_office = defaultdict(list)
    for slot in slots:
        by_office[slot.office].append(slot)
    found = (_times_of(office, service, by_office[office.pk], years) for office in Office.objects.in_operation())
    return Outlook(
        service.slug,
        service.name,
        service.policy,
        {times.office: times for times in found if times},
        min(until, run_out or until),
    )


def _times_of(office: Office, service: Service, slots: list[Slot], years: range) -> OfficeTimes | None:
    for kind in (Kind(value) for value in service.kinds if value != Kind.FIRM):
        starts = {slot.start: slot for slot in reversed(slots) if kind in slot.kinds}
        if starts:
            first = tuple(starts[start] for start in sorted(starts)[:SHOWN])
            return OfficeTimes(office.pk, office.slug, office.name, kind, first, office.holidays_of(years))
    return None
