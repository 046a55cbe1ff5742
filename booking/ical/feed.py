"""A calendar to subscribe to (FEED-2, FEED-4 to FEED-6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import chain

from icalendar.prop import VPROPERTY, vDuration

from booking.ical import envelope
from booking.ical.identity import Text
from booking.ical.zone import BERLIN, BERLIN_BLOCK

_HOURLY = timedelta(hours=1)


def feed_document(*, name: str, description: str, events: Iterable[str], refresh: timedelta = _HOURLY) -> Iterator[str]:
    """The feed in pieces to be sent one after the other.

    ``events`` are texts of ``event_text``, one or several in a piece; they pass through unread, so an event costs no
    more than joining a string.
    ``refresh`` asks clients to come again after that time (whole seconds; RFC 7986, 5.7, and MS-OXCICAL for Outlook).
    The zone block, to which no event refers, keeps a feed without events valid: RFC 5545 wants one component.
    """
    return chain((_head(name, description, refresh) + BERLIN_BLOCK,), events, (envelope.END,))


@lru_cache(maxsize=512)
def _head(name: str, description: str, refresh: timedelta) -> str:
    """The same for each reader of a feed."""
    if refresh < timedelta(seconds=1):
        raise ValueError(f"a refresh interval must be positive: {refresh}")
    properties: dict[str, VPROPERTY] = {
        "NAME": Text(name),
        "X-WR-CALNAME": Text(name),
        "REFRESH-INTERVAL": vDuration(refresh, params={"VALUE": "DURATION"}),
        "X-PUBLISHED-TTL": vDuration(refresh),
        "X-WR-TIMEZONE": Text(BERLIN.key),
    }
    if description:
        properties["X-WR-CALDESC"] = Text(description)
    return envelope.head(properties)
