"""How the appointments are shared out among advisors: the values that the fair choice compares, and its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.fairness import Share, fair_order, period_around, presence
from booking.models import Appointment, Closure
from offices.models import Advisor


def shares_in_turn(
    people: Collection[int], *, day: date, weeks: int, now: datetime, own: Collection[int] = ()
) -> list[Share]:
    """Whose turn it is on a day, in the fair order. Two queries.

    Counted are all booked and running reserved appointments that begin in the weeks around the day, whoever asked for
    them by name included; `own` are those that would give way. Times that are held for a firm to choose from do not
    count: its appointment does already, and at most one of them replaces it.
    """
    first, last = period_around(day, weeks)
    leave, closed = _whole_days_off(people, first, last)
    starts = {"from_rules": Min("availability_rules__valid_from"), "from_days": Min("office_days__valid_from")}
    given = _given(first, last, now=now, own=own)
    found = []
    for advisor in Advisor.objects.filter(pk__in=people).select_related("office").annotate(**starts, **given):
        first_start = BERLIN.local(minute_of(advisor.first_start))[0] if advisor.first_start else None
        last_given = minute_of(advisor.last_given) if advisor.last_given else None
        holidays = advisor.office.holidays_of(range(first.year, last.year + 1))
        there = presence(
            first,
            last,
            free=holidays.keys() | closed[None] | closed[advisor.office_id],
            leave=leave[advisor.pk],
            # A rule that replaced an older one does not make anybody new.
            since=min(filter(None, (advisor.from_rules, advisor.from_days, first_start)), default=None),
        )
        found.append(Share(advisor.pk, advisor.number_given, there, advisor.share_percent, last_given))
    return fair_order(found)


def _given(first: date, last: date, *, now: datetime, own: Collection[int]) -> dict[str, Any]:
    """Columns of an advisor: how many, when the latest was given, and the start of the first."""
    start, end = BERLIN.instant(first, 0), BERLIN.instant(last + timedelta(days=1), 0)
    given = (
        Appointment.objects.taking_time(now=now)
        .filter(advisor=OuterRef("pk"), starts_at__gte=moment_of(start), starts_at__lt=moment_of(end), offer=None)
        .exclude(pk__in=own)
        .order_by()
        .values("advisor")
    )
    return {
        "number_given": Coalesce(Subquery(given.annotate(found=Count("pk")).values("found")), 0),
        "last_given": Subquery(given.annotate(found=Max("created_at")).values("found")),
        "first_start": Subquery(given.annotate(found=Min("starts_at")).values("found")),
    }


def _whole_days_off(
    people: Collection[int], first: date, last: date
) -> tuple[dict[int, set[date]], dict[int | None, set[date]]]:
    """Days of leave per advisor, and days closed per office; None stands for the whole network."""
    leave: dict[int, set[date]] = defaultdict(set)
    closed: dict[int | None, set[date]] = defaultdict(set)
    in_period = Closure.objects.filter(first_day__lte=last, last_day__gte=first, start_time__isnull=True)
    for closure in in_period.filter(Q(advisor__in=people) | Q(advisor=None)):
        days = closure.days_between(first, last)
        if closure.advisor_id is not None:
            leave[closure.advisor_id].update(days)
        else:
            closed[closure.office_id].update(days)
    return leave, closed
