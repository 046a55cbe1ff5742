"""The second step: what, how, and when."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking.choices import Filters, Tally, advisor_choices, current_labels, kind_choices, part_choices, ways_out
from booking.domain.clock import BERLIN, minute_of
from booking.domain.dayparts import DayPart
from booking.domain.slots import Slot
from booking.enums import Kind
from booking.models import Service
from booking.selectors import advisors_at, free_times
from booking.times import OutOfRange, Query, agenda, asked_time
from booking.views.firm_place import FirmPlace, firm_place
from booking.views.said import said
from booking.views.start import steps
from booking.wording import on_request
from courses.models import CoursePage
from offices.models import Advisor, Office
from offices.postcodes import Responsibility, UnknownPostcode, is_postcode, responsible_office

STATE = ("anliegen", "art", "dauer", "person", "tageszeit", "tag", "monat", "plz", "kurs")


@require_safe
def times(request: HttpRequest, office: str) -> HttpResponse:
    """Free times of an office for one service and kind: the next ones, days with their number, a month."""
    place = get_object_or_404(Office, slug=office, is_active=True)
    now = timezone.now()
    services = list(Service.objects.filter(is_active=True))
    service = chosen_service(services, request.GET.get("anliegen"))
    minutes = chosen_minutes(service, request.GET.get("dauer"))
    firm = firm_place(place, request.GET.get("plz", ""))
    slots = free_times(service, now=now, offices=[place], minutes=minutes, postcode=firm.typed)
    advisors = advisors_at(place, now=now)
    wished = Filters(
        advisor=chosen_advisor(advisors, request.GET.get("person")), part=chosen_part(request.GET.get("tageszeit"))
    )
    offered = set().union(*{slot.kinds for slot in wished.of(slots) or slots})
    kind = chosen_kind(service.kinds, request.GET.get("art"), offered)
    filters = replace(wished, kind=kind)
    found, tally = filters.of(slots), Tally(slots)
    query = Query(request.path, {name: request.GET[name] for name in STATE if request.GET.get(name)})
    choices = {
        "services": service_links(services, service, query),
        "durations": duration_links(service, minutes, query),
        "kinds": kind_choices(service.kinds, tally, filters, query, is_place_known=firm.is_known),
        "advisors": advisor_choices(advisors, tally, filters, query),
        "parts": part_choices(tally, filters, query),
    }
    context = choices | {
        "office": place,
        "service": service,
        "kind": kind,
        "minutes": minutes,
        "advisor": filters.advisor,
        "chosen": current_labels(choices.values()),
        "ways_out": ways_out(service, tally, filters, query),
        "on_request": on_request(advisors, place),
        "course": chosen_course(said(request.GET, "kurs", 255)),
        "postcode": firm.typed if is_postcode(firm.typed) else "",
        "responsibility": _responsibility(firm.typed),
        **_about_the_visit(kind, firm, query),
        "visit": secrets.token_urlsafe(12),
        "steps": steps("Zeit", Büro=query_start(query)),
        "asked": _asked(request, found),
        "everywhere_url": Query(reverse("booking:days"), {"anliegen": service.slug, "art": kind}).url(),
        **shown_times(found, query, service, now=now),
    }
    response = render(request, "booking/times.html", context)
    # Live, yet kept for the way back: the visit's mark in the page must survive the back button.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _asked(request: HttpRequest, slots: list[Slot]) -> dict[str, Any] | None:
    """Of the time that a page's link to the next free time names; 404 for what is no time."""
    try:
        return asked_time(said(request.GET, "zeit", 40), slots)
    except ValueError as error:
        raise Http404 from error


def _about_the_visit(kind: str, firm: FirmPlace, query: Query) -> dict[str, Any]:
    """A visit needs to know where the firm is before it can be offered."""
    is_visit = kind == Kind.FIRM
    return {
        "is_visit": is_visit,
        "asks_for_place": is_visit and not firm.is_known,
        "firm": firm,
        "carried": {name: value for name, value in query.chosen.items() if name not in {"plz", "tag", "monat"}},
        "other_place_url": query.url(plz=None, tag=None, monat=None),
    }


def query_start(query: Query) -> str:
    """Back to the choice of the office, with what was carried along."""
    kept = {name: value for name, value in query.chosen.items() if name in {"anliegen", "art", "kurs"}}
    return Query("/termin/", kept).url()


def shown_times(slots: list[Any], query: Query, service: Service, *, now: datetime) -> dict[str, Any]:
    """The agenda of the template, or 404 for days and months that the calendar does not have."""
    today: date = BERLIN.local(minute_of(now))[0]
    try:
        return agenda(slots, query, today=today, horizon=today + timedelta(days=service.horizon_days))
    except OutOfRange as error:
        raise Http404 from error


def chosen_service(services: list[Service], slug: str | None) -> Service:
    """The service of that name, the first one without a name, 404 for a name that is none."""
    for service in services:
        if slug in {None, "", service.slug}:
            return service
    raise Http404


def chosen_minutes(service: Service, text: str | None) -> int | None:
    """The duration of that number, None for the usual one or without a number, 404 for one that it does not have."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) in service.durations):
        raise Http404
    return None if int(text) == service.duration else int(text)


def service_links(services: list[Service], current: Service, query: Query) -> list[dict[str, Any]]:
    return [
        {
            "label": service.name,
            "url": query.url(anliegen=service.slug, art=None, dauer=None, tag=None, monat=None),
            "is_current": service == current,
        }
        for service in services
    ]


def duration_links(service: Service, minutes: int | None, query: Query) -> list[dict[str, Any]]:
    """One link for each duration; none where there is nothing to choose."""
    if len(service.durations) < 2:
        return []
    return [
        {
            "label": f"{value} Minuten",
            "url": query.url(dauer=None if value == service.duration else str(value), tag=None, monat=None),
            "is_current": value == (minutes or service.duration),
        }
        for value in service.durations
    ]


def chosen_advisor(advisors: list[Advisor], slug: str | None) -> Advisor | None:
    """The person of that name among those who give times here; 404 for any other name, None without one."""
    if not slug:
        return None
    for person in advisors:
        if person.slug == slug:
            return person
    raise Http404


def chosen_part(slug: str | None) -> DayPart | None:
    """The part of the day of that name; 404 for a name that is none, None without one."""
    try:
        return DayPart.named(slug) if slug else None
    except ValueError as error:
        raise Http404 from error


def chosen_course(slug: str) -> CoursePage | None:
    """The course that the visitor came from; an unknown one is no reason to refuse a consultation."""
    return CoursePage.objects.open_to_all().filter(slug=slug).first() if slug else None


def chosen_kind(kinds: list[str], value: str | None, offered: set[str]) -> str:
    """The kind of that name, the first one with times without a name, 404 for a name that is none."""
    if value and value not in kinds:
        raise Http404
    return value or next((kind for kind in kinds if kind in offered), kinds[0])


def _responsibility(postcode: str) -> Responsibility | None:
    if not is_postcode(postcode):
        return None
    try:
        return responsible_office(postcode)
    except (UnknownPostcode, Office.DoesNotExist):
        return None
