"""What a change of the rules would do, before anybody saves it.

The change is handed on as a value: nothing is written and rolled back, which on SQLite would lock out every writer
meanwhile. The timetable is loaded once as a plan; „afterwards“ is the same one with other rules. Whoever can be booked
counts, named advisors outside the pool too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from booking.domain.caps import monday_of
from booking.domain.clock import BERLIN, exact_minute_of, minute_of, moment_of
from booking.domain.effect import WeekEffect, effect_by_week
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Slot, Wanted, Window, free_slots
from booking.models import Appointment, Service
from booking.timetable import load_commitments, load_hours
from offices.models import Advisor, Office

FURTHEST = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Effect:
    """`weeks` from today to `last`; `met` are the booked appointments ahead that the change concerns, by start.

    `stays` tells of an appointment, which nobody need have stored, whether the change leaves its time on offer. Times
    that a change only brings are not on offer before it is saved.
    """

    weeks: list[WeekEffect]
    last: date
    met: list[Appointment]
    stays: Callable[[Appointment], bool] = lambda _: True

    @property
    def gained(self) -> int:
        return sum(week.gained for week in self.weeks)

    @property
    def lost(self) -> int:
        return sum(week.lost for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Asked:
    """Times of one service, of one duration. `service` is None for one that nobody has saved yet."""

    service: int | None
    kinds: frozenset[str]
    policy: BookingPolicy

    @classmethod
    def usual(cls, service: Service) -> Asked:
        return cls(service.pk, frozenset(service.kinds), service.policy)

    @classmethod
    def shortest(cls, service: Service) -> Asked:
        """What any of the durations can have: a start with room for a longer one has room for this."""
        return cls(service.pk, frozenset(service.kinds), service.policy_for(service.durations[0]))

    def windows(self, windows: Iterable[Window]) -> list[Window]:
        wanted = Wanted(0 if self.service is None else self.service, self.kinds)
        return wanted.of(windows)


@dataclass(frozen=True, slots=True)
class Plan:
    """One state of all that decides which times are free; `counted` stands towards the caps, by service."""

    asked: Sequence[Asked]
    windows: Sequence[Window]
    commitments: Commitments
    counted: Mapping[int | None, Mapping[int, Sequence[int]]]

    def slots(self, *, now: datetime) -> list[Slot]:
        """A time that several services could have comes once for each."""
        return [
            slot
            for asked in self.asked
            for slot in free_slots(
                asked.windows(self.windows),
                replace(self.commitments, counted=self.counted[asked.service]),
                asked.policy,
                now=exact_minute_of(now),
                clock=BERLIN,
            )
        ]


def weeks_between(before: Plan, after: Plan, *, now: datetime) -> list[WeekEffect]:
    return effect_by_week(before.slots(now=now), after.slots(now=now), BERLIN)


def active_services() -> list[Service]:
    return list(Service.objects.filter(is_active=True))


def last_day_of(services: Iterable[Service], today: date) -> date:
    """The end of the longest horizon, at most half a year away."""
    horizon = max((timedelta(days=service.horizon_days) for service in services), default=timedelta())
    return today + min(horizon, FURTHEST)


def booked_ahead(which: Q, *, now: datetime) -> list[Appointment]:
    """By start. One query."""
    ahead = Appointment.objects.booked().filter(which, starts_at__gt=now)
    return list(ahead.select_related("service").order_by("starts_at", "pk"))


@dataclass(frozen=True, slots=True)
class Bookable:
    """The windows of all who can be booked, the offices that they are in, and who that is."""

    windows: list[Window]
    offices: dict[int, Office]
    advisors: frozenset[int]


def load_bookable(first: date, last: date, *, besides: Advisor | Office | None = None) -> Bookable:
    """`besides` counts as active, whatever is stored. Five queries."""
    active = frozenset(Advisor.objects.active().values_list("pk", flat=True))
    if isinstance(besides, Advisor):
        active |= {besides.pk}
    hours = load_hours(first, last, office_ids=None, advisor=None, with_inactive=True)
    windows = [
        window
        for window in hours.windows
        if window.advisor in active
        and (hours.offices[window.office].is_active or hours.offices[window.office] == besides)
        and window.office_day not in hours.inactive_office_days
    ]
    return Bookable(windows, hours.offices, active)


def load_plan(
    asked: Sequence[Asked],
    windows: Sequence[Window],
    offices: Mapping[int, Office],
    first: date,
    last: date,
    *,
    service: Service,
    now: datetime,
) -> Plan:
    """The plan of these windows, with all that stands against their advisors; `service` is any. Three queries."""
    people = {window.advisor for window in windows}
    commitments = load_commitments(people, offices, first, last, service=service, now=now)
    return Plan(asked, windows, commitments, _starts_by_service(people, first, last, now=now))


def _starts_by_service(
    people: Collection[int], first: date, last: date, *, now: datetime
) -> defaultdict[int | None, defaultdict[int, list[int]]]:
    """What counts towards the caps, over whole weeks: per service and advisor. One query."""
    monday, next_monday = monday_of(first), monday_of(last) + timedelta(days=7)
    taken = Appointment.objects.taking_time(now=now).filter(
        advisor__in=people,
        starts_at__gte=moment_of(BERLIN.instant(monday, 0)),
        starts_at__lt=moment_of(BERLIN.instant(next_monday, 0)),
    )
    counted: defaultdict[int | None, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for service, advisor, starts_at in taken.values_list("service_id", "advisor_id", "starts_at"):
        counted[service][advisor].append(minute_of(starts_at))
    return counted
