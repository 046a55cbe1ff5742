"""The yardstick of every preview: what really saving does to the times on offer."""

from __future__ import annotations

from datetime import UTC, date, datetime

from booking.domain.clock import BERLIN
from booking.domain.effect import effect_by_week
from booking.models import Service
from booking.selectors import free_times

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
FIRST = date(2026, 12, 1)
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


def offered():
    return [slot for each in Service.objects.filter(is_active=True) for slot in free_times(each, now=NOW)]


def changed(weeks):
    return [(week.monday, week.gained, week.lost) for week in weeks if week.changes]


def compared(before, after):
    return changed(effect_by_week(before, after, BERLIN))
