"""Whole content pages, kept for visitors who are not logged in: docs/decisions/page-cache.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag

from foundation.caching import shelf

PAGE_OF_A_LIST = re.compile(r"page=[1-9]\d?")
"""The only query under which a page is kept: who makes up addresses shall not fill the cache."""


class PageCacheMiddleware:
    """Stands before sessions and logins, so that a kept page costs none of them.

    Whoever carries a session, a message or credentials neither sees nor fills it, and no preview does. Only answers of
    Wagtail's own view are kept, and only good ones that set no cookie and forbid nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.endswith("/"):
            # No page of Wagtail's, most often a feed: a program that asks every few minutes whether something is new
            # shall not have the cache asked twice for nothing.
            return self.get_response(request)
        if not is_for_everybody(request):
            return _revalidated_by_its_reader(request, self.get_response(request))
        now = timezone.now()
        name = _name(request) if may_be_kept(request) else None
        found = name and shelf.take(name, now)
        if found:
            content, headers = found.thing
            return _conditional(request, HttpResponse(content, headers=headers))
        with shelf.shelf_life(now) as life:
            response = self.get_response(request)
        if not is_whole_page(request, response):
            return response
        response.headers["Cache-Control"] = "no-cache"  # kept by browsers, never shown without asking
        set_response_etag(response)
        if name and request.method == "GET":
            shelf.put(name, (response.content, dict(response.headers)), life, now)
        return _conditional(request, response)


def is_for_everybody(request: HttpRequest) -> bool:
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return (
        request.method in {"GET", "HEAD"}
        and personal.isdisjoint(request.COOKIES)
        and "Authorization" not in request.headers
        and not getattr(request, "is_dummy", False)  # Wagtail's mark of a preview
    )


def may_be_kept(request: HttpRequest) -> bool:
    """What an open transaction sees may never come true."""
    query = request.META.get("QUERY_STRING", "")
    return not connection.in_atomic_block and (not query or PAGE_OF_A_LIST.fullmatch(query) is not None)


def is_whole_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A good answer of Wagtail's view that is the same for everybody."""
    return (
        _is_content(request)
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "Cache-Control" not in response.headers
        and "Vary" not in response.headers
    )


def _is_content(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "wagtail_serve"


def _revalidated_by_its_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same address has other readers: what somebody logged in is shown is for nobody else."""
    if _is_content(request):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def _name(request: HttpRequest) -> str:
    parts = (request.scheme or "", request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
    return "page." + hashlib.sha256("\0".join(parts).encode()).hexdigest()
