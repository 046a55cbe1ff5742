"""The advisor's feed, subscribed by real programs from a running server: vdirsyncer and khal, and plain HTTP beside."""

from __future__ import annotations

import http.client
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from booking.links import feed_token
from booking.models import AdvisorFeed, Appointment
from booking.services.cancel import cancel_appointment
from tests.calendar_readers import Spans
from tests.calendar_subscribers import Subscriber, web_address
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory
from tests.servers import RunningSite, free_port

CHANGES_OF_THE_CLOCK = [datetime(*day, tzinfo=UTC) for day in ((2026, 10, 25), (2027, 3, 28), (2027, 10, 31))]


def ask(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    address = urlsplit(url)
    line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
    line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = line.getresponse()
    body = response.read()
    line.close()
    return response.status, dict(response.getheaders()), body


@pytest.fixture
def feed(site: RunningSite) -> AdvisorFeed:
    return AdvisorFeedFactory(advisor=AdvisorFactory(name="Ada Beispiel"))


@pytest.fixture
def booked(feed: AdvisorFeed) -> list[Appointment]:
    """On the days around each change of the clock, and in its night, when an hour is doubled or lost."""
    service = ServiceFactory(duration=30)
    days = [day + timedelta(days=number) for day in CHANGES_OF_THE_CLOCK for number in (-2, -1, 1, 2)]
    moments = [day + timedelta(hours=hour) for day in days for hour in (7, 10.5, 21)]
    moments += [day + timedelta(hours=hour / 2) for day in CHANGES_OF_THE_CLOCK for hour in range(-4, 6)]
    return [AppointmentFactory(advisor=feed.advisor, service=service, starts_at=moment) for moment in moments]


def spans_of(appointments: list[Appointment]) -> list[tuple[datetime, datetime]]:
    return sorted((one.starts_at, one.ends_at) for one in appointments)


def test_vdirsyncer_and_khal_show_what_was_booked_and_drop_what_was_cancelled(
    site: RunningSite, feed: AdvisorFeed, booked: list[Appointment], tmp_path: Path
) -> None:
    web = site.start_web()
    subscriber = Subscriber(tmp_path / "subscriber", web_address(f"{web.url}/kalender/{feed_token(feed)}.ics"))

    subscriber.sync()
    assert len(booked) == 66
    assert spans(subscriber.events()) == spans_of(booked)
    assert len({uid for uid, *_ in subscriber.events()}) == 66
    assert listed(subscriber) == Counter(("Beratungstermin", *span) for span in spans_of(booked))
    files = {file.name: file.read_bytes() for file in subscriber.stored.iterdir()}

    subscriber.sync()
    assert {file.name: file.read_bytes() for file in subscriber.stored.iterdir()} == files

    gone = [one for one in booked if one.starts_at > timezone.now()][::3]
    for one in gone:
        cancel_appointment(one, now=timezone.now())
    subscriber.sync()
    left = spans_of([one for one in booked if one not in gone])
    assert spans(subscriber.events()) == left
    assert listed(subscriber) == Counter(("Beratungstermin", *span) for span in left)

    feed.refresh_from_db()
    assert feed.last_client.startswith("vdirsyncer/")
    assert feed_token(feed) not in web.log()


def listed(subscriber: Subscriber) -> Counter[tuple[str, datetime, datetime]]:
    return subscriber.listed(date(2026, 10, 20), date(2027, 11, 5))


def spans(events: Spans) -> list[tuple[datetime, datetime]]:
    return sorted(event[1:] for event in events)


def test_http_client_comes_back_with_its_tag_and_its_date(
    site: RunningSite, feed: AdvisorFeed, booked: list[Appointment]
) -> None:
    """Through gunicorn: 304 without a body until something changes; HEAD, POST, wrong addresses and hosts as well."""
    AdvisorFeed.objects.update(created_at=timezone.now() - timedelta(days=1))
    for thing in (booked[0].service, feed.advisor.office):
        type(thing).objects.update(updated_at=timezone.now() - timedelta(days=1))
    web = site.start_web()
    path = f"/kalender/{feed_token(feed)}.ics"

    status, headers, body = ask(web.url, path)
    told = (headers["Content-Type"], headers["Transfer-Encoding"])
    assert (status, told, body[-15:]) == (200, ("text/calendar; charset=utf-8", "chunked"), b"END:VCALENDAR\r\n")
    assert ask(web.url, path, "HEAD")[::2] == (200, b"")
    for known in (
        {"If_None_Match": headers["ETag"]},
        {"If_None_Match": f'W/{headers["ETag"]}, "other"'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": headers["Last-Modified"]},
    ):
        for method in ("GET", "HEAD"):
            again, told, nothing = ask(web.url, path, method, **known)
            assert (again, told["ETag"], nothing) == (304, headers["ETag"], b""), known

    future = next(one for one in booked if one.starts_at > timezone.now())
    cancel_appointment(future, now=timezone.now())
    for known in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
        status, _, changed = ask(web.url, path, **known)
        assert (status, str(future.uid).encode() in changed, str(future.uid).encode() in body) == (200, False, True)

    assert ask(web.url, path, "POST")[0] == 405
    assert ask(web.url, path, Host="evil.example")[0] == 400
    unknown = ask(web.url, "/gibt-es-nicht/")
    for wrong in ("%00", "%ff%fe", "x" * 54, feed_token(feed)[:-1], f"{feed_token(feed)}%0a", "..%2f..%2fetc"):
        status, told, page = ask(web.url, f"/kalender/{wrong}.ics")
        assert (status, page) == (404, unknown[2]), wrong
        assert "Set-Cookie" not in told
    assert feed_token(feed) not in web.log()
    assert "Internal Server Error" not in web.log()


def test_links_and_feeds_outlive_a_change_of_the_key(site: RunningSite, feed: AdvisorFeed) -> None:
    """F12: another process with another key, and the old one behind it; without it they are dead."""
    old, port = site.environ()["SECRET_KEY"], free_port()
    path = f"/kalender/{feed_token(feed)}.ics"
    new = {"SECRET_KEY": "another-key-" * 6}
    for keys, status in ((new | {"SECRET_KEY_FALLBACKS": old}, 200), (new, 404)):
        web = site.start_web(port=port, **keys)
        assert ask(web.url, path)[0] == status
        web.terminate()
