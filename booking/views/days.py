"""Beside the second step: the days on which anything is free in any office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking.choices import Filters, current_labels, kind_choices, part_choices
from booking.domain.clock import BERLIN, minute_of
from booking.enums import Kind
from booking.models import Service
from booking.network_times import NetworkTimes, Starts, numbers_of
from booking.selectors import free_starts_of_network
from booking.times import OutOfRange, Query, chosen_day, chosen_month, month_of
from booking.views.start import steps
from booking.views.times import chosen_kind, chosen_part, chosen_service, query_start, service_links
from booking.wording import day_label, time_label
from offices.models import Office

STATE = ("anliegen", "art", "tageszeit", "tag", "monat", "kurs")


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """A month with the number of free times of each day; of one day the offices, each leading to its times."""
    now = timezone.now()
    services = list(Service.objects.filter(is_active=True))
    service = chosen_service(services, request.GET.get("anliegen"))
    query = Query(request.path, {name: request.GET[name] for name in STATE if request.GET.get(name)})
    asked = _Asked.of(query, service, now=now)
    read = free_starts_of_network(service, now=now, first=asked.first, last=asked.last)
    times = NetworkTimes(read.found)
    filters = Filters(
        kind=_kind(service, query.chosen.get("art"), times.kinds), part=chosen_part(query.chosen.get("tageszeit"))
    )
    found = times.of(filters)
    month, day = asked.shown(found, query)
    choices = {
        "services": service_links(services, service, query),
        "kinds": kind_choices(_kinds(service), times, filters, query),
        "parts": part_choices(times, filters, query),
    }
    context = choices | {
        "service": service,
        "chosen": current_labels(choices.values()),
        "month": month,
        "day": day and day_label(day),
        "offices": _offices(found.get(day, {}), read.offices, query, filters, day) if day else [],
        "steps": steps("Zeit", Büro=query_start(query)),
        "start_url": query_start(query),
    }
    response = render(request, "booking/days.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _kinds(service: Service) -> list[str]:
    """A visit's times depend on where the firm is: they stand on the pages of the offices."""
    return [kind for kind in service.kinds if kind != Kind.FIRM]


def _kind(service: Service, value: str | None, offered: set[str]) -> str:
    kinds = _kinds(service) or [Kind.FIRM.value]
    return chosen_kind(kinds, None if value == Kind.FIRM else value, offered)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, and the days (`first` to `last`) that are read for it: no more than are shown."""

    today: date
    horizon: date
    day: date | None
    month: date | None

    @classmethod
    def of(cls, query: Query, service: Service, *, now: datetime) -> _Asked:
        """404 for days and months that the calendar does not have."""
        today: date = BERLIN.local(minute_of(now))[0]
        horizon = today + timedelta(days=service.horizon_days)
        try:
            day = chosen_day(query.chosen.get("tag"), today, horizon)
            month = chosen_month(query.chosen.get("monat"), today, horizon)
        except OutOfRange as error:
            raise Http404 from error
        if day is not None:
            month = day.replace(day=1)
        return cls(today, horizon, day, month)

    @property
    def first(self) -> date:
        return self.month or self.today

    @property
    def last(self) -> date:
        """In the last week of a month the next one belongs to it: perhaps nothing is left of this one."""
        within = self.month or self.today + timedelta(days=7)
        return (within.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def shown(self, found: Starts, query: Query) -> tuple[dict[str, Any], date | None]:
        """The month and its day: the chosen one or, without one, the first with free times."""
        day = self.day or next(iter(found), None)
        first = self.month or (day or self.today).replace(day=1)
        # Another month begins with its own first day.
        without_day = Query(query.path, {**query.chosen, "tag": ""})
        numbers = numbers_of(found)
        month = month_of(first, numbers, without_day, today=self.today, horizon=self.horizon, current=day)
        return month, day


def _offices(
    found: dict[int, set[int]], offices: Mapping[int, Office], query: Query, filters: Filters, day: date
) -> list[dict[str, Any]]:
    """The offices of a day, the one with the earliest time first."""
    carried = {name: value for name, value in query.chosen.items() if name in {"anliegen", "tageszeit", "kurs"}}
    return [
        {
            "office": offices[pk],
            "count": len(starts),
            "first": time_label(BERLIN.moment(min(starts))),
            "url": Query(reverse("booking:times", args=[offices[pk].slug]), carried).url(
                art=filters.kind, tag=day.isoformat()
            )
            + "#tag",
        }
        for pk, starts in sorted(found.items(), key=lambda entry: (min(entry[1]), offices[entry[0]].name))
    ]
