"""The calendar feeds of an advisor and of an office: unchanged, whole, and ten times as long."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from booking.calendars import event_for_feed
from booking.ical.event import event_text
from booking.links import feed_address
from booking.models import AdvisorFeed, Appointment
from booking.permissions import of_office
from tests.bench.figures import Figure
from tests.bench.loads import busy_feed, busy_office_feed
from tests.bench.meters import ServerMeter, cpu_milliseconds, queries_of


def feeds(meter: ServerMeter) -> Iterator[Figure]:
    yield from _feed("feed", busy_feed, meter)
    yield from _feed("office feed", busy_office_feed, meter)


def _feed(kind: str, load: Callable[..., AdvisorFeed], meter: ServerMeter) -> Iterator[Figure]:
    feed = load(appointments=1000)
    path = feed_address(feed).removeprefix(settings.BASE_URL)
    known = {"If-None-Match": meter.etag(path)}
    # In this process the address of the site, and with it the mark, is another one.
    unchanged = queries_of(path, {"If-None-Match": Client().get(path).headers["ETag"]})
    taken, ratio = meter.ratio(path, status=304, headers=known)
    yield Figure(f"{kind}, nothing new (304)", taken, ratio, unchanged, wanted={"ratio": 2, "queries": 3})
    taken, joined = meter.milliseconds(path), joined_texts(feed)
    yield Figure(
        f"{kind} of 1,000, whole",
        taken,
        taken / joined,
        queries_of(path),
        against=f"its kept texts read and joined ({joined:.2f} ms)",
        wanted={"ratio": 10, "queries": 6},
    )
    long = feed_address(load(appointments=10_000)).removeprefix(settings.BASE_URL)
    peaks = [peak_kilobytes(path), peak_kilobytes(long)]
    yield Figure(
        f"memory of one {kind} of 10,000",
        ratio=peaks[1] / peaks[0],
        against="one of 1,000",
        wanted={"ratio": 1.2},
        remark="peaks {:,.0f} and {:,.0f} KB".format(*peaks),
    )


def joined_texts(feed: AdvisorFeed) -> float:
    """Milliseconds for what no feed can do without: its texts, kept in a table, read by one query and joined."""
    now = timezone.now()
    whose = Q(advisor=feed.advisor_id) if feed.office_id is None else of_office(feed.office_id)
    rows = [
        (number, event_text(event_for_feed(appointment, feed)))
        for number, appointment in enumerate(Appointment.objects.in_feed(now=now).with_places().filter(whose))
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_texts (id integer PRIMARY KEY, content text NOT NULL)")
        cursor.executemany("INSERT INTO bench_texts VALUES (%s, %s)", rows)

        def join() -> bytes:
            cursor.execute("SELECT content FROM bench_texts ORDER BY id")
            return "".join(content for (content,) in cursor.fetchall()).encode()

        taken = cpu_milliseconds(join)
        cursor.execute("DROP TABLE bench_texts")
    return taken


def peak_kilobytes(path: str) -> float:
    """Most memory that Python held at once for one answer, read piece by piece as a server does."""
    client = Client()
    client.get(path)
    tracemalloc.start()
    answer = client.get(path)
    for _ in answer:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024
