"""How often one network may do something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from foundation.limits import Limit


def test_a_count_lasts_as_long_as_its_window():
    """One of a quarter of an hour was forgotten after five minutes, the usual time of the cache."""
    cache.clear()
    limit, request = Limit("anything", times=2, seconds=900), RequestFactory().get("/")
    reached = []
    with time_machine.travel(datetime(2026, 11, 23, 7, 0, tzinfo=UTC), tick=False) as now:
        for pause in (0, 1, 13, 2):  # minutes
            now.shift(timedelta(minutes=pause))
            reached.append(limit.is_reached(request, now=timezone.now()))
            limit.count(request, now=timezone.now())
    assert reached == [False, False, True, False]
