"""Where an appointment shall go: the state of the move page, which its address says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from booking.choices import Filters, Tally, advisor_choices, current_labels, kind_choices, ways_out
from booking.enums import Kind
from booking.models import Appointment
from booking.selectors import advisors_at, free_times, own_times
from booking.times import Query
from booking.views.firm_place import firm_place
from booking.views.said import said
from booking.views.times import chosen_advisor, shown_times
from offices.models import Advisor, Office
from offices.postcodes import bare_postcode

STATE = ("buero", "art", "plz", "person", "tag", "monat")


@dataclass(frozen=True, slots=True)
class Target:
    """Office, kind and perhaps advisor that are wished for, and where a visit goes; without a wish all stays."""

    office: Office
    kind: str
    advisors: list[Advisor]
    advisor: Advisor | None
    postcode: str

    @property
    def is_visit(self) -> bool:
        return self.kind == Kind.FIRM


def target_of(request: HttpRequest, appointment: Appointment, *, now: datetime) -> Target:
    """404 for an office, a kind or a person that cannot be had. A posted form says what its page showed."""
    wished = request.GET.dict() | {name: request.POST[name] for name in ("buero", "art", "plz") if name in request.POST}
    office, kind = appointment.office, wished.get("art") or appointment.kind
    slug = said(wished, "buero", 80)
    if slug not in {"", office.slug}:
        office = get_object_or_404(Office, slug=slug, is_active=True)
    if kind not in {appointment.kind, *appointment.service.kinds}:
        raise Http404
    advisors = advisors_at(office, now=now)
    elsewhere = bare_postcode(said(wished, "plz", 10)) if kind == Kind.FIRM else ""
    advisor = chosen_advisor(advisors, request.GET.get("person"))
    return Target(office, kind, advisors, advisor, elsewhere or appointment.postcode)


def times_of(request: HttpRequest, appointment: Appointment, target: Target, *, now: datetime) -> dict[str, Any]:
    """The choices and the free times of the move page."""
    query = Query(request.path, {name: request.GET[name] for name in STATE if request.GET.get(name)})
    service = appointment.service
    filters = Filters(kind=target.kind, advisor=target.advisor)
    slots = free_times(
        service,
        now=now,
        offices=[target.office],
        own=own_times(appointment),
        minutes=appointment.minutes,
        postcode=target.postcode,
    )
    tally = Tally(slots)
    choices = {
        "kinds": kind_choices(service.kinds, tally, filters, query),
        "advisors": advisor_choices(target.advisors, tally, filters, query),
        "offices": [
            {
                "label": office.name,
                "url": query.url(
                    buero=None if office == appointment.office else office.slug, person=None, tag=None, monat=None
                ),
                "is_current": office == target.office,
            }
            for office in Office.objects.filter(is_active=True)
        ],
    }
    return choices | {
        "target": target,
        "firm": firm_place(target.office, target.postcode) if target.is_visit else None,
        "carried": {name: value for name, value in query.chosen.items() if name not in {"plz", "tag", "monat"}},
        "chosen": current_labels(choices.values()),
        "ways_out": ways_out(service, tally, filters, query),
        **shown_times(filters.of(slots), query, service, now=now),
    }
