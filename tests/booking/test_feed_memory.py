"""A feed is read in pieces, so that a long one takes no more memory than a short one."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from booking.links import feed_address
from booking.models import AdvisorFeed, Appointment
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FIRST = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def feed_of(number: int, service) -> AdvisorFeed:
    """With as many appointments, one every hour."""
    feed = AdvisorFeedFactory()
    one = {"advisor": feed.advisor, "office": feed.advisor.office, "service": service}
    starts = (FIRST + each * HOUR for each in range(number))
    rows = (AppointmentFactory.build(**one, starts_at=start, ends_at=start + HOUR) for start in starts)
    Appointment.objects.bulk_create(rows, batch_size=500)
    return feed


def events_read(client, feed: AdvisorFeed) -> int:
    path = feed_address(feed).removeprefix(settings.BASE_URL)
    return sum(block.count(b"BEGIN:VEVENT") for block in client.get(path))


def peak_of(client, feed: AdvisorFeed) -> int:
    """The most bytes that Python held at once for one answer."""
    tracemalloc.start()
    try:
        events_read(client, feed)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_more_appointments_take_no_more_memory(client):
    """From two pieces of 500 on; the figure for 10,000 is in `make bench`."""
    service = ServiceFactory()
    short, long = feed_of(1_000, service), feed_of(2_500, service)
    assert (events_read(client, short), events_read(client, long)) == (1_000, 2_500)
    usual, peak = peak_of(client, short), peak_of(client, long)
    assert peak < 1.2 * usual, f"{peak / 1024:,.0f} KB instead of {usual / 1024:,.0f}"
