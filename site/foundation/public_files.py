"""Files that the site makes for everyone's programs: feeds and calendars. No secret, no cookie, no trace of readers."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

FRESH_SECONDS = 900


def public_file(
    request: HttpRequest, body: bytes, *, content_type: str, name: str, changed: datetime | None = None
) -> HttpResponseBase:
    """200 with the file, 304 where the client has it already (RFC 9110, 13: the ETag counts before the date).

    Any page may read it by script: nothing in it is personal, and nobody's login changes it.
    """
    etag = quote_etag(blake2b(body, digest_size=12).hexdigest())
    seconds = int(changed.timestamp()) if changed else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds)
    if response is None:
        response = HttpResponse(body, content_type=content_type)
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = etag
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
