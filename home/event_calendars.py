"""Events as calendar files: one to keep, all to subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from booking.domain.clock import minute_of
from booking.ical import envelope
from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from foundation.models import BrandSettings
from home.models import EventPage

KEPT_AFTER_END = timedelta(days=30)
"""Subscribers still see what was last month; programs drop what leaves the calendar."""


def event_document(page: EventPage) -> str:
    """Its dates, cancelled ones included, as a file without METHOD, which programs import and do not answer."""
    return "".join((envelope.head({}), *(event_text(event) for event in calendar_events(page)), envelope.END))


def events_document(*, now: datetime) -> str:
    """Four queries. Same data, same bytes."""
    events = EventPage.objects.open_to_all().ahead(now - KEPT_AFTER_END).for_lists()
    pieces = feed_document(
        name=f"Veranstaltungen: {BrandSettings.in_force().wordmark}",
        description="Workshops, Sprechtage und Treffen",
        events=(event_text(event) for page in events for event in calendar_events(page)),
        refresh=timedelta(hours=6),
    )
    return "".join(pieces)


def calendar_events(page: EventPage) -> Iterator[CalendarEvent]:
    address = page.full_url or ""
    lines = (page.lead, page.registration_note, address)
    for date in sorted(page.dates.all(), key=lambda date: date.starts_at):
        yield CalendarEvent(
            uid=f"veranstaltung-{page.pk}-{date.pk}@{settings.MAIL_DOMAIN}",
            start=date.starts_at,
            end=date.ends_at,
            summary=f"Fällt aus: {page.title}" if page.is_cancelled else page.title,
            description="\n".join(line for line in lines if line),
            location=page.place,
            url=address,
            # No column counts the changes of a page; minutes rise with each that is not corrected at once.
            sequence=minute_of(page.updated_at),
            created=page.first_published_at or page.updated_at,
            changed=page.updated_at,
            status="CANCELLED" if page.is_cancelled else "CONFIRMED",
            is_public=True,
        )
