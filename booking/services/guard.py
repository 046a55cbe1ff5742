"""What every writer does before it takes an advisor's time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, connection
from django.db.models import Count, Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce

from booking.domain.caps import Load, monday_of
from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.errors import SlotTaken
from booking.domain.slots import Slot
from booking.enums import Status
from booking.models import Appointment, BusyTime, Service
from offices.models import Advisor

OVERLAP = "appointment_no_overlap"


def lock_advisors(*advisors: int) -> None:
    """Rivals for one advisor's time go one after the other, in the order of the numbers, so that none deadlocks.

    On SQLite the transaction itself holds the only write lock (IMMEDIATE), and this is a plain read.
    """
    list(Advisor.objects.select_for_update(of=("self",)).filter(pk__in=advisors).order_by("pk").values_list("pk"))


_VISIT_NETWORK_ADVISORS = f"""
WITH visit AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))),
network AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)) FROM visit)
SELECT advisor.id FROM network, {Advisor._meta.db_table} advisor
WHERE advisor.id = ANY(%s) ORDER BY advisor.id FOR UPDATE OF advisor
"""  # noqa: S608  # the name of a table, nothing from outside
"""In one message to the server. Rows are locked above the join, so none is before visit and network are."""


def lock_for_visit(visit: str, network: str, *advisors: int) -> None:
    """Reservations of one visit and of one network go one after the other too.

    Those of a network can be counted then; the clicks of one visit may come through two networks, as a phone that
    leaves its WLAN sends them, and be given different advisors: without its own lock a visit would hold two times.

    On SQLite the transaction itself does it.
    """
    if connection.vendor != "postgresql":
        lock_advisors(*advisors)
        return
    with connection.cursor() as cursor:
        cursor.execute(_VISIT_NETWORK_ADVISORS, [visit, network, sorted(advisors)])
        cursor.fetchall()


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
    if _taken_elsewhere(slot).exists():
        raise SlotTaken


def _taken_elsewhere(slot: Slot) -> QuerySet[BusyTime]:
    taken = BusyTime.objects.filter(calendar__advisor=slot.advisor)
    return taken.overlapping(start=moment_of(slot.start), end=moment_of(slot.end))


class SecondLook(NamedTuple):
    """What a reservation finds once network and advisors are locked: until it is written none of it can change."""

    is_taken_elsewhere: bool
    holds_of_network: int
    visit_has_times: bool


def look_again(slot: Slot, *, visit: str, network: str, now: datetime) -> SecondLook:
    """One query. What the visit holds already gives way, and is not counted."""
    held = Appointment.objects.filter(hold_network=network, status=Status.HELD, hold_expires_at__gt=now)
    others = held.exclude(visit=visit, verification_sent_at=None)
    number = others.order_by().values("hold_network").annotate(number=Count("pk")).values("number")
    found = Advisor.objects.filter(pk=slot.advisor).values_list(
        Exists(_taken_elsewhere(slot)), Coalesce(Subquery(number), 0), Exists(Appointment.objects.of_visit(visit))
    )
    return SecondLook(*found.get())


@contextmanager
def overlap_is_refused() -> Iterator[None]:
    """Turns the database's refusal of an overlap into SlotTaken. Stands around a whole transaction."""
    try:
        yield
    except IntegrityError as error:
        if OVERLAP in str(error):
            raise SlotTaken from error
        raise
