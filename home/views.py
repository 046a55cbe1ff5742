"""Answers that no page of the tree gives."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from foundation.caching.shelf import kept
from foundation.public_files import public_file
from home.event_calendars import event_document, events_document
from home.feed_links import FORMATS
from home.forms import SearchQuestion
from home.models import EventPage
from home.news_archive import Selection
from home.news_feeds import news_feed as written_feed
from home.site_search import find, search_url, search_versions
from home.sitemap import written_sitemap

_POSTCODE = re.compile(r"\d{5}")
_CALENDAR = "text/calendar; charset=utf-8"


@csrf_exempt
@require_safe
def news_feed(request: HttpRequest, form: str, topic: str = "", district: str = "") -> HttpResponseBase:
    body, changed = written_feed(form, Selection(topic, district), request)
    content_type = f"{FORMATS[form][1]}; charset=utf-8"
    return public_file(request, body, content_type=content_type, name=f"nachrichten-{form}", changed=changed)


@csrf_exempt
@require_safe
def events_calendar(request: HttpRequest) -> HttpResponseBase:
    body = kept("home.events_calendar", lambda: events_document(now=timezone.now())).encode()
    return public_file(request, body, content_type=_CALENDAR, name="veranstaltungen.ics")


@csrf_exempt
@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """404 for what is no event, or none for everybody."""
    page = get_object_or_404(EventPage.objects.open_to_all().for_lists(), pk=pk)
    body = event_document(page).encode()
    return public_file(request, body, content_type=_CALENDAR, name=f"{page.slug}.ics")


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Every state has an address. Search engines shall list the pages themselves, never lists of hits."""
    form = SearchQuestion(request.GET)
    words = form.words
    kind = request.GET.get("art", "")
    found = find(words, kind=kind, number=request.GET.get("page"), request=request) if words else None
    context = {
        "question": form.question,
        "error": form.error,
        "found": found,
        "query": search_url(form.question, kind).partition("?")[2],
        "place_versions": search_versions(form.question, kind),
        "postcode": form.question if _POSTCODE.fullmatch(form.question) else "",
    }
    answer = render(request, "home/search.html", context)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    body, headers = written_sitemap(request)
    return HttpResponse(body, headers=headers)
