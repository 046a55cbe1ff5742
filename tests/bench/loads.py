"""Loads for `make bench`: a busy advisor and a busy network."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from booking.domain.clock import BERLIN
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Window, free_slots
from booking.domain.travel import Stop
from booking.models import AdvisorFeed, Appointment
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory


def busy_feed(*, appointments: int) -> AdvisorFeed:
    """A feed with as many booked hours ahead."""
    advisor = AdvisorFactory(office=OfficeFactory())
    service = ServiceFactory()
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rows = [
        AppointmentFactory.build(
            advisor=advisor, office=advisor.office, service=service, starts_at=start + timedelta(hours=number)
        )
        for number in range(1, appointments + 1)
    ]
    Appointment.objects.bulk_create(rows)
    return AdvisorFeedFactory(advisor=advisor)


def busy_network(*, advisors: int, weeks: int, appointments: int) -> Callable[[], object]:
    """A call of the rules alone: two windows a working day for each advisor, most hours taken."""
    chance = random.Random(7)  # the same load every time, no secret
    monday = date(2026, 11, 23)
    days = [monday + timedelta(days=n) for n in range(weeks * 7) if (monday + timedelta(days=n)).weekday() < 5]
    windows = [
        Window(advisor, 1, day, opens, closes, frozenset({"office"}))
        for advisor in range(advisors)
        for day in days
        for opens, closes in ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
    ]
    busy = defaultdict(list)
    for _ in range(appointments):
        start = BERLIN.instant(chance.choice(days), chance.randrange(9 * 60, 16 * 60, 30))
        busy[chance.randrange(advisors)].append(Stop(start, start + 60))
    policy = BookingPolicy(duration=60, step=30, buffer_after=10, horizon_days=weeks * 7)
    now = BERLIN.instant(monday, 8 * 60)
    return lambda: free_slots(windows, Commitments(busy=busy), policy, now=now, clock=BERLIN)
