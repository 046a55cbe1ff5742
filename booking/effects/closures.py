"""What saving or deleting a closure would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from booking.affected import clear_of, concerns, met_by, standing_in
from booking.domain.caps import monday_of
from booking.domain.clock import BERLIN, minute_of
from booking.domain.effect import WeekEffect
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
from booking.timetable import closed_times, standing_closures


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
    return Effect(weeks, last, met, clear_of(wanted) if wanted else lambda _: True)


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
        window for window in bookable.windows if any(concerns(each, window.advisor, window.office) for each in either)
    ]
    asked = [Asked.shortest(service) for service in services]
    before = load_plan(asked, windows, bookable.offices, first, last, service=services[0], now=now)
    others = [each for each in standing_closures(first, last) if stored is None or each.pk != stored.pk]
    absent, closed = closed_times([*others, wanted] if wanted else others, bookable.offices, first, last)
    after = replace(before, commitments=replace(before.commitments, absent=absent, closed=closed))
    return weeks_between(before, after, now=now)


def _newly_met(closure: Closure, stored: Closure | None, *, today: date, now: datetime) -> list[Appointment]:
    """By start. One query."""
    met = met_by(closure, rows=Appointment.objects.all(), now=now)
    met_already = standing_in(stored, met, today) if stored else set()
    return [appointment for appointment in met if appointment.pk not in met_already]
