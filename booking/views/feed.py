"""An advisor's appointments for a calendar program that subscribes to them.

RFC 5545 and RFC 9110; the answer touches neither session nor cookie, and a link that is none looks like any
address that never existed.
"""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.calendars import event_for_advisor
from booking.ical.event import event_text
from booking.ical.feed import feed_document
from booking.links import LinkInvalid, feed_of
from booking.models import AdvisorFeed
from booking.selectors import feed_appointments, feed_state

FORMAT = 1
"""Raised when the text of a feed changes for the same appointments."""

_NOTED_EVERY = timedelta(minutes=5)
_SETTLED_AFTER = timedelta(minutes=1)


@csrf_exempt
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """200 with the calendar, 304 where the client has it already, 404 for everything that is no feed."""
    now = timezone.now()
    try:
        calendar = feed_of(token)
    except LinkInvalid as error:
        raise Http404 from error
    _note_fetch(calendar, request, now=now)
    state = feed_state(calendar.advisor, now=now)
    names = zlib.crc32("\n".join((calendar.advisor.name, settings.BASE_URL, settings.MAIL_DOMAIN)).encode())
    etag = quote_etag(f"{FORMAT}-{calendar.detail}-{calendar.version}-{state.mark}-{names:x}")
    changed_at = max(state.changed_at or calendar.created_at, calendar.created_at)
    # Within the last minute more may still carry the same second (RFC 9110, 8.8.2.2): the date is told later.
    last_modified = int(changed_at.timestamp()) if changed_at <= now - _SETTLED_AFTER else None
    response = get_conditional_response(request, etag=etag, last_modified=last_modified) or _document(calendar, now)
    response.headers["ETag"] = etag
    if last_modified is not None:
        response.headers["Last-Modified"] = http_date(last_modified)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _document(calendar: AdvisorFeed, now: datetime) -> HttpResponse:
    texts = (
        event_text(event_for_advisor(found, calendar.detail)) for found in feed_appointments(calendar.advisor, now=now)
    )
    name = f"MehrWert: {calendar.advisor.name}"
    body = "".join(feed_document(name=name, description="Beratungstermine", events=texts))
    response = HttpResponse(body.encode(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="termine.ics"'
    return response


def _note_fetch(calendar: AdvisorFeed, request: HttpRequest, *, now: datetime) -> None:
    """When and by what the feed was last read, so that the advisor sees whether it works; at most every 5 minutes."""
    client = "".join(sign for sign in request.headers.get("User-Agent", "") if sign.isprintable())[:80]
    if calendar.last_fetched_at is None or calendar.last_fetched_at <= now - _NOTED_EVERY:
        AdvisorFeed.objects.filter(pk=calendar.pk).filter(
            Q(last_fetched_at__isnull=True) | Q(last_fetched_at__lte=now - _NOTED_EVERY)
        ).update(last_fetched_at=now, last_client=client)
