"""What saving or deleting a rule of hours would do: an advisor's own, or an office day with its advisors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from booking.domain.clock import BERLIN, minute_after, minute_of
from booking.domain.effect import WeekEffect
from booking.domain.slots import Window
from booking.effects.plan import (
    Asked,
    Bookable,
    Effect,
    active_services,
    booked_ahead,
    last_day_of,
    load_bookable,
    load_plan,
    weeks_between,
)
from booking.models import Appointment, AvailabilityRule
from booking.timetable import windows_of_office_day, windows_of_rule
from offices.models import Office, OfficeDay


@dataclass(frozen=True, slots=True)
class Hours:
    """One rule as it is, or as it would be: whose hours they are, where, and its windows of a span of days."""

    advisors: frozenset[int]
    office: Office
    windows: Callable[[date, date], Iterable[Window]]


def effect_of_rule(rule: AvailabilityRule, services: Collection[int], *, now: datetime) -> Effect:
    """The effect of saving this rule for these services (none: all), new or in the place of the one with its key.

    Counts all free times of the advisors whom it concerns, each once: what another rule of theirs gives anyway is
    neither gained nor lost. `met` are the booked appointments ahead that lay in its hours and would lie in none. The
    number of queries grows neither with services nor with advisors, days or appointments.
    """
    stored = AvailabilityRule.objects.filter(pk=rule.pk).select_related("office").first() if rule.pk else None
    return _effect(_hours_of_rule(stored) if stored else None, _hours_of(rule, services), _is_of_rule(rule), now=now)


def effect_without_rule(rule: AvailabilityRule, *, now: datetime) -> Effect:
    return _effect(_hours_of_rule(rule), None, _is_of_rule(rule), now=now)


def effect_of_office_day(office_day: OfficeDay, advisors: Collection[int], *, now: datetime) -> Effect:
    """The effect of saving this office day with these advisors; switched off, it gives no times."""
    pk = office_day.pk
    stored = OfficeDay.objects.filter(pk=pk).select_related("office").first() if pk else None
    wanted = _hours_of_day(office_day, advisors)
    return _effect(_hours_of_stored_day(stored) if stored else None, wanted, _is_of_office_day(office_day), now=now)


def effect_without_office_day(office_day: OfficeDay, *, now: datetime) -> Effect:
    return _effect(_hours_of_stored_day(office_day), None, _is_of_office_day(office_day), now=now)


def _hours_of_rule(rule: AvailabilityRule) -> Hours:
    return _hours_of(rule, rule.services.values_list("pk", flat=True))


def _hours_of(rule: AvailabilityRule, services: Iterable[int]) -> Hours:
    only = frozenset(services)
    return Hours(
        frozenset({rule.advisor_id}), rule.office, lambda first, last: windows_of_rule(rule, only, first, last)
    )


def _is_of_rule(rule: AvailabilityRule) -> Callable[[Window], bool]:
    return lambda window: rule.pk is not None and window.rule == rule.pk


def _hours_of_stored_day(office_day: OfficeDay) -> Hours:
    return _hours_of_day(office_day, office_day.advisors.values_list("pk", flat=True))


def _hours_of_day(office_day: OfficeDay, advisors: Iterable[int]) -> Hours:
    people = frozenset(advisors) if office_day.is_active else frozenset()
    return Hours(people, office_day.office, lambda first, last: windows_of_office_day(office_day, people, first, last))


def _is_of_office_day(office_day: OfficeDay) -> Callable[[Window], bool]:
    return lambda window: office_day.pk is not None and window.office_day == office_day.pk


def _effect(
    stored: Hours | None, wanted: Hours | None, is_changed: Callable[[Window], bool], *, now: datetime
) -> Effect:
    today = BERLIN.local(minute_of(now))[0]
    services = active_services()
    last = last_day_of(services, today)
    people = frozenset().union(*(hours.advisors for hours in (stored, wanted) if hours))
    ahead = booked_ahead(Q(advisor__in=people), now=now)
    latest = max([last, *(BERLIN.local(minute_of(each.starts_at))[0] for each in ahead)])
    bookable = load_bookable(today, latest)
    before = [window for window in bookable.windows if window.advisor in people]
    after = [window for window in before if not is_changed(window)]
    offices = bookable.offices
    if wanted:
        offices = offices | {wanted.office.pk: wanted.office}
        after += _of_wanted(wanted, bookable, today, latest)
    weeks: list[WeekEffect] = []
    if services:
        asked = [Asked.shortest(service) for service in services]
        plan = load_plan(asked, [*before, *after], offices, today, last, service=services[0], now=now)
        weeks = weeks_between(
            replace(plan, windows=[window for window in before if window.day <= last]),
            replace(plan, windows=[window for window in after if window.day <= last]),
            now=now,
        )
    met = [each for each in ahead if _lies_in(each, before) and not _lies_in(each, after)]
    return Effect(weeks, last, met, lambda time: time.advisor_id not in people or _lies_in(time, after))


def _of_wanted(wanted: Hours, bookable: Bookable, first: date, last: date) -> Iterator[Window]:
    if wanted.office.is_active:
        yield from (window for window in wanted.windows(first, last) if window.advisor in bookable.advisors)


def _lies_in(appointment: Appointment, windows: Iterable[Window]) -> bool:
    start, end = minute_of(appointment.starts_at), minute_after(appointment.ends_at)
    return any(
        (window.advisor, window.office, window.office_day)
        == (appointment.advisor_id, appointment.office_id, appointment.office_day_id)
        and appointment.kind in window.kinds
        and (window.services is None or appointment.service_id in window.services)
        and BERLIN.instant(window.day, window.opens) <= start
        and end <= BERLIN.instant(window.day, window.closes)
        for window in windows
    )
