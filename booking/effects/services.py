"""What saving a service would do to the times on offer for it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from booking.domain.clock import BERLIN, minute_of
from booking.effects.plan import Asked, Effect, booked_ahead, load_bookable, load_plan, weeks_between
from booking.models import Appointment, Service


def effect_of_service(service: Service, *, now: datetime) -> Effect:
    """The effect of saving this service, new or in the place of the stored one with its key.

    Counts the times of this service alone, of its usual duration, over the longer of both horizons: what a firm sees
    that chooses it. Without „buchbar“ there are none. `met` are its booked appointments ahead of a kind that it would
    have no more, all of them where it stops being bookable; appointments keep duration and buffers that they were
    booked with.
    """
    today = BERLIN.local(minute_of(now))[0]
    stored = Service.objects.filter(pk=service.pk).first() if service.pk else None
    horizon = max(each.horizon_days for each in (stored, service) if each is not None)
    last = today + timedelta(days=horizon)
    bookable = load_bookable(today, last)
    plan = load_plan([], bookable.windows, bookable.offices, today, last, service=service, now=now)
    weeks = weeks_between(
        replace(plan, asked=_asked(stored)),
        replace(plan, asked=_asked(service)),
        now=now,
    )
    return Effect(weeks, last, _newly_met(service, stored, now=now), lambda time: time.kind in _kinds(service))


def effect_without_service(service: Service, *, now: datetime) -> Effect:
    """The effect of deleting this stored service: it is bookable no more. One with appointments cannot be deleted."""
    gone = copy(service)
    gone.is_active = False
    return effect_of_service(gone, now=now)


def _asked(service: Service | None) -> list[Asked]:
    return [Asked.usual(service)] if service is not None and service.is_active else []


def _newly_met(service: Service, stored: Service | None, *, now: datetime) -> list[Appointment]:
    """At most one query."""
    if stored is None:
        return []
    gone = _kinds(stored) - _kinds(service)
    if not gone:
        return []
    return booked_ahead(Q(service=stored, kind__in=gone), now=now)


def _kinds(service: Service) -> set[str]:
    return set(service.kinds) if service.is_active else set()
