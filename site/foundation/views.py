"""Answers that belong to no app: for probes, crawlers, finders of holes, and for what went wrong."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import defaults
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from foundation.drawing import icons
from foundation.schedules import lateness

PLAIN_TEXT = "text/plain; charset=utf-8"
WORKER_IS_LATE_AFTER = timedelta(minutes=5)


@never_cache
@require_safe
def is_alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so that a sleeping database never gets the web server restarted."""
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)


@never_cache
@require_safe
def is_ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503. A late worker is named but keeps no visitor out."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late_by = lateness(timezone.now())
    except DatabaseError:
        return JsonResponse({"database": "silent"}, status=503, headers={"Retry-After": "10"})
    is_late = late_by is not None and late_by > WORKER_IS_LATE_AFTER
    return JsonResponse({"database": "ok", "worker": "late" if is_late else "ok"})


@cache_control(public=True, max_age=86400)
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Private addresses are not listed here, which would tell of them: they carry X-Robots-Tag."""
    if settings.SEARCH_ENGINES:
        lines = [
            "User-agent: *",
            f"Disallow: {settings.ADMIN_PATH}",
            "",
            f"Sitemap: {settings.BASE_URL}/sitemap.xml",
            "",
        ]
    else:
        lines = ["User-agent: *", "Disallow: /", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


@cache_control(public=True, max_age=86400)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Expires must lie less than a year ahead; it moves on every day, so it never runs out."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {midnight + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


@cache_control(public=True, max_age=86400)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask for it without reading the page, and for those that read no SVG."""
    return HttpResponse(icons.favicon(), content_type="image/vnd.microsoft.icon")


@cache_control(public=True, max_age=86400)
@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """For the home screen of a phone."""
    return HttpResponse(icons.touch_icon(), content_type="image/png")


@require_safe
def image_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Published pictures where no proxy serves them. Originals and mail attachments have no address at all.

    A rendition's name changes with its content, so it may be kept for ever.
    """
    try:
        response: FileResponse | HttpResponseNotModified = serve(request, name, Path(settings.MEDIA_ROOT) / "images")
    except SuspiciousFileOperation:
        raise Http404 from None
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of Django's own answer; 413 where more was sent than a form may hold."""
    response: HttpResponse = defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        response.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its proof of origin: say how to go on, in German, without details."""
    return render(request, "403_csrf.html", status=403)
