"""Answers whose reader has them already, told so without being made.

An ETag is a hash of its answer, so it is not known before that is made. What answers are made of is known: as long as
nothing was written of it, on the same day, the same address gets the same answer as the last time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from courses.freshness import COURSES, PAGES
from foundation.conditional import tag_of
from foundation.public_files import public

View = Callable[..., HttpResponseBase]
_MOST = 5000
"""About 1 MB; then it begins again."""
_given: dict[str, str] = {}
"""ETags that this process has given, by what their answers were made of."""


def unless_given(view: View) -> View:
    """For views that read nothing but tables which renew the marks of the courses."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if connection.in_atomic_block:  # what an open transaction sees may never come true
            return view(request, *args, **kwargs)
        state = _state(request)
        given = _given.get(state) if "If-None-Match" in request.headers else None
        unchanged = get_conditional_response(request, etag=given) if given else None
        if given and unchanged:
            unchanged.headers["ETag"] = given
            return public(unchanged)
        response = view(request, *args, **kwargs)
        if "ETag" in response.headers:
            _note(state, response.headers["ETag"])
        return response

    return answer


def _state(request: HttpRequest) -> str:
    """Taken before the database is asked: of what is written meanwhile the next one has another. As the stock does, it
    asks anew once an hour, which heals what no mark told."""
    hour = f"{timezone.localtime():%Y-%m-%d %H %z}"
    address = (request.scheme or "", request.get_host(), request.get_full_path())
    return tag_of("\0".join((*address, hour, COURSES.value(), PAGES.value())).encode())


def _note(state: str, etag: str) -> None:
    if len(_given) >= _MOST:
        _given.clear()
    _given[state] = etag
