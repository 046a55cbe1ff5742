"""Ten thousand random steps by eight processes at once: nothing overlaps, nothing is lost, nothing sticks.

The processes call the services on the database of this run; two visitors ask the web server meanwhile, which must
answer every time.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise

from django.db import connection
from django.utils import timezone

from booking.domain.travel import way_between
from booking.enums import TAKES_TIME, Kind, Status
from booking.models import Appointment, AppointmentEvent, BookingSettings, MoveOffer
from booking.selectors import free_times
from booking.services.close_offers import expire_offers
from booking.services.travel import own_stop
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.processes.storm import grid
from tests.processes.test_booking_races import report
from tests.processes.visitors import reserving
from tests.rivals import PATIENCE, Answer, Errand, Step, walk
from tests.servers import RunningProcess, RunningSite

PROCESSES = 8
STEPS = 10_000
SPEED = 60
"""Minutes of the storm's clock per minute: a reservation of ten minutes runs out after ten seconds."""


def network_of_offices() -> list:
    """Three advisors in two offices, two services with buffers, one to be confirmed first: few enough times that
    everybody meets everybody."""
    offices = [OfficeFactory(), OfficeFactory(latitude=51.8280, longitude=9.4455, postcode="37603")]
    kinds = [Kind.OFFICE, Kind.PHONE, Kind.FIRM]
    for office in (offices[0], offices[0], offices[1]):
        AvailabilityRuleFactory(
            advisor=AdvisorFactory(office=office, email=""), kinds=kinds, start_time="08:00", end_time="18:00"
        )
    ServiceFactory(kinds=kinds, duration=60, buffer_after=10)
    call = {"name": "Kurzanruf", "slug": "kurzanruf", "duration": 30, "buffer_before": 5, "cap_per_day": 6}
    ServiceFactory(kinds=kinds, confirm_email_first=True, **call)
    rules = {"appointments_per_address": 1000, "hold_minutes": 10, "holds_per_network": 1000, "minutes_to_verify": 15}
    BookingSettings.objects.update_or_create(defaults=rules)
    return offices


def finished(
    processes: list[RunningProcess], site: RunningSite, web: RunningProcess, steps: list[Step]
) -> list[Answer]:
    """Waits for the storm's end, and keeps asking the server meanwhile."""
    answers: list[Answer] = []
    deadline = time.monotonic() + 10 * PATIENCE
    while any(process.is_running() for process in processes):
        assert time.monotonic() < deadline, "the storm does not end"
        answers += walk(web.url, Errand(steps))
        time.sleep(0.3)
    for process in processes:
        assert process.popen.wait() == 0, process.log()
    return answers


def test_a_storm_of_bookings_loses_doubles_and_blocks_nothing(site: RunningSite) -> None:
    offices = network_of_offices()
    first = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=7)
    starts = grid(first, days=14)
    web = site.start_web(workers=2)
    order = {"steps": STEPS // PROCESSES, "began": time.time(), "speed": SPEED}
    order |= {"starts": [start.isoformat() for start in starts]}
    journals = [site.var_dir / f"journal-{number}.json" for number in range(PROCESSES)]
    processes = [
        site.start(
            "storm",
            sys.executable,
            "-m",
            "tests.processes.storm",
            json.dumps(order | {"seed": n, "journal": str(file)}),
        )
        for n, file in enumerate(journals)
    ]
    answers = finished(
        processes,
        site,
        web,
        [Step("GET", f"/termin/{offices[0].slug}/"), reserving(offices[0], random.Random(7).choice(starts))],
    )

    notes = [json.loads(journal.read_text()) for journal in journals]
    counts = sum((Counter(note["counts"]) for note in notes), Counter())
    report(f"{connection.vendor}: {sum(counts.values())} steps by {PROCESSES}: {dict(sorted(counts.items()))}")
    assert sum(counts.values()) == STEPS
    assert min(counts[name] for name in ("held", "asked", "booked", "moved", "cancelled", "swept")) > 100
    assert min(counts["offered"], counts["accepted"]) > 20
    report(f"the server meanwhile: {dict(Counter(answer.status for answer in answers))}")
    assert {answer.status for answer in answers} <= {200, 302, 409}
    assert "Traceback" not in web.log()

    assert overlaps() == []
    assert too_near() == []
    told = {uid: start for note in notes for uid, start in note["told"].items()}
    booked = Appointment.objects.filter(status=Status.BOOKED)
    assert {str(row.uid): row.starts_at.isoformat() for row in booked} == {uid: at for uid, at in told.items() if at}
    assert set(map(str, Appointment.objects.filter(status=Status.CANCELLED).values_list("uid", flat=True))) == {
        uid for uid, at in told.items() if at is None
    }
    events = Counter(AppointmentEvent.objects.values_list("type", flat=True))
    assert (events["booked"], events["moved"], events["cancelled"]) == (
        counts["booked"],
        counts["moved"] + counts["accepted"],
        counts["cancelled"],
    )
    nothing_sticks(offices)
    expire_offers(now=timezone.now() + timedelta(days=2))
    assert not MoveOffer.objects.open().exists()


def overlaps() -> list[tuple[int, int]]:
    """Pairs of neighbouring rows of one advisor whose blocked ranges meet, buffers and travel included."""
    rows = Appointment.objects.filter(status__in=TAKES_TIME).order_by("advisor", "block_start", "pk")
    found = list(rows)
    return [
        (one.pk, other.pk)
        for one, other in pairwise(found)
        if one.advisor_id == other.advisor_id and other.block_start < one.block_end
    ]


def too_near() -> list[tuple[int, int]]:
    """Pairs of neighbouring rows of one advisor between which a way to or from a visit does not fit."""
    rows = Appointment.objects.filter(status__in=TAKES_TIME).with_places().order_by("advisor", "starts_at")
    found = [(row, own_stop(row)) for row in rows]
    assert any(stop.is_visit and stop.way_from_office for _, stop in found)
    return [
        (one.pk, other.pk)
        for (one, here), (other, there) in pairwise(found)
        if one.advisor_id == other.advisor_id and there.start - here.end < way_between(here, there)
    ]


def nothing_sticks(offices: list) -> None:
    """Once over, a reservation stands in nobody's way, before its row is let go as after it."""
    later = timezone.now() + timedelta(days=2)
    held = Appointment.objects.filter(status=Status.HELD)
    for service in {appointment.service for appointment in Appointment.objects.select_related("service")}:
        before = free_times(service, now=later, offices=offices)
        Appointment.objects.run_out(now=later).let_go()
        assert held.count() == 0
        assert free_times(service, now=later, offices=offices) == before
