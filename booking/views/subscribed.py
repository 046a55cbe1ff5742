"""Calendars under a secret address, which programs fetch again and again (FEED-3, FEED-9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foundation.conditional import unless_known
from foundation.limits import Limit

WHOLE_READS = Limit("feed", times=60, seconds=600)
"""Of one address from one network: five devices that ask every minute and know no ETag stay below."""


def unless_known_or_too_often(
    request: HttpRequest,
    answer: Callable[[], HttpResponseBase],
    *,
    of: str,
    tag: str,
    now: datetime,
    changed: datetime | None = None,
) -> HttpResponseBase:
    """As `unless_known`; 429 where a network fetches the calendar `of` that name whole again and again.

    An answer of 304 is not counted: it costs no more than to count it.
    """

    def counted() -> HttpResponseBase:
        if WHOLE_READS.is_reached(request, now=now, of=of):
            raise _TooOften
        WHOLE_READS.count(request, now=now, of=of)
        return answer()

    try:
        response = unless_known(request, counted, tag=tag, changed=changed)
    except _TooOften:
        response = HttpResponse(status=429, headers={"Retry-After": WHOLE_READS.retry_after(now)})
    response.headers["Cache-Control"] = "private, no-cache"
    return response


class _TooOften(Exception):
    pass
