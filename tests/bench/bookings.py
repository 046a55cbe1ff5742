"""Reserving, booking, and two hundred visitors at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.models import Appointment, BookingSettings, Service
from offices.models import Office
from tests.bench.figures import Figure
from tests.bench.loads import EVERY_KIND
from tests.bench.meters import Ask, ServerMeter, number_of
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.processes.visitors import ANSWERS, free_starts, reserving, visitors
from tests.rivals import Step, send_rivals
from tests.servers import RunningSite

BOOKINGS = 40
ADVISORS, VISITORS = 4, 200
MOST_QUERIES, MOST_RATIO = 15, 60


def bookings(meter: ServerMeter) -> Iterator[Figure]:
    """One office with four advisors; every time is another one, none is refused."""
    _let_all_in()
    service = Service.objects.get(slug="erstberatung")
    office = _office()
    steps = [reserving(office, wanted) for wanted in free_starts(service, office)[::2]]
    empty = meter.milliseconds("/leer/")
    reserved, forms = meter.posts([_ask(step) for step in steps[1 : BOOKINGS + 1]])
    booked, _ = meter.posts([_ask(Step("POST", form, ANSWERS)) for form in forms])
    in_reserving, in_booking = _queries(steps[0])
    bounds = {"ratio": MOST_RATIO, "queries": MOST_QUERIES}
    yield Figure("POST that reserves a time", reserved, reserved / empty, in_reserving, wanted=bounds)
    yield Figure("POST that books it", booked, booked / empty, in_booking, wanted=bounds)


def crowd(site: RunningSite) -> Iterator[Figure]:
    """Two hundred processes, let go at once, on two hundred free places: fifty starts with four advisors each."""
    _let_all_in()
    service = ServiceFactory(slug="bench-andrang", name="Andrang", duration=30, position=98)
    office = _office()
    wishes = free_starts(service, office)[: VISITORS // ADVISORS] * ADVISORS
    ways = [[reserving(office, wanted), Step("POST", data=ANSWERS)] for wanted in wishes]
    for reserve, _ in ways:
        reserve.data.update(anliegen=service.slug)
    web = site.start_web(workers=2, TRUSTED_PROXIES="1")
    started = time.monotonic()
    found = Counter(answers[-1].status for answers in send_rivals(web.url, visitors(*ways)))
    seconds = time.monotonic() - started
    web.stop()
    Service.objects.filter(pk=service.pk).update(is_active=False)
    booked = Appointment.objects.booked().filter(office=office).count()
    yield Figure(
        f"{VISITORS} visitors, {VISITORS} free times: not booked",
        seconds * 1000 / VISITORS,
        number=VISITORS - min(booked, found[302]),
        wanted={"number": 0},
        remark=f"{booked} booked, answers {dict(found)} (0: none within a minute); ms: elapsed for one",
    )


def _let_all_in() -> None:
    """All visitors give the same answers, their address too, and come from few networks."""
    BookingSettings.objects.update_or_create(defaults={"appointments_per_address": 10_000, "holds_per_network": 10_000})


def _office() -> Office:
    office = OfficeFactory()
    for _ in range(ADVISORS):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=office), kinds=EVERY_KIND)
    return office


def _ask(step: Step) -> Ask:
    form = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Ask(step.path or "", step.method, urlencode(step.data or {}), form)


def _queries(reserve: Step) -> tuple[int, int]:
    """Of reserving and of booking, asked in this process."""
    client, numbers, path, data = Client(), [], reserve.path, reserve.data
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, data)
        numbers.append(number_of(captured))
        path, data = answer.headers["Location"], ANSWERS
    return numbers[0], numbers[1]
