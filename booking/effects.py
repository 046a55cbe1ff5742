"""What a closure would do, before anybody saves it.

The change is handed on as a value: nothing is written and rolled back, which on SQLite would lock out every writer
meanwhile. The timetable is loaded once; „afterwards“ is the same one with other closures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from booking.domain.caps import monday_of
from booking.domain.clock import BERLIN, exact_minute_of, minute_after, minute_of, moment_of
from booking.domain.effect import WeekEffect, effect_by_week
from booking.domain.intervals import overlap
from booking.domain.slots import Commitments, Slot, Wanted, Window, free_slots
from booking.models import Appointment, Closure, Service
from booking.timetable import closed_spans, closed_times, load_commitments, load_hours, standing_closures
from offices.models import Advisor

FURTHEST = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class ClosureEffect:
    """`weeks` from today to `last`; `met` are the booked appointments ahead that stand in it and did not before."""

    weeks: list[WeekEffect]
    last: date
    met: list[Appointment]

    @property
    def gained(self) -> int:
        return sum(week.gained for week in self.weeks)

    @property
    def lost(self) -> int:
        return sum(week.lost for week in self.weeks)


def effect_of_closure(closure: Closure, *, now: datetime) -> ClosureEffect:
    """The effect of saving this closure, new or in the place of the stored one with its key.

    Counts the free times of those whom the old or the new closure concerns, named advisors outside the pool too, and
    each once, whatever it could be booked for: the question of an office is how many times are left, and one sum over
    all services would count the same half hour several times. The shortest duration of a service decides. The
    number of queries grows neither with services nor with advisors, days or appointments.
    """
    today = BERLIN.local(minute_of(now))[0]
    services = list(Service.objects.filter(is_active=True))
    horizon = max((timedelta(days=service.horizon_days) for service in services), default=timedelta())
    last = today + min(horizon, FURTHEST)
    stored = Closure.objects.filter(pk=closure.pk).first() if closure.pk else None
    either = [closure] if stored is None else [stored, closure]
    first_changed = max(today, min(each.first_day for each in either))
    last_changed = min(last, max(each.last_day for each in either))
    weeks: list[WeekEffect] = []
    if services and first_changed <= last_changed:
        start = max(today, monday_of(first_changed))
        end = min(last, monday_of(last_changed) + timedelta(days=6))
        weeks = effect_by_week(*_before_and_after(closure, either, services, start, end, now=now), BERLIN)
    return ClosureEffect(weeks, last, _newly_met(closure, stored, today=today, now=now))


def _before_and_after(
    closure: Closure, either: Sequence[Closure], services: Sequence[Service], first: date, last: date, *, now: datetime
) -> tuple[list[Slot], list[Slot]]:
    active = set(Advisor.objects.active().values_list("pk", flat=True))
    # Whoever is outside the pool can still be booked by name.
    hours = load_hours(first, last, office_ids=None, advisor=None, with_inactive=True)
    windows = [
        window
        for window in hours.windows
        if window.advisor in active
        and hours.offices[window.office].is_active
        and any(_concerns(each, window.advisor, window.office) for each in either)
    ]
    people = {window.advisor for window in windows}
    before = load_commitments(people, hours.offices, first, last, service=services[0], now=now)
    counted = _starts_by_service(people, first, last, now=now)
    closures = [each for each in standing_closures(first, last) if each.pk != closure.pk]
    absent, closed = closed_times([*closures, closure], hours.offices, first, last)
    after = replace(before, absent=absent, closed=closed)

    def slots_of(state: Commitments) -> list[Slot]:
        return [
            slot
            for service in services
            for slot in _slots(service, windows, replace(state, counted=counted[service.pk]), now=now)
        ]

    return slots_of(before), slots_of(after)


def _slots(service: Service, windows: list[Window], commitments: Commitments, *, now: datetime) -> list[Slot]:
    wanted = Wanted(service.pk, frozenset(service.kinds))
    fitting = [replace(window, kinds=window.kinds & wanted.kinds) for window in windows if wanted.fits(window)]
    policy = service.policy_for(service.durations[0])
    return free_slots(fitting, commitments, policy, now=exact_minute_of(now), clock=BERLIN)


def _starts_by_service(
    people: Collection[int], first: date, last: date, *, now: datetime
) -> defaultdict[int, defaultdict[int, list[int]]]:
    """What counts towards the caps, over whole weeks: per service and advisor. One query."""
    monday, next_monday = monday_of(first), monday_of(last) + timedelta(days=7)
    taken = Appointment.objects.taking_time(now=now).filter(
        advisor__in=people,
        starts_at__gte=moment_of(BERLIN.instant(monday, 0)),
        starts_at__lt=moment_of(BERLIN.instant(next_monday, 0)),
    )
    counted: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for service, advisor, starts_at in taken.values_list("service_id", "advisor_id", "starts_at"):
        counted[service][advisor].append(minute_of(starts_at))
    return counted


def _newly_met(closure: Closure, stored: Closure | None, *, today: date, now: datetime) -> list[Appointment]:
    """By start. One query; as everywhere, only the consultation itself must keep clear of a closure."""
    scope = Q()
    if closure.advisor_id is not None:
        scope = Q(advisor=closure.advisor_id)
    elif closure.office_id is not None:
        scope = Q(office=closure.office_id)
    ahead = list(
        Appointment.objects.booked()
        .filter(scope, starts_at__gt=now, ends_at__gt=moment_of(BERLIN.instant(max(closure.first_day, today), 0)))
        .select_related("service")
        .order_by("starts_at", "pk")
    )
    met_already = _standing_in(stored, ahead, today) if stored else set()
    newly = _standing_in(closure, ahead, today) - met_already
    return [appointment for appointment in ahead if appointment.pk in newly]


def _standing_in(closure: Closure, appointments: list[Appointment], today: date) -> set[int]:
    """The keys of those whose consultation meets the closure."""
    latest = max((BERLIN.local(minute_of(each.ends_at))[0] for each in appointments), default=today)
    spans = list(closed_spans(closure, today, latest))
    return {
        each.pk
        for each in appointments
        if _concerns(closure, each.advisor_id, each.office_id)
        and any(overlap(span, (minute_of(each.starts_at), minute_after(each.ends_at))) for span in spans)
    }


def _concerns(closure: Closure, advisor: int, office: int) -> bool:
    if closure.advisor_id is not None:
        return closure.advisor_id == advisor
    return closure.office_id is None or closure.office_id == office
