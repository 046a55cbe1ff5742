"""What saving or deleting a closure would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from booking.domain.caps import monday_of
from booking.domain.clock import BERLIN, minute_after, minute_of, moment_of
from booking.domain.effect import WeekEffect
from booking.domain.intervals import overlap
from booking.effects.plan import (
    Asked,
    Effect,
    active_services,
    last_day_of,
    load_bookable,
    load_plan,
    weeks_between,
)
from booking.models import Appointment, Closure, Service
from booking.timetable import closed_spans, closed_times, standing_closures


def effect_of_closure(closure: Closure, *, now: datetime) -> Effect:
    """The effect of saving this closure, new or in the place of the stored one with its key.

    Counts the free times of those whom the old or the new closure concerns, named advisors outside the pool too, and
    each once, whatever it could be booked for: the question of an office is how many times are left, and one sum over
    all services would count the same half hour several times. The shortest duration of a service decides.
    `met` are the booked appointments ahead that stand in it and did not before. The
    number of queries grows neither with services nor with advisors, days or appointments.
    """
    stored = Closure.objects.filter(pk=closure.pk).first() if closure.pk else None
    return _effect(stored, closure, now=now)


def effect_without_closure(closure: Closure, *, now: datetime) -> Effect:
    """The effect of deleting this stored closure; no appointment is met by that."""
    return _effect(closure, None, now=now)


def _effect(stored: Closure | None, wanted: Closure | None, *, now: datetime) -> Effect:
    today = BERLIN.local(minute_of(now))[0]
    services = active_services()
    last = last_day_of(services, today)
    either = [closure for closure in (stored, wanted) if closure is not None]
    first_changed = max(today, min(each.first_day for each in either))
    last_changed = min(last, max(each.last_day for each in either))
    weeks: list[WeekEffect] = []
    if services and first_changed <= last_changed:
        start = max(today, monday_of(first_changed))
        end = min(last, monday_of(last_changed) + timedelta(days=6))
        weeks = _weeks(stored, wanted, services, start, end, now=now)
    met = _newly_met(wanted, stored, today=today, now=now) if wanted else []
    return Effect(weeks, last, met)


def _weeks(
    stored: Closure | None,
    wanted: Closure | None,
    services: list[Service],
    first: date,
    last: date,
    *,
    now: datetime,
) -> list[WeekEffect]:
    either = [closure for closure in (stored, wanted) if closure is not None]
    bookable = load_bookable(first, last)
    windows = [
        window for window in bookable.windows if any(_concerns(each, window.advisor, window.office) for each in either)
    ]
    asked = [Asked.shortest(service) for service in services]
    before = load_plan(asked, windows, bookable.offices, first, last, service=services[0], now=now)
    others = [each for each in standing_closures(first, last) if stored is None or each.pk != stored.pk]
    absent, closed = closed_times([*others, wanted] if wanted else others, bookable.offices, first, last)
    after = replace(before, commitments=replace(before.commitments, absent=absent, closed=closed))
    return weeks_between(before, after, now=now)


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
