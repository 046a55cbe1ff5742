"""A calendar that is published under an address (ICS)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from booking.remote.answers import Copy, refuse_unless
from foundation.fetching.client import Client


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
    refuse_unless(HTTPStatus.OK, answer, now=now)
    return Copy(answer.body, answer.headers.get("etag", "")[:300], answer.headers.get("last-modified", "")[:100])
