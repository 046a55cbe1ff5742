"""The readers of calendar feeds: whether one has changed, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from itertools import chain

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.dateparse import parse_datetime

from booking.feed_querysets import told_in
from booking.models import AdvisorFeed, Appointment, AppointmentEvent, FeedText, Service
from booking.permissions import of_office
from booking.querysets import AppointmentQuerySet
from offices.models import Advisor, Office, OfficeDay

FORMAT = 3
"""Raised when the text of a feed changes for the same appointments."""

_PIECE = 250

# By hand: to have the ORM put it together costs three times as much as to run it, and clients ask every few minutes.
_TOLD = f"""
SELECT COUNT(*) AS number, COALESCE(SUM(sequence), 0) AS versions, COALESCE(MAX(id), 0) AS last,
    MAX(changed_at) AS changed
FROM {Appointment._meta.db_table} booked
WHERE {{condition}}
"""  # noqa: S608  # names of tables, nothing from outside

_STATE = f"""
SELECT SUM(number), SUM(versions), MAX(last), MAX(changed),
    (SELECT MAX(updated_at) FROM {Service._meta.db_table}),
    (SELECT MAX(updated_at) FROM {Office._meta.db_table}),
    (SELECT MAX(updated_at) FROM {OfficeDay._meta.db_table}),
    (SELECT at FROM {AppointmentEvent._meta.db_table} ORDER BY id DESC LIMIT 1),
    (SELECT MAX(updated_at) FROM {Advisor._meta.db_table})
FROM ({{told}}) told
"""  # noqa: S608  # names of tables, nothing from outside


@dataclass(frozen=True, slots=True)
class FeedState:
    """Tells whether a feed has changed without building it: `mark` for the ETag, `changed_at` for Last-Modified.

    What leaves a feed takes its date along, so `changed_at` is also that of the last change of any appointment.
    `surroundings` moves with all that texts name besides their appointment: services, places, the site's addresses, and
    advisors where they are named.
    """

    mark: str
    changed_at: datetime | None
    surroundings: str


def feed_state(feed: AdvisorFeed, *, now: datetime) -> FeedState:
    """One query. Moves with every change of an appointment, of any service or place, and when one leaves."""
    conditions, values = zip(*told_in(feed, connection, now=now), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_state_of(conditions), list(chain.from_iterable(values)))
        number, versions, last, *moments = cursor.fetchone()
    changed, service, office, office_day, event, advisor = map(_in_utc, moments)
    advisor = None if feed.office_id is None else advisor
    named = (FORMAT, settings.BASE_URL, settings.MAIL_DOMAIN, service, office, office_day, advisor, feed.detail_changes)
    surroundings = blake2b(repr(named).encode(), digest_size=8).hexdigest()
    stamp = int(changed.timestamp() * 1_000_000) if changed else 0
    return FeedState(
        f"{number}-{versions}-{last}-{stamp:x}-{surroundings}",
        max(filter(None, (changed, service, office, office_day, event, advisor)), default=None),
        surroundings,
    )


@cache
def _state_of(conditions: tuple[str, ...]) -> str:
    told = " UNION ALL ".join(_TOLD.format(condition=condition) for condition in conditions)
    return " ".join(_STATE.format(told=told).split())


def _in_utc(moment: datetime | str | None) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    if isinstance(moment, str):
        moment = parse_datetime(moment)
        return moment and moment.replace(tzinfo=UTC)
    return moment and moment.astimezone(UTC)


def without_text(feed: AdvisorFeed, state: FeedState, *, now: datetime) -> AppointmentQuerySet:
    """The appointments of a feed whose kept text is missing or of another version, in the order of their rows."""
    right = FeedText.objects.filter(
        appointment=OuterRef("pk"),
        detail=feed.text_kind,
        surroundings=state.surroundings,
        sequence=OuterRef("sequence"),
        changed_at=OuterRef("changed_at"),
    )
    whose = Q(advisor=feed.advisor_id) if feed.office_id is None else of_office(feed.office_id)
    return Appointment.objects.in_feed(now=now).filter(~Exists(right), whose).order_by("pk")


def feed_texts(feed: AdvisorFeed, *, now: datetime) -> Iterator[str]:
    """The kept texts of a feed, joined piece by piece; a piece is one write to the network. One query."""
    return FeedText.objects.in_feed(feed, now=now, rows=_PIECE)
