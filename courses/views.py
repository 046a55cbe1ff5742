"""Public pages of what courses belong to: who offers them, and who may pay for them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from courses.comparison import comparison
from courses.course_feed import feed_of_courses
from courses.course_list import WayOut
from courses.course_table import table_of_courses
from courses.finder import found_by
from courses.finding.spans import Choice
from courses.freshness import COURSES, PAGES
from courses.models import FundingKind, Provider
from courses.remembered import remembered_in
from courses.selectors import FirstCourses, courses_of, courses_with_funding, way_to_courses
from courses.ways import start_at
from foundation.breadcrumbs import Crumb
from foundation.conditional import tag_of, unless_known
from foundation.limits import Limit
from foundation.public_files import public, public_file

WHOLE_TABLES = Limit("course_table", times=30, seconds=600)
TABLE_FORM = "1"
"""Rises when the same courses are written otherwise."""


@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """404 for a provider that is none. Its marks are those of today."""
    found = get_object_or_404(Provider, slug=slug)
    today = timezone.localdate()
    courses, way = courses_of(found, today, request), way_to_courses(request)
    context = {
        "provider": found,
        "marks": list(found.marks.in_force(today)),
        "courses": courses.teasers,
        "all": _way_to_all(courses, way, "dieses Anbieters", Choice("anbieter", slug)),
        "breadcrumbs": way,
        "address": settings.BASE_URL + request.path,
    }
    return render(request, "courses/provider.html", context)


@require_safe
def funding(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(FundingKind, slug=slug)
    courses, way = courses_with_funding(found, timezone.localdate(), request), way_to_courses(request)
    context = {
        "kind": found,
        "courses": courses.teasers,
        "all": _way_to_all(courses, way, "mit dieser Förderung", Choice("foerderung", slug)),
        "breadcrumbs": way,
        "address": settings.BASE_URL + request.path,
    }
    return render(request, "courses/funding.html", context)


def _way_to_all(courses: FirstCourses, way: list[Crumb], whose: str, choice: Choice) -> WayOut | None:
    """To the list, narrowed to that choice, where not all courses are shown."""
    if not way or courses.number == len(courses.teasers):
        return None
    return WayOut(f"Alle {courses.number} Kurse {whose}", f"{way[-1].url}?{urlencode([choice])}")


@csrf_exempt
@require_safe
def course_feed(request: HttpRequest) -> HttpResponseBase:
    """Heeds the words and choices of the list in the address; 404 on a site without a list."""
    body = feed_of_courses(request, timezone.localdate())
    if body is None:
        raise Http404
    return public_file(request, body, content_type="application/atom+xml; charset=utf-8", name="kurse-atom.xml")


@csrf_exempt
@require_safe
def course_table(request: HttpRequest) -> HttpResponseBase:
    """Of what the list finds, sent while it is written. The marks of the courses tell whether anything is new.

    429 where one network asks for whole tables again and again: ten thousand courses take seconds to write.
    """
    today, now = timezone.localdate(), timezone.now()
    tag = tag_of("|".join((TABLE_FORM, COURSES.value(), PAGES.value(), str(today), request.GET.urlencode())).encode())
    named = content_disposition_header(as_attachment=True, filename=f"kurse-{today}.csv")

    def answer() -> HttpResponseBase:
        if WHOLE_TABLES.is_reached(request, now=now):
            headers = {"Retry-After": WHOLE_TABLES.retry_after(now), "Cache-Control": "no-store"}
            return HttpResponse(status=429, headers=headers)
        WHOLE_TABLES.count(request, now=now)
        rows = table_of_courses(found_by(request.GET, today), today)
        headers = {"Content-Disposition": named} if named else {}
        return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)

    response = unless_known(request, answer, tag=tag)
    return response if response.status_code == 429 else public(response)


@require_safe
def remembered_courses(request: HttpRequest) -> HttpResponse:
    start = start_at(request.GET.get("plz", ""))
    found = comparison(remembered_in(request.GET), start, timezone.localdate(), request)
    way = way_to_courses(request)
    context = {
        "found": found,
        "start": start,
        "breadcrumbs": way,
        "list_url": found.remembered.at(way[-1].url) if way else "",
    }
    return render(request, "courses/remembered.html", context)
