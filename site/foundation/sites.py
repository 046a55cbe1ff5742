"""Which site answers, and its home page. Wagtail asks the database for both with each request; here they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site

from foundation.caching.shelf import kept


def sites() -> list[Site]:
    """All of them with their root pages. One query until they are kept."""
    return kept("foundation.sites", lambda: list(Site.objects.select_related("root_page")))


def default_site() -> Site | None:
    return next((site for site in sites() if site.is_default_site), None)


class SiteMiddleware:
    """Of pages alone. Where there are several sites, Wagtail chooses by the host as ever.

    The home page comes without the fields of its type, which no page but itself shows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.resolver_match is None or request.resolver_match.url_name != "wagtail_serve":
            return
        known = sites()
        if len(known) == 1 and known[0].is_default_site:
            site = known[0]
            site.root_page.specific = site.root_page.specific_deferred
            # Where `Site.find_for_request` looks first.
            request._wagtail_site = site  # type: ignore[attr-defined]  # noqa: SLF001
