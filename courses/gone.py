"""What the address of a course answers once the course is gone (RFC 9110, 15.5.11): ways on instead of a dead end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlparse

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from courses.models import CoursePage, Provider, Topic, VanishedCourse
from courses.selectors import way_to_courses
from courses.similar import similar_courses
from courses.stock import stock
from foundation.caching.pages import is_for_everybody


@dataclass(frozen=True, slots=True)
class GoneCourse:
    title: str
    provider: Provider | None
    topics: Collection[Topic]

    @classmethod
    def of_page(cls, course: CoursePage) -> GoneCourse:
        return cls(course.title, course.provider, course.topics.all())

    @classmethod
    def of_record(cls, kept: VanishedCourse) -> GoneCourse:
        return cls(kept.title, kept.provider, kept.topics.all())


def kept_at(slug: str) -> VanishedCourse | None:
    """One query."""
    found: VanishedCourse | None = VanishedCourse.objects.at(slug).first()
    return found


def gone(request: HttpRequest, course: GoneCourse) -> HttpResponse:
    """410; where editors have set a redirect for the address, that goes first (Wagtail looks for it after a 404)."""
    if _is_redirected(request):
        raise Http404
    today = timezone.localdate()
    held = stock(today, may_be_old=is_for_everybody(request))
    way = way_to_courses(request)
    provider = course.provider
    context = {
        "course": course,
        "provider": provider if provider and CoursePage.objects.of_provider(provider.pk).exists() else None,
        "similar": similar_courses(held, course.topics, today, request),
        "breadcrumbs": way,
        "catalogue_url": way[-1].url if way else "",
    }
    return render(request, "courses/course_gone.html", context, status=410)


def _is_redirected(request: HttpRequest) -> bool:
    """As Wagtail's middleware looks: for the whole address, then for it without what follows the question mark."""
    whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return any(get_redirect(request, path) for path in dict.fromkeys((whole, urlparse(whole).path)))
