"""The calendars of course dates, for everyone."""

from __future__ import annotations

from collections.abc import Collection

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.course_dates import PAST
from booking.ical.envelope import CONTENT_TYPE
from booking.services.publish_runs import course_dates_document
from courses.models import CoursePage, CourseRun
from courses.selectors import published_runs
from foundation.public_files import public_file


@csrf_exempt
@require_safe
def course_dates(request: HttpRequest, course: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 404 for a course that is none or not published."""
    page = get_object_or_404(CoursePage.objects.open_to_all(), slug=course)
    return _file(request, _runs(page), name=page.title, file=f"kurs-{page.slug}.ics")


@csrf_exempt
@require_safe
def course_date(request: HttpRequest, course: str, run: int) -> HttpResponseBase:
    """One date alone; 404 once it is cancelled or long over."""
    page = get_object_or_404(CoursePage.objects.open_to_all(), slug=course)
    runs = [found for found in _runs(page) if found.pk == run]
    if not runs:
        raise Http404
    return _file(request, runs, name=page.title, file=f"kurs-{page.slug}-{run}.ics")


@csrf_exempt
@require_safe
def all_course_dates(request: HttpRequest) -> HttpResponseBase:
    return _file(request, _runs(), name="Alle Kurse", file="kurse.ics")


def _runs(course: CoursePage | None = None) -> list[CourseRun]:
    return published_runs(timezone.localdate() - PAST, course=course)


def _file(request: HttpRequest, runs: Collection[CourseRun], *, name: str, file: str) -> HttpResponseBase:
    body = course_dates_document(runs, name=f"MehrWert: {name}", now=timezone.now()).encode()
    return public_file(request, body, content_type=CONTENT_TYPE, name=file)
