"""A calendar that hangs: pages are served, firms book, the worker reads the other ones, and no log names an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import requests
from django.utils import timezone
from django_q.tasks import async_task

from booking.models import Appointment, BusyCalendar, BusyTime
from booking.selectors import free_times
from tests.booking.calendar_servers import calendar
from tests.factories.booking import AvailabilityRuleFactory, BusyCalendarFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory
from tests.hostile_servers import hostile_server
from tests.servers import RunningSite, wait_until

MARKER = "geheimeskalenderzeichen"


def test_f32_a_calendar_that_hangs_stops_neither_page_nor_booking_nor_worker(site: RunningSite) -> None:
    now = timezone.now()
    service, lena = ServiceFactory(), AdvisorFactory()
    AvailabilityRuleFactory(advisor=lena)
    day = timezone.localdate() + timedelta(days=3)
    good = calendar(f"{day:%Y%m%d}T090000Z/{day:%Y%m%d}T100000Z")
    with (
        hostile_server(lambda talk: talk.stopped.wait(30)) as hanging,
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

        assert requests.get(address, timeout=30).status_code == 200
        assert hanging.requests == []

        slot = free_times(service, now=now, offices=[lena.office])[0]
        at = datetime.fromtimestamp(slot.start * 60, UTC).isoformat(timespec="minutes")
        wish = {"anliegen": service.slug, "art": "office", "zeit": at}
        for visit in ("eins", "zwei"):
            answer = requests.post(
                f"{address}reservieren/", wish | {"besuch": visit}, timeout=30, allow_redirects=False
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
