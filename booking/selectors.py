"""The readers of the booking: they load what the rules need, in a number of queries that does not grow with
advisors, days or appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from booking.domain.clock import BERLIN, exact_minute_of, minute_of, moment_of
from booking.domain.explanation import Obstacle, Question, Rule, explain
from booking.domain.intervals import Interval, overlap
from booking.domain.slots import Slot, Wanted, Window, free_slots, free_starts
from booking.domain.travel import Visit
from booking.domain.workdays import BridgeDay, bridge_days
from booking.enums import Kind
from booking.models import Appointment, AvailabilityRule, BusyCalendar, Closure, Service
from booking.timetable import closed_spans, load_commitments, load_hours, standing_closures
from offices.models import Advisor, Office, OfficeDay
from offices.postcodes import coordinates


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
    minutes: int | None = None,
    postcode: str = "",
) -> list[Slot]:
    """Slots of a service from `first` to `last` (both inside, default: today to the service's horizon), by start.

    Without `advisor` those of everybody in the pool, and of whoever already advises in an appointment of `own`.
    `offices` None means the whole network. `own` are the keys of appointments that would give way and
    therefore do not stand in theirs; with `regardless` no appointment does. `minutes` is the duration, None the usual
    one. `postcode` is the firm's: without one whose place is known there are no visits. At most five queries.
    """
    today = BERLIN.local(minute_of(now))[0]
    first = max(first or today, today)
    horizon = today + timedelta(days=service.horizon_days)
    last = min(last or horizon, horizon)
    if last < first:
        return []
    wanted = Wanted(service.pk, frozenset(service.kinds if kind is None else {kind}.intersection(service.kinds)))
    office_ids = None if offices is None else {office.pk for office in offices}
    hours = load_hours(first, last, office_ids=office_ids, advisor=advisor, service=service, own=own)
    windows = wanted.of(hours.windows)
    if not windows:
        return []
    people = {window.advisor for window in windows}
    commitments = load_commitments(people, hours.offices, first, last, service=service, now=now, own=own)
    if regardless:
        commitments = replace(commitments, busy={}, counted={}, elsewhere={})
    return free_slots(
        windows,
        commitments,
        service.policy_for(minutes),
        now=exact_minute_of(now),
        clock=BERLIN,
        visit=Visit(Kind.FIRM.value, coordinates(postcode)),
    )


@dataclass(frozen=True, slots=True)
class FreeStarts:
    """Ascending starts of windows, and the offices that these windows are of."""

    found: list[tuple[Window, Sequence[int]]]
    offices: Mapping[int, Office]


def free_starts_of_network(service: Service, *, now: datetime, first: date, last: date) -> FreeStarts:
    """When something is free anywhere from `first` to `last`, both inside; not for visits. Four queries at most."""
    today = BERLIN.local(minute_of(now))[0]
    first, last = max(first, today), min(last, today + timedelta(days=service.horizon_days))
    if last < first:
        return FreeStarts([], {})
    hours = load_hours(first, last, office_ids=None, advisor=None, service=service)
    windows = Wanted(service.pk, frozenset(service.kinds) - {Kind.FIRM}).of(hours.windows)
    if not windows:
        return FreeStarts([], {})
    people = {window.advisor for window in windows}
    commitments = load_commitments(people, hours.offices, first, last, service=service, now=now)
    starts = free_starts(windows, commitments, service.policy, now=exact_minute_of(now), clock=BERLIN)
    return FreeStarts(list(starts), hours.offices)


def advisors_at(office: Office, *, now: datetime) -> list[Advisor]:
    """Advisors whom a visitor may choose: they give times at that office, by rule or on its office days, now or later.
    One query.

    `is_on_request` says of each whether their own calendar has not been read for too long to offer times.
    """
    today = BERLIN.local(minute_of(now))[0]
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    by_rule = AvailabilityRule.objects.filter(not_over, office=office).values("advisor")
    on_office_days = OfficeDay.objects.running(today).filter(office=office, advisors__isnull=False).values("advisors")
    silent = BusyCalendar.objects.filter(advisor=OuterRef("pk")).silent(now=now)
    found = Advisor.objects.shown().filter(Q(pk__in=by_rule) | Q(pk__in=on_office_days))
    return list(found.annotate(is_on_request=Exists(silent)))


def slots_at(
    service: Service,
    *,
    now: datetime,
    office: Office,
    kind: str,
    starts_at: datetime,
    advisor: Advisor | None = None,
    own: Collection[int] = (),
    regardless: bool = False,
    minutes: int | None = None,
    postcode: str = "",
) -> list[Slot]:
    """Slots that begin at exactly that instant; none for instants that are no whole minute.

    `regardless` tells „gone“ from „never offered“: what it finds where there is no slot, only appointments keep away,
    wherever they are and however little of the time they take.
    """
    start = minute_of(starts_at)
    if moment_of(start) != starts_at:
        return []
    day = BERLIN.local(start)[0]
    slots = free_times(
        service,
        now=now,
        offices=[office],
        kind=kind,
        advisor=advisor,
        first=day,
        last=day,
        own=own,
        regardless=regardless,
        minutes=minutes,
        postcode=postcode,
    )
    return [slot for slot in slots if slot.start == start]


def own_times(appointment: Appointment) -> list[int]:
    """The keys of what gives way when the appointment moves: itself, and the times that are held for it. One query."""
    held = Appointment.objects.held_for([appointment.pk])
    return [appointment.pk, *held.values_list("pk", flat=True)]


def closest(slots: Iterable[Slot], *, around: datetime, limit: int = 3) -> list[Slot]:
    """The times closest to an instant, one slot each, in the order of the clock."""
    wanted = minute_of(around)
    starts = {slot.start: slot for slot in slots}
    found = sorted(starts.values(), key=lambda slot: (abs(slot.start - wanted), slot.start))[:limit]
    return sorted(found, key=lambda slot: slot.start)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a time is not offered; no obstacle means that it is.

    `earliest` keeps the notice; `holiday` is its name; `closures` are those of the office, of the network and of the
    advisors that meet the time.
    """

    obstacles: list[Obstacle]
    advisors: dict[int, Advisor]
    earliest: datetime
    holiday: str
    closures: list[Closure]


def why_not(
    service: Service,
    *,
    now: datetime,
    office: Office,
    kind: str,
    starts_at: datetime,
    advisor: Advisor | None = None,
    minutes: int | None = None,
    postcode: str = "",
) -> Explanation:
    """What stands against a time of whole minutes with one advisor or, without, with anybody of the office.

    Anybody: the active advisors of the office and whoever has hours there on that day. Six queries, seven where a
    closure stands against it.
    """
    start, current = minute_of(starts_at), exact_minute_of(now)
    day = BERLIN.local(start)[0]
    wanted = Wanted(service.pk, frozenset({kind}.intersection(service.kinds)))
    hours = load_hours(day, day, office_ids={office.pk}, advisor=advisor, with_inactive=True)
    asked = (
        Q(pk=advisor.pk) if advisor else Q(office=office, is_active=True) | Q(pk__in={w.advisor for w in hours.windows})
    )
    people = {person.pk: person for person in Advisor.objects.filter(asked)}
    commitments = replace(
        load_commitments(people, {office.pk: office}, day, day, service=service, now=now),
        inactive_advisors=frozenset(pk for pk, person in people.items() if not person.is_active),
        inactive_offices=frozenset(() if office.is_active else {office.pk}),
        inactive_office_days=hours.inactive_office_days,
        outside_pool=frozenset(() if advisor else (pk for pk, person in people.items() if not person.in_pool)),
    )
    question = Question(
        start,
        wanted,
        office.pk,
        frozenset(people),
        is_visit=kind == Kind.FIRM,
        firm=coordinates(postcode) if kind == Kind.FIRM else None,
        place=coordinates(office.postcode),
    )
    holidays = commitments.holidays_of(office.pk)
    policy = service.policy_for(minutes)
    obstacles = explain(question, hours.windows, commitments, policy, now=current, clock=BERLIN)
    is_closed = any(obstacle.rule in (Rule.CLOSED, Rule.ABSENT) for obstacle in obstacles)
    return Explanation(
        obstacles,
        people,
        BERLIN.moment(policy.earliest(current, holidays, BERLIN)),
        holidays.get(day, ""),
        _closures_meeting((start, start + policy.duration), office, people, day) if is_closed else [],
    )


def _closures_meeting(meeting: Interval, office: Office, people: Collection[int], day: date) -> list[Closure]:
    """One query."""
    return [
        closure
        for closure in standing_closures(day, day)
        if (closure.advisor_id in people if closure.advisor_id else closure.office_id in (None, office.pk))
        and any(overlap(span, meeting) for span in closed_spans(closure, day, day))
    ]


@dataclass(frozen=True, slots=True)
class OpenBridgeDay:
    """A bridge day on which consultations are still offered; `offices` are those that keep its holiday."""

    day: date
    holiday: str
    offices: tuple[Office, ...]


def open_bridge_days(
    offices: Sequence[Office], *, first: date, last: date, advisor: Advisor | None
) -> list[OpenBridgeDay]:
    """Bridge days of these offices without a closure of the whole day, in order. One query.

    Closures of the network and of the office count, and those of `advisor`.
    """
    mine = Q(advisor=advisor) if advisor else Q()
    whole_days = Closure.objects.filter(first_day__lte=last, last_day__gte=first, start_time__isnull=True)
    closed = {
        (closure.office_id, day)
        for closure in whole_days.filter(Q(advisor__isnull=True) | mine)
        for day in closure.days_between(first, last)
    }
    years = range(first.year - 1, last.year + 2)
    found: dict[BridgeDay, list[Office]] = defaultdict(list)
    for office in offices:
        for bridge in bridge_days(first, last, office.holidays_of(years)):
            if not closed & {(None, bridge.day), (office.pk, bridge.day)}:
                found[bridge].append(office)
    return [
        OpenBridgeDay(bridge.day, bridge.holiday, tuple(where))
        for bridge, where in sorted(found.items(), key=lambda item: item[0].day)
    ]
