"""What saving or deleting an office or an advisor would do: in operation, holidays kept, the part in the pool."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from booking.domain.clock import BERLIN, minute_of
from booking.effects.plan import (
    Asked,
    Effect,
    Plan,
    active_services,
    booked_ahead,
    last_day_of,
    load_bookable,
    load_plan,
    weeks_between,
)
from booking.models import Appointment
from offices.models import Advisor, Office


def effect_of_office(office: Office, *, now: datetime) -> Effect:
    """The effect of saving this office in the place of the stored one; a new one has no hours yet.

    `met` are the booked appointments ahead on whose day it would newly be closed.
    """
    stored = Office.objects.filter(pk=office.pk).first() if office.pk else None
    before, today, last = _plan(office, now=now)
    if stored is None or before is None:
        return Effect([], last, [])
    years = range(today.year, last.year + 2)
    holidays, kept = office.holidays_of(years), stored.holidays_of(years)

    def stays(time: Appointment) -> bool:
        return time.office_id != office.pk or (office.is_active and _day_of(time) not in holidays)

    after = _switched(before, office.is_active, {**before.commitments.holidays, office.pk: holidays})
    before = _switched(before, stored.is_active, before.commitments.holidays)
    ahead = booked_ahead(Q(office=office.pk), now=now) if stored.is_active else []
    met = [each for each in ahead if not stays(each) and _day_of(each) not in kept]
    return Effect(weeks_between(before, after, now=now), last, met, stays)


def effect_without_office(office: Office, *, now: datetime) -> Effect:
    """The effect of deleting this stored office: it is open no more. `met` are all of its booked appointments ahead;
    while it has any appointment at all, the database refuses."""
    gone = copy(office)
    gone.is_active = False
    return replace(effect_of_office(gone, now=now), met=booked_ahead(Q(office=office.pk), now=now))


def effect_of_advisor(advisor: Advisor, *, now: datetime) -> Effect:
    """The effect of saving this person in the place of the stored one; a new one has no hours yet.

    Where only the pool changes, the times are those that are given to whoever asks for no one by name; by name the
    person is booked as before, and no appointment is met.
    """
    stored = Advisor.objects.filter(pk=advisor.pk).first() if advisor.pk else None
    plan, _, last = _plan(advisor, now=now)
    if stored is None or plan is None:
        return Effect([], last, [])
    was, will = stored.is_active, advisor.is_active
    if only_the_pool_changes(stored, advisor):
        was, will = stored.in_pool, advisor.in_pool
    holidays = plan.commitments.holidays
    weeks = weeks_between(_switched(plan, was, holidays), _switched(plan, will, holidays), now=now)
    leaves = stored.is_active and not advisor.is_active
    met = booked_ahead(Q(advisor=advisor.pk), now=now) if leaves else []
    return Effect(weeks, last, met, lambda time: time.advisor_id != advisor.pk or advisor.is_active)


def effect_without_advisor(advisor: Advisor, *, now: datetime) -> Effect:
    """As of an office."""
    gone = copy(advisor)
    gone.is_active = False
    return replace(effect_of_advisor(gone, now=now), met=booked_ahead(Q(advisor=advisor.pk), now=now))


def only_the_pool_changes(stored: Advisor, wanted: Advisor) -> bool:
    return stored.is_active and wanted.is_active and stored.in_pool != wanted.in_pool


def _plan(thing: Advisor | Office, *, now: datetime) -> tuple[Plan | None, date, date]:
    """The plan of its windows as if it were active, today, and the last day that counts; None without services."""
    today = BERLIN.local(minute_of(now))[0]
    services = active_services()
    last = last_day_of(services, today)
    if not services:
        return None, today, last
    bookable = load_bookable(today, last, besides=thing)
    windows = [
        window
        for window in bookable.windows
        if (window.office if isinstance(thing, Office) else window.advisor) == thing.pk
    ]
    asked = [Asked.shortest(service) for service in services]
    return load_plan(asked, windows, bookable.offices, today, last, service=services[0], now=now), today, last


def _switched(plan: Plan, is_on: bool, holidays: Mapping[int, Mapping[date, str]]) -> Plan:
    return replace(
        plan, windows=plan.windows if is_on else [], commitments=replace(plan.commitments, holidays=holidays)
    )


def _day_of(appointment: Appointment) -> date:
    return BERLIN.local(minute_of(appointment.starts_at))[0]
