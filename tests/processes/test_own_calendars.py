"""A calendar that hangs: pages are served, firms book, the worker reads the other ones, and no log names an address."""

from __future__ import annotations

import gzip
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import requests
from django.utils import timezone
from django_q.tasks import async_task

from booking.models import Appointment, BusyCalendar, BusyTime
from booking.remote.ics import PAGE
from booking.selectors import free_times
from foundation.fetching.refusals import AddressRefused, CredentialsRefused, TooLarge, Unreadable
from tests.booking.calendar_servers import calendar
from tests.booking.ical.busy.test_corpus import CORPUS, NO_BEGIN
from tests.factories.booking import AvailabilityRuleFactory, BusyCalendarFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory
from tests.hostile_servers import Talk, hostile_server
from tests.servers import RunningSite, wait_until

MARKER = "geheimeskalenderzeichen"


def drip(talk: Talk) -> None:
    """Begins like a calendar and goes on for ever, a byte a second: no single wait is long."""
    talk.send(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\nX-SLOW:")
    talk.repeat(b"a", pause=1)


def test_f32_a_calendar_that_hangs_stops_neither_page_nor_booking_nor_worker(site: RunningSite) -> None:
    now = timezone.now()
    service, lena = ServiceFactory(), AdvisorFactory()
    AvailabilityRuleFactory(advisor=lena)
    day = timezone.localdate() + timedelta(days=3)
    good = calendar(f"{day:%Y%m%d}T090000Z/{day:%Y%m%d}T100000Z")
    with (
        hostile_server(drip) as hanging,
        hostile_server(lambda talk: talk.answer(good)) as healthy,
    ):
        site.environment["FETCHING_ALLOWED_INSIDE"] = f"127.0.0.1:{hanging.port},127.0.0.1:{healthy.port}"
        old = {"advisor": lena, "read_at": now - timedelta(hours=1), "trusted_until": now + timedelta(days=2)}
        stuck, other = (
            BusyCalendarFactory(access=BusyCalendar.sealed({"url": f"{server.address}{MARKER}.ics"}), **old)
            for server in (hanging, healthy)
        )
        BusyCalendar.objects.filter(pk=other.pk).update(read_at=now)
        web = site.start_web(workers=1)
        address = f"{web.url}/termin/{lena.office.slug}/"

        pages = (address, f"{web.url}/termin/?buero={lena.office.slug}", f"{web.url}/termin/tage/")
        assert [requests.get(page, timeout=120).status_code for page in pages] == [200, 200, 200]
        assert hanging.requests == []

        slot = free_times(service, now=now, offices=[lena.office])[0]
        at = datetime.fromtimestamp(slot.start * 60, UTC).isoformat(timespec="minutes")
        wish = {"anliegen": service.slug, "art": "office", "zeit": at}
        for visit in ("eins", "zwei"):
            answer = requests.post(
                f"{address}reservieren/", wish | {"besuch": visit}, timeout=120, allow_redirects=False
            )
            assert answer.status_code in {302, 409}
        assert Appointment.objects.count() == 1
        stuck.refresh_from_db()
        assert (stuck.failures, stuck.last_error) == (1, "Der Server hat nicht rechtzeitig geantwortet.")
        assert len(hanging.requests) == 1

        worker = site.start_worker()
        async_task("booking.tasks.read_own_calendars")
        wait_until(BusyTime.objects.exists, what="the busy time of the healthy calendar")
        other.refresh_from_db()
        assert (other.failures, other.last_error) == (0, "")
    for log in (web.log(), worker.log()):
        assert MARKER not in log
        assert "Traceback" not in log


def sample(name: str) -> bytes:
    return (CORPUS / f"{name}.ics").read_bytes()


def test_worker_outlives_whatever_calendars_do_and_reads_the_good_one(site: RunningSite) -> None:
    """Each has its outcome, nothing inside is asked, and no password goes elsewhere. What takes its time: above."""
    bomb = gzip.compress(b"BEGIN:VCALENDAR" + bytes(20_000_000))
    with ExitStack() as stack:
        inside = stack.enter_context(hostile_server(lambda talk: talk.answer(sample("single_utc"))))
        away = f"Location: {inside.address}calendar.ics"

        def elsewhere() -> str:
            return f"Location: {servers['good'].address}"

        kinds = {
            "bomb": (lambda talk: talk.answer(bomb, "Content-Encoding: gzip"), TooLarge.text),
            "length": (lambda talk: talk.answer(sample("single_utc"), "Content-Length: 9000"), Unreadable.text),
            "redirect": (lambda talk: talk.answer(b"", away, status="302 Found"), AddressRefused.text),
            "login": (lambda talk: talk.answer(sample("login_page")), PAGE),
            "json": (lambda talk: talk.answer(sample("json")), NO_BEGIN),
            "rule": (lambda talk: talk.answer(sample("rule_by_the_second")), ""),
            "zone": (lambda talk: talk.answer(sample("zone_by_the_second")), ""),
            "account": (lambda talk: talk.answer(b"", elsewhere(), status="307 Elsewhere"), CredentialsRefused.text),
            "good": (lambda talk: talk.answer(calendar()), ""),
        }
        servers = {name: stack.enter_context(hostile_server(kind)) for name, (kind, _) in kinds.items()}
        site.environment["FETCHING_ALLOWED_INSIDE"] = ",".join(f"127.0.0.1:{each.port}" for each in servers.values())
        advisor, now = AdvisorFactory(), timezone.now()
        for name, server in servers.items():
            door = {"url": server.address, "user": "lena", "password": MARKER, "collections": []}
            door["collections"] = [{"url": f"{server.address}k/", "name": "K", "used": True}]
            BusyCalendarFactory(
                advisor=advisor,
                name=name,
                kind=BusyCalendar.Kind.CALDAV if name == "account" else BusyCalendar.Kind.ICS,
                access=BusyCalendar.sealed(door),
                read_at=now - timedelta(hours=1),
                trusted_until=now + timedelta(days=2),
            )
        worker = site.start_worker()
        async_task("booking.tasks.read_own_calendars")
        wait_until(lambda: not BusyCalendar.objects.filter(next_try_at__lte=now).exists(), what="the end of the round")
        found = {row.name: (row.failures, row.last_error) for row in BusyCalendar.objects.all()}
        assert found == {name: (int(bool(text)), text) for name, (_, text) in kinds.items()}
        assert inside.requests == []
        assert {name: len(server.requests) for name, server in servers.items()} == dict.fromkeys(kinds, 1)
        assert b"Authorization" not in servers["good"].requests[0]
        assert worker.is_running()
    assert MARKER not in worker.log()
    assert "Traceback" not in worker.log()
