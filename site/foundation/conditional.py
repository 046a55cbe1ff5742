"""Answers that are left out where the reader has them already (RFC 9110, 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag


def unless_known(
    request: HttpRequest, answer: Callable[[], HttpResponseBase], *, tag: str, changed: datetime | None = None
) -> HttpResponseBase:
    """304 instead of `answer` where the reader names its ETag or, naming none, a date that is late enough.

    Without `changed` the ETag alone counts: where no date tells of every change.
    """
    etag = quote_etag(tag)
    seconds = int(changed.timestamp()) if changed else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds)
    if response is None:
        response = answer()
    if response.status_code >= 400:  # what was refused is not what the ETag stands for
        return response
    response.headers["ETag"] = etag
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    return response


def file_unless_known(
    request: HttpRequest, body: bytes, *, content_type: str, name: str, changed: datetime | None = None
) -> HttpResponseBase:
    """A whole file to be shown, under a hash of itself."""
    answer = partial(shown_file, body, content_type=content_type, name=name)
    return unless_known(request, answer, tag=tag_of(body), changed=changed)


def shown_file(body: bytes, *, content_type: str, name: str) -> HttpResponse:
    shown_as = content_disposition_header(as_attachment=False, filename=name)
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": shown_as})


def tag_of(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()
