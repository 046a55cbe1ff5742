"""The pages behind a provider's private link: see, confirm and correct its courses. Reading them changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import CoursePage, CourseSettings, ProviderLink
from courses.provider_link.facts import courses_of_link, mark_of
from courses.provider_link.forms import CorrectionForm
from courses.provider_link.links import LinkOver, LinkUnknown, link_of
from courses.provider_link.typed import typed_for_dates, typed_in
from courses.services.confirm_courses import confirm_courses
from courses.services.correct_course import CourseChanged, CourseGone, correct_course
from foundation.limits import Limit
from foundation.origin import View, from_own_pages, sealed

REQUESTS = Limit("provider_link", times=200, seconds=600)
"""Of one network, right or wrong: a provider with many courses clicks often, whoever guesses needs more."""


def _behind_link(view: Callable[..., HttpResponse]) -> View:
    """Gives the link instead of its token; 404 for one that is none, 410 for one that is over, 429 for too many."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        if REQUESTS.is_reached(request, now=now):
            response = render(request, "courses/provider_link_busy.html", _typed(request), status=429)
            response.headers["Retry-After"] = REQUESTS.retry_after(now)
            return sealed(response)
        REQUESTS.count(request, now=now)
        try:
            response = view(request, link_of(token, now=now), token=token, **kwargs)
        except LinkUnknown:
            response = render(request, "courses/provider_link_unknown.html", status=404)
        except LinkOver:
            response = render(request, "courses/provider_link_over.html", _typed(request), status=410)
        return sealed(response)

    return opened


@require_safe
@_behind_link
def provider_courses(request: HttpRequest, link: ProviderLink, *, token: str) -> HttpResponse:
    days = CourseSettings.in_force().confirm_after_days
    due_before = timezone.now() - timedelta(days=days) if days else None
    courses = courses_of_link(link, today=timezone.localdate(), due_before=due_before)
    context = {
        "provider": link.provider,
        "link": link,
        "token": token,
        "courses": courses,
        "seen": " ".join(f"{each.course.pk}.{each.seen}" for each in courses),
        "confirmed": _number(request, "bestaetigt"),
        "changed": _number(request, "geaendert"),
        "corrected": next((each.course for each in courses if each.course.pk == _number(request, "korrigiert")), None),
    }
    return render(request, "courses/provider_link.html", context)


@require_POST
@from_own_pages
@_behind_link
def confirm(request: HttpRequest, link: ProviderLink, *, token: str) -> HttpResponse:
    seen = {int(pk): mark for pk, mark in re.findall(r"\b(\d{1,9})\.([0-9a-f]{12})\b", request.POST.get("gesehen", ""))}
    confirmed, changed = confirm_courses(link=link, seen=seen, now=timezone.now())
    at = f"#kurs-{next(iter(seen))}" if len(seen) == 1 else ""
    told = f"?bestaetigt={confirmed}&geaendert={changed}"
    return redirect(reverse("courses:provider_courses", args=[token]) + told + at)


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@_behind_link
def correct(request: HttpRequest, link: ProviderLink, *, token: str, number: int) -> HttpResponse:
    """Wrong answers come back with all that was typed; so does the form where somebody else was faster."""
    # By `id`: a number beyond all columns finds nothing there; by the key of the course the database would refuse it.
    course = CoursePage.objects.of_provider(link.provider_id).filter(id=number).first()
    if course is None:
        return _course_gone(request, link, token)
    today = timezone.localdate()
    runs = list(course.runs.all())
    ahead = [run for run in runs if run.starts_on >= today]
    form = CorrectionForm.of(course, ahead, request.POST or None, today)
    status, is_changed = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            seen = request.POST.get("gesehen", "")
            try:
                correct_course(
                    link=link, course_id=course.pk, correction=form.correction, seen=seen, now=timezone.now()
                )
            except CourseGone:
                return _course_gone(request, link, token)
            except CourseChanged:
                status, is_changed = 409, True
            else:
                here = reverse("courses:provider_courses", args=[token])
                return redirect(f"{here}?korrigiert={course.pk}#kurs-{course.pk}")
    context = {
        "course": course,
        "provider": link.provider,
        "token": token,
        "form": form,
        "is_changed": is_changed,
        "seen": request.POST.get("gesehen") if status == 422 else mark_of(course, runs),
        "typed": typed_for_dates(request.POST, besides=ahead),
    }
    return render(request, "courses/provider_correct.html", context, status=status)


def _course_gone(request: HttpRequest, link: ProviderLink, token: str) -> HttpResponse:
    """The same for a course that was taken off and for one of somebody else. Raises Http404 where nothing was typed."""
    if request.method != "POST":
        raise Http404
    context = _typed(request) | {"provider": link.provider, "token": token}
    return render(request, "courses/provider_course_gone.html", context, status=404)


def _typed(request: HttpRequest) -> dict[str, object]:
    """Nothing that was typed is lost with the page that took it."""
    return {"typed": typed_in(request.POST)}


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else None
