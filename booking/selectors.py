"""The readers of the booking: they load what the rules need, in a number of queries that does not grow with
advisors, days or appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from booking.domain.clock import BERLIN, DAY, minute_after, minute_of, minutes_of, moment_of
from booking.domain.intervals import Interval
from booking.domain.slots import Commitments, Slot, Window, free_slots
from booking.enums import Kind, Status
from booking.holidays import is_holiday
from booking.models import Appointment, AppointmentEvent, AvailabilityRule, Closure, Service
from offices.models import Advisor, Office, OfficeDay

LOAD_SPAN = timedelta(days=28)
"""How far around an appointment the fair share of work is counted."""


def free_times(
    service: Service,
    *,
    now: datetime,
    offices: Iterable[Office] | None = None,
    kind: str | None = None,
    advisor: Advisor | None = None,
    first: date | None = None,
    last: date | None = None,
    own: Collection[int] = (),
    regardless: bool = False,
) -> list[Slot]:
    """Slots of a service from `first` to `last` (both inside, default: today to the service's horizon), by start.

    `offices` None means the whole network. `own` are the keys of appointments that would give way and
    therefore do not stand in theirs; with `regardless` no appointment does. At most seven queries.
    """
    today = BERLIN.local(minute_of(now))[0]
    first = max(first or today, today)
    horizon = today + timedelta(days=service.horizon_days)
    last = min(last or horizon, horizon)
    if last < first:
        return []
    office_ids = None if offices is None else {office.pk for office in offices}
    wanted = set(service.kinds if kind is None else {kind}.intersection(service.kinds))
    windows = [
        window
        for window in _windows(first, last, office_ids, advisor)
        if wanted & window.kinds and (window.services is None or service.pk in window.services)
    ]
    if not windows:
        return []
    commitments = _commitments(windows, first, last, now=now, own=own)
    if regardless:
        commitments = replace(commitments, busy={})
    slots = free_slots(windows, commitments, service.policy, now=minute_of(now), clock=BERLIN)
    return [slot for slot in slots if wanted & slot.kinds]


def _windows(first: date, last: date, office_ids: set[int] | None, advisor: Advisor | None) -> Iterator[Window]:
    rules = AvailabilityRule.objects.filter(
        advisor__is_active=True, office__is_active=True, valid_from__lte=last
    ).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    series = OfficeDay.objects.filter(is_active=True, office__is_active=True, valid_from__lte=last).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    )
    if office_ids is not None:
        rules, series = rules.filter(office__in=office_ids), series.filter(office__in=office_ids)
    if advisor is not None:
        rules, series = rules.filter(advisor=advisor), series.filter(advisors=advisor)
    for rule in rules.prefetch_related("services"):
        only = frozenset(service.pk for service in rule.services.all()) or None
        for day in _open_days(rule, first, last):
            yield Window(
                advisor=rule.advisor_id,
                office=rule.office_id,
                day=day,
                opens=minutes_of(rule.start_time),
                closes=minutes_of(rule.end_time),
                kinds=frozenset(rule.kinds),
                services=only,
            )
    for office_day in series.prefetch_related("advisors"):
        present = [
            person.pk
            for person in office_day.advisors.all()
            if person.is_active and (advisor is None or person.pk == advisor.pk)
        ]
        for day in _open_days(office_day, first, last):
            for person in present:
                yield Window(
                    advisor=person,
                    office=office_day.office_id,
                    day=day,
                    opens=minutes_of(office_day.start_time),
                    closes=minutes_of(office_day.end_time),
                    kinds=frozenset({Kind.OFFICE_DAY.value}),
                    office_day=office_day.pk,
                )


def _open_days(hours: AvailabilityRule | OfficeDay, first: date, last: date) -> list[date]:
    return [day for day in hours.days_between(first, last) if not is_holiday(day)]


def _commitments(windows: list[Window], first: date, last: date, *, now: datetime, own: Collection[int]) -> Commitments:
    people = {window.advisor for window in windows}
    offices = {window.office for window in windows}
    start, end = BERLIN.instant(first, 0), BERLIN.instant(last + timedelta(days=1), 0)
    # A day on either side: buffers and travel reach beyond the consultation itself.
    taken = (
        Appointment.objects.taking_time(now=now)
        .filter(advisor__in=people)
        .overlapping(start=moment_of(start - DAY), end=moment_of(end + DAY))
    )
    if own:
        taken = taken.exclude(pk__in=own)
    busy: dict[int, list[Interval]] = defaultdict(list)
    for person, block_start, block_end in taken.values_list("advisor_id", "block_start", "block_end"):
        # A block counts from the minute in which it begins to the minute in which it has ended.
        busy[person].append((minute_of(block_start), minute_after(block_end)))
    absent, closed = _closures(offices, first, last)
    return Commitments(busy=busy, absent=absent, closed=closed)


def _closures(
    offices: set[int], first: date, last: date
) -> tuple[dict[int, list[Interval]], dict[int, list[Interval]]]:
    """Absences per advisor and closures per office; what closes the network closes every office."""
    absent: dict[int, list[Interval]] = defaultdict(list)
    closed: dict[int, list[Interval]] = defaultdict(list)
    for closure in Closure.objects.filter(first_day__lte=last, last_day__gte=first):
        spans = list(_closed_spans(closure, first, last))
        if closure.advisor_id is not None:
            absent[closure.advisor_id].extend(spans)
            continue
        for office in offices if closure.office_id is None else {closure.office_id}:
            closed[office].extend(spans)
    return absent, closed


def _closed_spans(closure: Closure, first: date, last: date) -> Iterator[Interval]:
    day = max(closure.first_day, first)
    until = min(closure.last_day, last)
    if closure.start_time is None or closure.end_time is None:
        yield BERLIN.instant(day, 0), BERLIN.instant(until + timedelta(days=1), 0)
        return
    while day <= until:
        yield BERLIN.instant(day, minutes_of(closure.start_time)), BERLIN.instant(day, minutes_of(closure.end_time))
        day += timedelta(days=1)


def work_load(people: Iterable[int], *, around: datetime) -> dict[int, int]:
    """How many booked or held appointments each advisor has within four weeks either side of an instant."""
    rows = (
        Appointment.objects.filter(
            advisor__in=list(people),
            status__in=[Status.BOOKED, Status.HELD],
            starts_at__gte=around - LOAD_SPAN,
            starts_at__lt=around + LOAD_SPAN,
        )
        .values("advisor_id")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return {row["advisor_id"]: row["number"] for row in rows}


def slots_at(
    service: Service,
    *,
    now: datetime,
    office: Office,
    kind: str,
    starts_at: datetime,
    advisor: Advisor | None = None,
    own: Collection[int] = (),
) -> list[Slot]:
    """Slots that begin at exactly that instant; none for instants that are no whole minute."""
    start = minute_of(starts_at)
    if moment_of(start) != starts_at:
        return []
    day = BERLIN.local(start)[0]
    return [
        slot
        for slot in free_times(
            service, now=now, offices=[office], kind=kind, advisor=advisor, first=day, last=day, own=own
        )
        if slot.start == start
    ]


def nearest_times(
    service: Service, *, now: datetime, office: Office, kind: str, around: datetime, limit: int = 3
) -> list[Slot]:
    """The free times of an office closest to an instant, in the order of the clock."""
    wanted = minute_of(around)
    free = {slot.start: slot for slot in free_times(service, now=now, offices=[office], kind=kind)}
    closest = sorted(free.values(), key=lambda slot: (abs(slot.start - wanted), slot.start))[:limit]
    return sorted(closest, key=lambda slot: slot.start)


def is_taken(
    service: Service, *, now: datetime, office: Office, kind: str, starts_at: datetime, advisor: Advisor | None = None
) -> bool:
    """Whether the rules offer a time that is not free, so that only appointments stand in its way.

    Tells „gone“ from „never offered“, wherever the other appointment is and however little of the time it takes.
    """
    start = minute_of(starts_at)
    day = BERLIN.local(start)[0]
    offered = free_times(
        service, now=now, offices=[office], kind=kind, advisor=advisor, first=day, last=day, regardless=True
    )
    return moment_of(start) == starts_at and start in {slot.start for slot in offered}


@dataclass(frozen=True, slots=True)
class FeedState:
    """Tells whether a feed has changed without building it: `mark` for the ETag, `changed_at` for Last-Modified.

    What leaves a feed takes its date along, so `changed_at` is also that of the last change of any appointment.
    """

    mark: str
    changed_at: datetime | None


def feed_state(advisor: Advisor, *, now: datetime) -> FeedState:
    """One query. Moves with every change of an appointment, its service or its place, and when one leaves."""
    found = (
        Appointment.objects.in_feed(now=now)
        .filter(advisor=advisor)
        .aggregate(
            number=Count("pk"),
            versions=Sum("sequence"),
            appointment=Max("changed_at"),
            service=Max("service__updated_at"),
            office=Max("office__updated_at"),
            office_day=Max("office_day__updated_at"),
            last=Max("pk"),
            # Uncorrelated, and there also where no appointment is left.
            event=Coalesce(Subquery(AppointmentEvent.objects.order_by("-pk").values("at")[:1]), Max("changed_at")),
        )
    )
    changed_at = _latest(found, "appointment", "service", "office", "office_day")
    stamp = int(changed_at.timestamp() * 1_000_000) if changed_at else 0
    mark = f"{found['number']}-{found['versions'] or 0}-{found['last'] or 0}-{stamp:x}"
    return FeedState(mark, max(filter(None, (changed_at, found["event"])), default=None))


def _latest(found: dict[str, datetime | None], *names: str) -> datetime | None:
    return max((moment for name in names if (moment := found[name]) is not None), default=None)


def feed_appointments(advisor: Advisor, *, now: datetime) -> Iterator[Appointment]:
    """The appointments of a feed in the order of their rows, one query, read in pieces."""
    found = Appointment.objects.in_feed(now=now).filter(advisor=advisor).with_places().order_by("pk")
    return found.iterator(chunk_size=500)
