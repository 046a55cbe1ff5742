"""Opening a single extra time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time

import recurrence
from django.db import transaction
from wagtail.log_actions import log

from booking.models import AvailabilityRule, Service
from booking.services.guard import lock_advisors
from foundation.models import User
from offices.models import Advisor, Office


def extra_time(
    *, advisor: Advisor, office: Office, day: date, start: time, end: time, kinds: Collection[str]
) -> AvailabilityRule:
    """The rule of [start, end) on one single day, unsaved: where that time is there already, that one changed."""
    values = {"advisor": advisor, "office": office, "valid_from": day, "valid_until": day}
    rule = AvailabilityRule.objects.filter(start_time=start, end_time=end, **values).first()
    if rule is None:
        only = recurrence.Recurrence(rdates=[datetime(day.year, day.month, day.day, 12, tzinfo=UTC)])
        rule = AvailabilityRule(start_time=start, end_time=end, days=only, **values)
    rule.kinds = list(kinds)
    return rule


def open_time(
    *,
    advisor: Advisor,
    office: Office,
    day: date,
    start: time,
    end: time,
    kinds: Collection[str],
    services: Collection[Service] = (),
    actor: User,
) -> AvailabilityRule:
    """Hours of one single day, [start, end) on the wall clock; no `services` means all.

    Raises ValidationError where the rule's own conditions refuse it. The same time once more is the one that is there,
    now with these kinds and services, also where both are sent at the same moment.
    """
    with transaction.atomic():
        lock_advisors(advisor.pk)
        rule = extra_time(advisor=advisor, office=office, day=day, start=start, end=end, kinds=kinds)
        action = "wagtail.edit" if rule.pk else "wagtail.create"
        rule.full_clean()
        rule.save()
        rule.services.set(services)
        log(instance=rule, action=action, user=actor)
    return rule
