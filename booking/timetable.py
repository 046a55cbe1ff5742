"""What stands in the timetable: the stored rules of a span of days as values of the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Expression, IntegerField, Q, QuerySet, Value

from booking.domain.clock import BERLIN, DAY, minute_of, minutes_of, moment_of
from booking.domain.intervals import Interval, merged
from booking.domain.slots import Commitments, Window
from booking.domain.travel import Stop
from booking.enums import Kind
from booking.minutes import MinuteAfter, MinuteOf, NoMinute
from booking.models import Appointment, AvailabilityRule, BusyCalendar, BusyTime, Closure, Service
from offices.models import Advisor, Office, OfficeDay
from offices.postcodes import coordinates


@dataclass(frozen=True, slots=True)
class Hours:
    """Windows of a span of days, the offices that they are in, and the office days that do not take place."""

    windows: list[Window]
    offices: dict[int, Office]
    inactive_office_days: frozenset[int]


def load_hours(
    first: date,
    last: date,
    *,
    office_ids: set[int] | None,
    advisor: Advisor | None,
    service: Service | None = None,
    own: Collection[int] = (),
    with_inactive: bool = False,
) -> Hours:
    """Windows from `first` to `last`, both inside, holidays included. Two queries, three for all services.

    With `service` only those that are there for it, and what else they are there for is not told.
    Without `advisor` those of the pool, and of whoever already advises in a booked appointment of `own`.
    `with_inactive` adds those of advisors, offices and office days that offer nothing at present, and of advisors
    outside the pool.
    """
    in_force = Q(valid_from__lte=last) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    rules = AvailabilityRule.objects.filter(in_force)
    series = OfficeDay.objects.filter(in_force)
    if not with_inactive:
        rules = rules.filter(advisor__is_active=True, office__is_active=True)
        series = series.filter(is_active=True, office__is_active=True)
    if office_ids is not None:
        rules, series = rules.filter(office__in=office_ids), series.filter(office__in=office_ids)
    if service is None:
        rules = rules.prefetch_related("services")
    else:
        rules = rules.filter(Q(services=None) | Q(services=service))
    people = Advisor.objects.all() if with_inactive else Advisor.objects.active()
    if advisor is not None:
        rules, people = rules.filter(advisor=advisor), people.filter(pk=advisor.pk)
    elif not with_inactive:
        people = people.for_anybody(keeping=Appointment.objects.booked().filter(pk__in=own).values("advisor"))
        rules = rules.filter(advisor__in=people)
    windows: list[Window] = []
    offices: dict[int, Office] = {}
    inactive: set[int] = set()
    for rule in rules.select_related("office"):
        offices[rule.office_id] = rule.office
        only = rule.services.all() if service is None else ()
        windows.extend(windows_of_rule(rule, (each.pk for each in only), first, last))
    seats = OfficeDay.advisors.through.objects.filter(officeday__in=series, advisor__in=people)
    for seat in seats.select_related("officeday__office").order_by("officeday__title", "officeday_id", "advisor__name"):
        offices[seat.officeday.office_id] = seat.officeday.office
        if not seat.officeday.is_active:
            inactive.add(seat.officeday_id)
        windows.extend(windows_of_office_day(seat.officeday, [seat.advisor_id], first, last))
    return Hours(windows, offices, frozenset(inactive))


def windows_of_rule(rule: AvailabilityRule, services: Iterable[int], first: date, last: date) -> Iterator[Window]:
    """For these services alone, for all where there are none."""
    only = frozenset(services) or None
    kinds, place = frozenset(rule.kinds), coordinates(rule.office.postcode)
    for day in rule.days_between(first, last):
        yield Window(
            advisor=rule.advisor_id,
            office=rule.office_id,
            day=day,
            opens=minutes_of(rule.start_time),
            closes=minutes_of(rule.end_time),
            kinds=kinds,
            services=only,
            rule=rule.pk,
            place=place,
        )


def windows_of_office_day(
    office_day: OfficeDay, advisors: Collection[int], first: date, last: date
) -> Iterator[Window]:
    place = coordinates(office_day.postcode)
    for day in office_day.days_between(first, last):
        for person in advisors:
            yield Window(
                advisor=person,
                office=office_day.office_id,
                day=day,
                opens=minutes_of(office_day.start_time),
                closes=minutes_of(office_day.end_time),
                kinds=frozenset({Kind.OFFICE_DAY.value}),
                office_day=office_day.pk,
                place=place,
            )


def load_commitments(
    people: Collection[int],
    offices: Mapping[int, Office],
    first: date,
    last: date,
    *,
    service: Service,
    now: datetime,
    own: Collection[int] = (),
) -> Commitments:
    """What stands against the windows of these advisors and offices, and towards the caps. Two queries."""
    start, end = BERLIN.instant(first, 0), BERLIN.instant(last + timedelta(days=1), 0)
    # A day on either side: buffers and travel reach beyond the consultation itself. Caps count whole weeks.
    beyond = 7 * DAY if service.cap_per_week else DAY
    taken = (
        Appointment.objects.taking_time(now=now)
        .filter(advisor__in=people)
        .overlapping(start=moment_of(start - beyond), end=moment_of(end + beyond))
    )
    if own:
        taken = taken.exclude(pk__in=own)
    busy: dict[int, list[Stop]] = defaultdict(list)
    counted: dict[int, list[int]] = defaultdict(list)
    elsewhere: dict[int, list[Interval]] = defaultdict(list)
    unreadable: set[int] = set()
    rows = _with_own_calendars(
        taken.order_by().values_list(
            "advisor_id", "service_id", MinuteOf("starts_at") if service.is_capped else _NOTHING, *STOP
        ),
        people,
        moment_of(start - DAY),
        moment_of(end + DAY),
        now=now,
    )
    for person, of_service, starts, *stop in rows:
        kind = stop[_KIND]
        if kind == _UNREADABLE:
            unreadable.add(person)
        elif kind == _ELSEWHERE:
            elsewhere[person].append((stop[0], stop[1]))
        else:
            busy[person].append(stop_of(stop))
            if service.is_capped and of_service == service.pk:
                counted[person].append(starts)
    absent, closed = closed_times(standing_closures(first, last), offices, first, last)
    years = range(BERLIN.local(minute_of(now))[0].year, last.year + 1)
    holidays = {office.pk: office.holidays_of(years) for office in offices.values()}
    return Commitments(
        busy=busy,
        absent=absent,
        elsewhere=elsewhere,
        closed=closed,
        holidays=holidays,
        counted=counted,
        unreadable=frozenset(unreadable),
    )


_ELSEWHERE, _UNREADABLE = "elsewhere", "unreadable"
"""Instead of a kind: what is no appointment."""


def _with_own_calendars(
    taken: QuerySet[Any], people: Collection[int], start: datetime, end: datetime, *, now: datetime
) -> QuerySet[Any]:
    """One query for all that takes an advisor's time: appointments, the busy times of own calendars, and calendars that
    are too old to count. Columns, which `taken` has already: advisor, service, start, and those of `STOP`."""
    elsewhere = BusyTime.objects.believed(now=now).filter(calendar__advisor__in=people)
    silent = BusyCalendar.objects.filter(advisor__in=people).silent(now=now)
    return taken.union(
        elsewhere.overlapping(start=start, end=end)
        .order_by()
        .values_list(*_shaped(_ELSEWHERE, "calendar__advisor_id", MinuteOf("start"), MinuteAfter("end"))),
        silent.order_by().values_list(*_shaped(_UNREADABLE, "advisor_id", _NOTHING, _NOTHING)),
        all=True,
    )


_NOTHING = NoMinute()


def _shaped(kind: str, advisor: str, start: Expression, end: Expression) -> list[Any]:
    """The columns of what is no appointment: no service, no start that counts, no ways, no place."""
    without_ways = [_NOTHING] * 2
    without_place = [Value("", CharField())] * 3
    no_service = Value(None, IntegerField())
    return [advisor, no_service, _NOTHING, start, end, *without_ways, Value(kind, CharField()), *without_place]


STOP = (
    # A block counts from the minute in which it begins to the minute in which it has ended.
    MinuteOf("block_start"),
    MinuteAfter("block_end"),
    "travel_before",
    "travel_after",
    "kind",
    "postcode",
    "office__postcode",
    "office_day__postcode",
)
"""Columns of an appointment that make a stop of its advisor's day, in the order of `stop_of`."""
_KIND = STOP.index("kind")


def stop_of(values: Sequence[Any]) -> Stop:
    """The block without its ways, and where it is. Whoever speaks by phone or video sits in the office meanwhile."""
    block_start, block_end, travel_before, travel_after, kind, postcode, office, office_day = values
    start, end = block_start + travel_before, block_end - travel_after
    if kind == Kind.FIRM:
        return Stop(start, end, coordinates(postcode), coordinates(office), is_visit=True)
    return Stop(start, end, coordinates(office_day or office))


def standing_closures(first: date, last: date) -> list[Closure]:
    """One query."""
    return list(Closure.objects.filter(first_day__lte=last, last_day__gte=first))


def closed_times(
    closures: Iterable[Closure], offices: Collection[int], first: date, last: date
) -> tuple[dict[int, list[Interval]], dict[int, list[Interval]]]:
    """Absences per advisor and closures per office; what closes the network closes every office."""
    absent: dict[int, list[Interval]] = defaultdict(list)
    closed: dict[int, list[Interval]] = defaultdict(list)
    for closure in closures:
        spans = list(closed_spans(closure, first, last))
        if closure.advisor_id is not None:
            absent[closure.advisor_id].extend(spans)
            continue
        for office in offices if closure.office_id is None else {closure.office_id}:
            closed[office].extend(spans)
    return absent, closed


def closures_of(office: Office, first: date, last: date) -> list[Interval]:
    """When the office or the whole network is closed, holidays aside; disjoint and sorted. One query."""
    return merged(closed_times(standing_closures(first, last), [office.pk], first, last)[1][office.pk])


def closed_spans(closure: Closure, first: date, last: date) -> Iterator[Interval]:
    for day in closure.days_between(first, last):
        if closure.start_time is None or closure.end_time is None:
            yield BERLIN.day_span(day)
        else:
            yield BERLIN.instant(day, minutes_of(closure.start_time)), BERLIN.instant(day, minutes_of(closure.end_time))
