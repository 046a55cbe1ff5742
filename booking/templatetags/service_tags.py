from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from booking.links import webcal
from booking.models import Service
from courses.models import CoursePage
from foundation.caching.shelf import kept
from offices.models import Office

register = template.Library()


@register.simple_tag
def bookable_services(office: Office) -> list[dict[str, str | int]]:
    """What can be booked at an office, each with the address of its times there. One query until it is kept."""
    return kept(f"booking.services.{office.pk}", lambda: _services_at(office))


def _services_at(office: Office) -> list[dict[str, str | int]]:
    address = reverse("booking:times", args=[office.slug])
    return [
        {
            "name": service.name,
            "summary": service.summary,
            "duration": service.duration_label,
            "url": f"{address}?{urlencode({'anliegen': service.slug})}",
        }
        for service in Service.objects.filter(is_active=True)
    ]


@register.simple_tag
def calendar_of_office_days(office: Office) -> dict[str, str]:
    """Addresses to subscribe to and to load once."""
    path = reverse("booking:office_days", args=[office.slug])
    return {"subscribe": webcal(settings.BASE_URL + path), "file": path}


@register.simple_tag
def calendar_of_courses(course: CoursePage | None = None) -> dict[str, str]:
    """Addresses of the dates of a course, or of all, to subscribe to and to load once."""
    path = reverse("booking:course_dates", args=[course.slug]) if course else reverse("booking:all_course_dates")
    return {"subscribe": webcal(settings.BASE_URL + path), "file": path}
