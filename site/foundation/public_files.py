"""Files that the site makes for everyone's programs: feeds and calendars. No secret, no cookie, no trace of readers."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from foundation.conditional import file_unless_known

FRESH_SECONDS = 900


def public_file(
    request: HttpRequest, body: bytes, *, content_type: str, name: str, changed: datetime | None = None
) -> HttpResponseBase:
    """200 with the file, 304 where the client has it already.

    Any page may read it by script: what is in it is published anyhow, and nobody's login changes it.
    """
    return public(file_unless_known(request, body, content_type=content_type, name=name, changed=changed))


def public(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with what all such files say of themselves."""
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
