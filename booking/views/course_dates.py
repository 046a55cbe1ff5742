"""The calendars of course dates, for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.course_dates import PAST, that_fit
from booking.ical.envelope import CONTENT_TYPE
from booking.services.publish_runs import course_dates_document
from courses.finder import found_by
from courses.models import CoursePage, CourseRun
from courses.remembered import remembered_in
from courses.selectors import published_runs, runs_of
from courses.wording import in_words
from foundation.models import BrandSettings
from foundation.public_files import public_file

MOST_DATES, MOST_EVENTS = 1000, 2000
"""Of a calendar; Google refuses files above about a megabyte."""


@csrf_exempt
@require_safe
def course_dates(request: HttpRequest, course: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 404 for a course that is none or not published."""
    page = _page(course)
    return _file(request, _runs(page), name=page.title, file=f"kurs-{page.slug}.ics")


@csrf_exempt
@require_safe
def course_date(request: HttpRequest, course: str, run: int) -> HttpResponseBase:
    """One date alone; 404 once it is cancelled or long over."""
    page = _page(course)
    runs = [found for found in _runs(page) if found.pk == run]
    if not runs:
        raise Http404
    return _file(request, runs, name=page.title, file=f"kurs-{page.slug}-{run}.ics")


@csrf_exempt
@require_safe
def all_course_dates(request: HttpRequest) -> HttpResponseBase:
    """With the words and choices of the list in the address, the dates that the list finds."""
    today = timezone.localdate()
    found = found_by(request.GET, today) if request.GET else None
    if found is None or not found.selection.query:
        return _file(request, _all_runs(today), name="Alle Kurse", file="kurse.ics")
    runs = runs_of(found.soonest_dates(MOST_DATES + 1))
    return _file(request, runs, name=f"Kurse – {in_words(found)}", file="kurse.ics")


@csrf_exempt
@require_safe
def remembered_course_dates(request: HttpRequest) -> HttpResponseBase:
    """The dates ahead of the courses whose ids stand in the address."""
    runs = published_runs(timezone.localdate(), courses=remembered_in(request.GET).ids, most=MOST_DATES + 1)
    return _file(request, runs, name="Gemerkte Kurse", file="gemerkte-kurse.ics")


def _page(slug: str) -> CoursePage:
    """Raises Http404, for what PostgreSQL can hold in no text, too."""
    if "\x00" in slug:
        raise Http404
    return get_object_or_404(CoursePage.objects.open_to_all(), slug=slug)


def _all_runs(today: date) -> list[CourseRun]:
    """Where there are too many, those from today on."""
    runs = published_runs(today - PAST, most=MOST_DATES + 1)
    return runs if len(_that_fit(runs)) == len(runs) else published_runs(today, most=MOST_DATES + 1)


def _runs(course: CoursePage) -> list[CourseRun]:
    return published_runs(timezone.localdate() - PAST, courses=[course.pk])


def _that_fit(runs: Sequence[CourseRun]) -> Sequence[CourseRun]:
    return that_fit(runs, dates=MOST_DATES, events=MOST_EVENTS)


def _file(request: HttpRequest, runs: Sequence[CourseRun], *, name: str, file: str) -> HttpResponseBase:
    """The soonest where there are too many; the calendar says so."""
    shown = _that_fit(runs)
    there_are_more = len(shown) < len(runs)
    title = f"{BrandSettings.as_shown().wordmark}: {name}"
    document = course_dates_document(shown, name=title, now=timezone.now(), there_are_more=there_are_more)
    return public_file(request, document.encode(), content_type=CONTENT_TYPE, name=file)
