"""What search engines may read of a course (schema.org); nothing that the page does not show.

A price that is unknown or told on request is in no offer: an offer without a figure reads like one for nothing. Nor
is that of the course told where one of its dates has such a price: it would count for that date, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from courses.enums import CourseFormat, PriceState
from courses.models import CoursePage, CourseRun, FundingKind, TargetGroup
from courses.seats import is_counted_down, seats_in_words
from courses.selectors import CourseTeaser

_ZONE = ZoneInfo("Europe/Berlin")
_MODES = {
    CourseFormat.ON_SITE: "Onsite",
    CourseFormat.ONLINE: "Online",
    CourseFormat.BLENDED: "Blended",
    CourseFormat.SELF_PACED: "Online",
}
_WITHOUT_PLACE = {CourseFormat.ONLINE, CourseFormat.SELF_PACED}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNIT_MINUTES = 45
_WITHOUT_FIGURE = {PriceState.ON_REQUEST, PriceState.UNKNOWN}


def course_data(
    course: CoursePage,
    runs: Collection[CourseRun],
    *,
    groups: Iterable[TargetGroup],
    fundings: Iterable[FundingKind],
    address: str,
    today: date,
) -> dict[str, Any]:
    names = [course.audience, *(group.name for group in groups)]
    told = {
        "teaches": course.outcome,
        "coursePrerequisites": course.requirements,
        "audience": [{"@type": "Audience", "audienceType": name} for name in names if name],
        "educationalCredentialAwarded": course.certificate,
        "financialAidEligible": ", ".join(kind.name for kind in fundings),
        "timeRequired": _duration(course),
        "offers": _offer_of_all(course, runs),
        "hasCourseInstance": [_instance(course, run, address=address, today=today) for run in runs],
    }
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"{address}#kurs",
        "name": course.title,
        "description": course.summary,
        "url": address,
        "inLanguage": course.language,
        "provider": {
            "@type": "Organization",
            "name": course.provider.name,
            "url": settings.BASE_URL + reverse("courses:provider", args=[course.provider.slug]),
        },
        **_present(told),
    }


def list_data(teasers: Iterable[CourseTeaser], *, first: int = 1) -> dict[str, Any]:
    """ItemList of the cards that a page shows; `first` is the place of the first one in the whole list. Courses are
    named by their own address, without what a visitor remembers."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": urljoin(settings.BASE_URL, teaser.url.partition("?")[0]),
            "name": teaser.title,
        }
        for position, teaser in enumerate(teasers, start=first)
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _duration(course: CoursePage) -> str:
    """ISO 8601; hours count before teaching units, weeks where neither is known."""
    if course.duration_hours:
        return f"PT{course.duration_hours}H"
    if course.teaching_units:
        return f"PT{course.teaching_units * UNIT_MINUTES}M"
    return f"P{course.duration_weeks}W" if course.duration_weeks else ""


def _offer_of_all(course: CoursePage, runs: Collection[CourseRun]) -> dict[str, Any]:
    """One price where no date has another one, else from the lowest to the highest; nothing where any is not told."""
    prices = {(priced.price_state, priced.price) for priced in (course, *runs) if priced.price_state}
    if len(prices) == 1:
        return _offer(*prices.pop())
    states = {state for state, _ in prices}
    if not _WITHOUT_FIGURE.isdisjoint(states):
        return {}
    figures = [price or Decimal(0) for _, price in prices]
    return _offer_between(min(figures), None if PriceState.FROM in states else max(figures))


def _offer(state: str, price: Decimal | None) -> dict[str, Any]:
    if state == PriceState.FREE:
        return {"@type": "Offer", "category": "Free", "price": "0", "priceCurrency": "EUR"}
    if state == PriceState.AMOUNT:
        return {"@type": "Offer", "category": "Paid", "price": f"{price:.2f}", "priceCurrency": "EUR"}
    return _offer_between(price, None) if state == PriceState.FROM and price is not None else {}


def _offer_between(least: Decimal, most: Decimal | None) -> dict[str, Any]:
    """`most` is None where nobody knows it."""
    bounds = {"minPrice": f"{least:.2f}", **({} if most is None else {"maxPrice": f"{most:.2f}"})}
    told = {"@type": "PriceSpecification", **bounds, "priceCurrency": "EUR"}
    return {"@type": "Offer", "category": "Paid", "priceSpecification": told}


def _instance(course: CoursePage, run: CourseRun, *, address: str, today: date) -> dict[str, Any]:
    sessions = run.sessions
    counted = {
        "maximumAttendeeCapacity": None if is_counted_down(run) else run.seats_max,
        "remainingAttendeeCapacity": run.seats_left,
    }
    told = {
        "courseSchedule": _schedules(run, sessions) if run.days and sessions else None,
        "courseWorkload": _duration(course),
        "location": _location(course, run, address),
        "offers": _offer(run.price_state, run.price),
        **(counted if seats_in_words(run, today).is_open else {}),
    }
    return {
        "@type": "CourseInstance",
        "courseMode": _MODES[CourseFormat(course.format)],
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": _moment(sessions[0] if sessions else run.starts_on, run.start_time),
        "endDate": _moment(run.ends_on or run.starts_on, run.end_time),
        **{name: value for name, value in told.items() if value not in (None, "", {}, [])},
    }


def _moment(day: date, at: time | None) -> str:
    """With the offset of that day; the day alone where no hour is known."""
    return day.isoformat() if at is None else datetime.combine(day, at, _ZONE).isoformat()


def _schedules(run: CourseRun, sessions: tuple[date, ...]) -> dict[str, Any] | list[dict[str, Any]]:
    """One for days that come again in equal steps, else one for each day."""
    if len(sessions) == 1:
        return _schedule(run, sessions, {})
    rhythm = _rhythm(sessions)
    return _schedule(run, sessions, rhythm) if rhythm else [_schedule(run, (day,), {}) for day in sessions]


def _rhythm(sessions: tuple[date, ...]) -> dict[str, Any]:
    """The weekdays and every how many weeks they come; empty where the days keep no such step.

    A last week may end before its last weekday, a first one begin after its first.
    """
    weekdays = sorted({day.weekday() for day in sessions})
    weeks = sorted({day - timedelta(days=day.weekday()) for day in sessions})
    step = (weeks[1] - weeks[0]).days if len(weeks) > 1 else 7
    expected = (
        monday + timedelta(days=weekday)
        for monday in (weeks[0] + timedelta(days=step * number) for number in range(len(weeks)))
        for weekday in weekdays
    )
    if tuple(day for day in expected if sessions[0] <= day <= sessions[-1]) != sessions:
        return {}
    named = [f"https://schema.org/{_WEEKDAYS[weekday]}" for weekday in weekdays]
    return {"byDay": named, "repeatFrequency": f"P{step // 7}W"}


def _schedule(run: CourseRun, sessions: tuple[date, ...], rhythm: dict[str, Any]) -> dict[str, Any]:
    hours = {"startTime": run.start_time, "endTime": run.end_time}
    return {
        "@type": "Schedule",
        "startDate": sessions[0].isoformat(),
        "endDate": sessions[-1].isoformat(),
        "repeatCount": len(sessions),
        **rhythm,
        "scheduleTimezone": "Europe/Berlin",
        **{name: at.isoformat() for name, at in hours.items() if at},
    }


def _location(course: CoursePage, run: CourseRun, address: str) -> dict[str, Any] | list[dict[str, Any]]:
    """Where people meet, where they log in; both for a course that does both."""
    places = [_place(run)] if run.town else []
    if course.format == CourseFormat.BLENDED or (not places and course.format in _WITHOUT_PLACE):
        places.append({"@type": "VirtualLocation", "url": address})
    return places[0] if len(places) == 1 else places


def _place(run: CourseRun) -> dict[str, Any]:
    postal = {"streetAddress": run.street, "postalCode": run.postcode, "addressLocality": run.town}
    place = {
        "@type": "Place",
        "name": run.venue or run.town,
        "address": {"@type": "PostalAddress", **_present(postal), "addressCountry": "DE"},
    }
    if run.latitude is None:
        return place
    return place | {"geo": {"@type": "GeoCoordinates", "latitude": run.latitude, "longitude": run.longitude}}
