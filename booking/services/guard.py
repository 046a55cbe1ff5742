"""What every writer does before it takes an advisor's time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, connection

from booking.domain.caps import Load, monday_of
from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.errors import SlotTaken
from booking.domain.slots import Slot
from booking.models import Appointment, BusyTime, Service
from offices.models import Advisor

OVERLAP = "appointment_no_overlap"


def lock_advisors(*advisors: int) -> None:
    """Rivals for one advisor's time go one after the other, in the order of the numbers, so that none deadlocks.

    On SQLite the transaction itself holds the only write lock (IMMEDIATE), and this is a plain read.
    """
    list(Advisor.objects.select_for_update(of=("self",)).filter(pk__in=advisors).order_by("pk").values_list("pk"))


def lock_network(network: str) -> None:
    """Reservations of one network go one after the other, so that their number can be counted; before any advisor.

    On SQLite the transaction itself does it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [network])


def refuse_beyond_cap(service: Service, slot: Slot, *, now: datetime, own: Iterable[int] = ()) -> None:
    """Counts again once the advisor is locked, so that no rival can pass the cap. Raises SlotTaken.

    `own` are appointments that give way. No query for a service without caps.
    """
    policy = service.policy
    if not policy.is_capped:
        return
    day = BERLIN.local(slot.start)[0]
    monday = monday_of(day)
    week = (BERLIN.instant(monday, 0), BERLIN.instant(monday + timedelta(days=7), 0))
    starts = (
        Appointment.objects.taking_time(now=now)
        .filter(advisor=slot.advisor, service=service)
        .filter(starts_at__gte=moment_of(week[0]), starts_at__lt=moment_of(week[1]))
        .exclude(pk__in=list(own))
        .values_list("starts_at", flat=True)
    )
    if not Load.of(map(minute_of, starts), BERLIN).leaves_room(policy, day):
        raise SlotTaken


def refuse_taken_elsewhere(slot: Slot) -> None:
    """Looks once more into the advisor's own calendar, which a reader may have renewed until the advisor was locked.

    Raises SlotTaken. One query.
    """
    taken = BusyTime.objects.filter(calendar__advisor=slot.advisor)
    if taken.overlapping(start=moment_of(slot.start), end=moment_of(slot.end)).exists():
        raise SlotTaken


@contextmanager
def overlap_is_refused() -> Iterator[None]:
    """Turns the database's refusal of an overlap into SlotTaken. Stands around a whole transaction."""
    try:
        yield
    except IntegrityError as error:
        if OVERLAP in str(error):
            raise SlotTaken from error
        raise
