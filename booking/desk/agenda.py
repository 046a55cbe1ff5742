"""Day and week of an office: what stands in the calendars of its advisors. Values for the tables, four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from booking.clashes import with_clashes
from booking.domain.clock import BERLIN, moment_of
from booking.domain.intervals import Interval
from booking.enums import Status
from booking.models import Appointment, Closure
from booking.querysets import WITH_ANSWERS
from booking.wording import journey, local
from offices.models import Advisor, Office

OPENS, CLOSES = 8, 18
"""Hours that a day's table always shows; earlier and later ones appear when something stands in them."""

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in an advisor's day. `starts` is a wall-clock time; closures of whole days begin at midnight."""

    kind: str
    starts: time
    label: str
    appointment: Appointment | None = None

    @property
    def journey(self) -> str:
        return journey(self.appointment) if self.appointment else ""


@dataclass(slots=True)
class Agenda:
    """What stands where, by advisor and day, in the order of the clock."""

    advisors: list[Advisor]
    days: list[date]
    found: dict[tuple[int, date], list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def entries(self, advisor: Advisor, day: date) -> list[Entry]:
        return self.found.get((advisor.pk, day), [])

    def hours(self, day: date) -> list[dict[str, Any]]:
        """Rows of the day's table: an hour, and what begins in it for each advisor."""
        begun = {entry.starts.hour for advisor in self.advisors for entry in self.entries(advisor, day)}
        shown = sorted({*range(OPENS, CLOSES), *(hour for hour in begun if hour)})
        return [
            {
                "label": f"{hour} Uhr",
                "cells": [
                    (advisor, [entry for entry in self.entries(advisor, day) if entry.starts.hour == hour])
                    for advisor in self.advisors
                ],
            }
            for hour in shown
        ]

    def whole_day(self, day: date) -> list[tuple[Advisor, list[Entry]]]:
        """What begins before the table's hours: closures of whole days."""
        return [
            (advisor, [entry for entry in self.entries(advisor, day) if entry.starts.hour == 0])
            for advisor in self.advisors
        ]

    def show_gaps(self, day: date, gaps: Mapping[int, Iterable[Interval]]) -> None:
        """Gaps are minutes of the wall clock, by advisor."""
        for advisor, free in gaps.items():
            entries = self.found[advisor, day]
            entries += [_gap(opens, closes) for opens, closes in free]
            entries.sort(key=lambda entry: entry.starts)

    def leave_out_empty_weekend(self, offered: Collection[date]) -> None:
        """Keeps Saturday and Sunday only where hours are offered or something lies; what goes on from Friday, such as
        a holiday, is no reason to keep them."""
        friday = self.days[_FRIDAY]
        self.days = [
            day
            for day in self.days
            if day <= friday
            or day in offered
            or any(
                entry not in self.entries(advisor, friday)
                for advisor in self.advisors
                for entry in self.entries(advisor, day)
            )
        ]

    def week(self) -> list[dict[str, Any]]:
        """Rows of the week's table: an advisor, and each day."""
        return [
            {"advisor": advisor, "cells": [(day, self.entries(advisor, day)) for day in self.days]}
            for advisor in self.advisors
        ]


def agenda(
    office: Office,
    advisors: Iterable[Advisor],
    rows: QuerySet[Appointment],
    *,
    first: date,
    days: int,
    now: datetime,
    reasons_for: frozenset[int],
) -> Agenda:
    """`rows` are the appointments that the reader may see; why somebody is away is told for `reasons_for` only."""
    found = Agenda(list(advisors), [first + timedelta(days=number) for number in range(days)])
    people = [advisor.pk for advisor in found.advisors]
    start = moment_of(BERLIN.instant(first, 0))
    end = moment_of(BERLIN.instant(first + timedelta(days=days), 0))
    taken = rows.filter(advisor__in=people, starts_at__gte=start, starts_at__lt=end).filter(
        Q(status=Status.BOOKED) | Q(status=Status.HELD, hold_expires_at__gt=now)
    )
    taken = with_clashes(taken, now=now)
    for appointment in taken.select_related("service", "office", "office_day", *WITH_ANSWERS):
        moment = local(appointment.starts_at)
        found.found[appointment.advisor_id, moment.date()].append(_entry(appointment))
    closures = Closure.objects.filter(first_day__lte=found.days[-1], last_day__gte=first).filter(
        Q(advisor__in=people) | Q(advisor=None, office=office) | Q(advisor=None, office=None)
    )
    for closure in closures:
        concerned = people if closure.advisor_id is None else [closure.advisor_id]
        for person in concerned:
            tells_why = closure.advisor_id is None or person in reasons_for
            for day in closure.days_between(first, found.days[-1]):
                found.found[person, day].append(_closed(closure, tells_why=tells_why))
    for entries in found.found.values():
        entries.sort(key=lambda entry: entry.starts)
    return found


def _entry(appointment: Appointment) -> Entry:
    starts, ends = local(appointment.starts_at), local(appointment.ends_at)
    span = f"{starts.hour}:{starts:%M}–{ends.hour}:{ends:%M}"
    at = starts.time().replace(tzinfo=None)
    if appointment.awaits_verification:
        return Entry("held", at, f"{span} {appointment.state}", appointment)
    if appointment.status == Status.HELD:
        return Entry("held", at, f"{span} {appointment.state if appointment.offer_id else 'gerade reserviert'}")
    return Entry("booked", at, f"{span} {appointment.service}", appointment)


def _gap(opens: int, closes: int) -> Entry:
    span = "–".join(f"{minutes // 60}:{minutes % 60:02}" for minutes in (opens, closes))
    return Entry("free", time(*divmod(opens, 60)), f"frei {span}")


def _closed(closure: Closure, *, tells_why: bool) -> Entry:
    why = closure.reason if tells_why else "nicht da"
    if closure.start_time is None or closure.end_time is None:
        return Entry("closed", time(0), f"ganztags: {why}")
    start, end = closure.start_time, closure.end_time
    return Entry("closed", start, f"{start.hour}:{start:%M}–{end.hour}:{end:%M} {why}")
