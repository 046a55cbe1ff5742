"""Keeping an advisor's time free of new appointments."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from wagtail.log_actions import log

from booking.models import Closure
from booking.services.guard import lock_advisors
from foundation.models import User
from offices.models import Advisor


def block_time(*, advisor: Advisor, day: date, start: time, end: time, reason: str, actor: User) -> Closure:
    """A closure of [start, end) on the wall clock of one day. Appointments that it meets stay.

    Raises ValidationError where the closure's own rules refuse it. The same block again is the one that is there,
    also where both are sent at the same moment.
    """
    values = {"advisor": advisor, "first_day": day, "last_day": day, "start_time": start, "end_time": end}
    with transaction.atomic():
        lock_advisors(advisor.pk)
        there = Closure.objects.filter(**values).first()
        if there is not None:
            return there
        closure = Closure(reason=reason, **values)
        closure.full_clean()
        closure.save()
        log(instance=closure, action="wagtail.create", user=actor)
    return closure
