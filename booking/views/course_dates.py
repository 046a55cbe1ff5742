"""The calendars of course dates, for everyone."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.course_dates import PAST
from booking.ical.envelope import CONTENT_TYPE
from booking.services.publish_runs import course_dates_document
from courses.models import CoursePage
from courses.selectors import published_runs
from foundation.public_files import public_file


@csrf_exempt
@require_safe
def course_dates(request: HttpRequest, course: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 404 for a course that is none or not published."""
    page = get_object_or_404(CoursePage.objects.open_to_all(), slug=course)
    return _file(request, name=page.title, file=f"kurs-{page.slug}.ics", course=page)


@csrf_exempt
@require_safe
def all_course_dates(request: HttpRequest) -> HttpResponseBase:
    return _file(request, name="Alle Kurse", file="kurse.ics")


def _file(request: HttpRequest, *, name: str, file: str, course: CoursePage | None = None) -> HttpResponseBase:
    runs = published_runs(timezone.localdate() - PAST, course=course)
    body = course_dates_document(runs, name=f"MehrWert: {name}", now=timezone.now()).encode()
    return public_file(request, body, content_type=CONTENT_TYPE, name=file)
