"""A calendar that is published under an address (ICS)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from booking.remote.answers import Copy, Unread, refuse_unless
from booking.remote.providers import ics_missing
from foundation.fetching.addresses import parse_address
from foundation.fetching.client import Client

LOCKED = (
    "Diese Adresse verlangt eine Anmeldung ({}). Nehmen Sie den Link zum Abonnieren, den Ihr Kalender zum Teilen "
    "anbietet, oder verbinden Sie das Konto per CalDAV."
)
PAGE = (
    "Unter der Adresse steht eine Webseite und kein Kalender, vielleicht eine Anmeldung. Kopieren Sie den Link zum "
    "Abonnieren; er endet meist auf .ics."
)


def fetch_ics(
    url: str, *, client: Client, now: datetime, seconds: float, etag: str = "", last_modified: str = ""
) -> Copy | None:
    """None where the server says that nothing has changed since. Raises Unread or a FetchRefused."""
    headers = {"Accept": "text/calendar, */*;q=0.1"}
    if etag:
        headers["If-None-Match"] = etag
    elif last_modified:
        headers["If-Modified-Since"] = last_modified
    answer = client.fetch(url, headers=headers, seconds=seconds)
    if answer.status == HTTPStatus.NOT_MODIFIED and len(headers) > 1:
        return None
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise Unread(LOCKED.format(answer.status))
    if answer.status == HTTPStatus.NOT_FOUND and (told := ics_missing(parse_address(url))):
        raise Unread(told)
    refuse_unless(HTTPStatus.OK, answer, now=now)
    if answer.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unread(PAGE)
    return Copy(answer.body, answer.headers.get("etag", "")[:300], answer.headers.get("last-modified", "")[:100])
