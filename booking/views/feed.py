"""An advisor's appointments, or those of an office for its team, for a calendar program that subscribes to them.

RFC 5545 and RFC 9110; the answer touches neither session nor cookie, and a link that is none looks like any
address that never existed.
"""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.feeds import FeedState, feed_state, feed_texts
from booking.ical.envelope import CONTENT_TYPE
from booking.ical.feed import feed_document
from booking.links import LinkInvalid, feed_of
from booking.models import AdvisorFeed
from booking.services.feeds import keep_texts
from booking.views.subscribed import unless_known_or_too_often
from foundation.models import BrandSettings

_NOTED_EVERY = timedelta(minutes=5)
_SETTLED_AFTER = timedelta(minutes=1)


@csrf_exempt
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 429 where it comes too often, 404 for everything that
    is no feed."""
    now = timezone.now()
    try:
        calendar = feed_of(token)
    except LinkInvalid as error:
        raise Http404 from error
    _note_fetch(calendar, request, now=now)
    state = feed_state(calendar, now=now)
    name = _name_of(calendar)
    tag = f"{calendar.text_kind}-{calendar.version}-{state.mark}-{zlib.crc32(name.encode()):x}"
    moments = (state.changed_at, calendar.detail_changed_at, calendar.created_at)
    changed_at = max(moment for moment in moments if moment)
    # Within the last minute more may still carry the same second (RFC 9110, 8.8.2.2): the date is told later.
    settled = changed_at if changed_at <= now - _SETTLED_AFTER else None
    response = unless_known_or_too_often(
        request,
        lambda: _document(calendar, state, name, now),
        of=calendar.uid.hex,
        tag=tag,
        changed=settled,
        now=now,
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _document(calendar: AdvisorFeed, state: FeedState, name: str, now: datetime) -> StreamingHttpResponse:
    """Piece by piece: a feed of ten thousand appointments takes no more memory than one of a thousand."""
    keep_texts(calendar, state, now=now)
    pieces = feed_document(name=name, description="Beratungstermine", events=feed_texts(calendar, now=now))
    response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="termine.ics"'
    return response


def _name_of(calendar: AdvisorFeed) -> str:
    return f"{BrandSettings.as_shown().wordmark}: {calendar.office_name or calendar.advisor_name}"


def _note_fetch(calendar: AdvisorFeed, request: HttpRequest, *, now: datetime) -> None:
    """When and by what the feed was last read, so that the advisor sees whether it works; at most every 5 minutes."""
    if calendar.last_fetched_at is None or calendar.last_fetched_at <= now - _NOTED_EVERY:
        client = "".join(sign for sign in request.headers.get("User-Agent", "") if sign.isprintable())[:80]
        AdvisorFeed.objects.filter(pk=calendar.pk).filter(
            Q(last_fetched_at__isnull=True) | Q(last_fetched_at__lte=now - _NOTED_EVERY)
        ).update(last_fetched_at=now, last_client=client)
