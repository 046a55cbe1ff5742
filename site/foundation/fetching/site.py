"""The guarded client as this site uses it."""

from __future__ import annotations

from django.conf import settings

from foundation.fetching.client import LONGEST_BODY, Client
from foundation.fetching.guard import Endpoint

# Since August 2025 they answer published calendars with an error 500 unless the caller looks like a browser.
_BROWSERS_ONLY = ("outlook.office365.com", "outlook.office.com", "outlook.live.com")
_BROWSER = "Chrome/139.0.0.0 Safari/537.36"


def site_client(
    program: str = "MehrWert-Kalender", *, may_leave_tls: bool = False, limit: int = LONGEST_BODY
) -> Client:
    """`program` tells the other side which part of the site asks; `limit` are the most bytes of an answer."""
    own = f"Mozilla/5.0 (compatible; {program}/1.0; +{settings.BASE_URL})"
    return Client(
        user_agent=own,
        user_agents=dict.fromkeys(_BROWSERS_ONLY, f"{own} {_BROWSER}"),
        allowed_inside=frozenset(map(_endpoint, settings.FETCHING_ALLOWED_INSIDE)),
        limit=limit,
        may_leave_tls=may_leave_tls,
    )


def _endpoint(text: str) -> Endpoint:
    """`127.0.0.1:5232`, and nothing vaguer."""
    host, _, port = text.rpartition(":")
    return host, int(port)
