from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from booking.links import webcal
from booking.next_free import outlook
from booking.selectors import advisors_at
from courses.models import CoursePage
from foundation.caching.shelf import kept
from offices.models import Advisor, Office

register = template.Library()


@register.simple_tag
def bookable_services(office: Office) -> list[dict[str, str]]:
    """What can be booked at an office, each with the address of its times there. No query beside those of the
    outlook."""
    address = reverse("booking:times", args=[office.slug])
    return [
        {**asdict(service), "url": f"{address}?{urlencode({'anliegen': service.slug})}"}
        for service in outlook(now=timezone.now()).services
    ]


@register.simple_tag
def times_of_advisor(advisor: Advisor) -> dict[str, str]:
    """Label and address of the times with somebody; those of the office for whoever gives none there, since the page of
    the times answers 404 for such a name. One query until it is kept."""
    office = advisor.office
    names = kept(f"booking.advisors.{office.pk}", lambda: _names_of_advisors(office))
    address = reverse("booking:times", args=[office.slug])
    if advisor.slug not in names:
        return {"label": "Freie Zeiten im Büro ansehen", "url": address}
    return {"label": "Freie Zeiten ansehen", "url": f"{address}?{urlencode({'person': advisor.slug})}"}


def _names_of_advisors(office: Office) -> set[str]:
    return {person.slug for person in advisors_at(office, now=timezone.now())}


@register.simple_tag
def calendar_of_office_days(office: Office) -> dict[str, str]:
    """Addresses to subscribe to and to load once."""
    path = reverse("booking:office_days", args=[office.slug])
    return {"subscribe": webcal(settings.BASE_URL + path), "file": path}


@register.simple_tag
def calendar_of_courses(course: CoursePage | None = None, query: str = "") -> dict[str, str]:
    """Addresses of the dates of a course, or of all that the list finds, to subscribe to and to load once."""
    path = reverse("booking:course_dates", args=[course.slug]) if course else reverse("booking:all_course_dates")
    path = f"{path}?{query}" if query else path
    return {"subscribe": webcal(settings.BASE_URL + path), "file": path}
