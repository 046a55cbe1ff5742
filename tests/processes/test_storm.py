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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from booking.domain.travel import way_between
from booking.enums import TAKES_TIME, Kind, Status
from booking.models import Appointment, AppointmentEvent, BookingSettings, MoveOffer, Service
from booking.selectors import free_times
from booking.services.close_offers import expire_offers
from booking.services.travel import own_stop
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.processes.storm import grid
from tests.processes.test_booking_races import no_constraint, report
from tests.processes.visitors import reserving
from tests.rivals import Answer, Errand, Step, walk
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
    processes: list[RunningProcess], web: RunningProcess | None = None, steps: Sequence[Step] = ()
) -> list[Answer]:
    """Waits for the storm's end, and keeps asking the server meanwhile."""
    answers: list[Answer] = []
    deadline = time.monotonic() + 1800
    while any(process.is_running() for process in processes):
        assert time.monotonic() < deadline, "the storm does not end"
        if web is not None:
            answers += walk(web.url, Errand(steps))
        time.sleep(0.3)
    for process in processes:
        assert process.popen.wait() == 0, process.log()
    return answers


def raise_storm(
    site: RunningSite, *, steps: int, days: int, only: int | None = None, **order: object
) -> tuple[list[RunningProcess], list[Path]]:
    """Eight processes with so many steps between them, and where each leaves its journal.

    `only` so many times of the first day are wished for, so that everybody meets everybody.
    """
    first = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=7)
    starts = [start.isoformat() for start in grid(first, days=days)[:only]]
    order |= {"steps": steps // PROCESSES, "began": time.time(), "speed": SPEED, "starts": starts}
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
    return processes, journals


@dataclass
class Journal:
    """What the services told all processes together: how often what was done, and where each appointment ended."""

    counts: Counter[str]
    told: dict[str, str | None]

    @classmethod
    def of(cls, files: list[Path]) -> Journal:
        notes = [json.loads(file.read_text()) for file in files]
        counts = sum((Counter(note["counts"]) for note in notes), Counter())
        return cls(counts, {uid: start for note in notes for uid, start in note["told"].items()})


def test_a_storm_of_bookings_loses_doubles_and_blocks_nothing(site: RunningSite) -> None:
    offices = network_of_offices()
    web = site.start_web(workers=2)
    processes, files = raise_storm(site, steps=STEPS, days=14)
    starts = grid(timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=7), days=14)
    asked = [Step("GET", f"/termin/{offices[0].slug}/"), reserving(offices[0], random.Random(7).choice(starts))]
    answers = finished(processes, web, asked)

    journal = Journal.of(files)
    counts = journal.counts
    report(f"{connection.vendor}: {sum(counts.values())} steps by {PROCESSES}: {dict(sorted(counts.items()))}")
    assert sum(counts.values()) == STEPS
    assert min(counts[name] for name in ("held", "asked", "booked", "moved", "cancelled", "swept")) > 100
    assert min(counts["offered"], counts["accepted"]) > 20
    report(f"the server meanwhile: {dict(Counter(answer.status for answer in answers))}")
    assert {answer.status for answer in answers} <= {200, 302, 409}
    assert "Traceback" not in web.log()
    assert too_near() == []
    assert faults(journal, offices) == set()


# --- the checks bite --------------------------------------------------------------------------------------------

SMALL = 240


def test_without_constraint_and_checks_the_storm_finds_overlaps_and_passed_caps(site: RunningSite) -> None:
    offices = network_of_offices()
    Service.objects.filter(slug="kurzanruf").update(cap_per_day=1)
    with no_constraint():
        processes, files = raise_storm(site, steps=SMALL, days=4, only=6, spoiled=True)
        finished(processes)
        found = faults(Journal.of(files), offices)
    report(f"{connection.vendor}: {sorted(found)}")
    assert {"overlap", "beyond a cap"} <= found


def tampered(which: str) -> None:
    booked, cancelled = (
        Appointment.objects.filter(status=state).first() for state in (Status.BOOKED, Status.CANCELLED)
    )
    match which:
        case "lost":
            booked.delete()
        case "moved unasked":
            Appointment.objects.filter(pk=booked.pk).update(starts_at=booked.starts_at - timedelta(minutes=1),
                block_start=booked.block_start - timedelta(minutes=1))  # fmt: skip
        case "cancellation lost":
            Appointment.objects.filter(pk=cancelled.pk).update(status=Status.EXPIRED)
        case "unlogged":
            booked.events.all().delete()
        case "stuck":
            Appointment.objects.filter(pk=cancelled.pk).update(
                status=Status.HELD, hold_expires_at=timezone.now() + timedelta(days=30),
                starts_at=cancelled.starts_at + timedelta(days=300), ends_at=cancelled.ends_at + timedelta(days=300),
                block_start=cancelled.block_start + timedelta(days=300),
                block_end=cancelled.block_end + timedelta(days=300))  # fmt: skip


def test_whatever_is_lost_moved_unlogged_or_stuck_is_found(site: RunningSite) -> None:
    """One storm, and after it each of the faults by hand, taken back again."""
    offices = network_of_offices()
    processes, files = raise_storm(site, steps=SMALL, days=5)
    finished(processes)
    journal, found = Journal.of(files), {}
    assert faults(journal, offices) == set()
    for which in ("lost", "moved unasked", "cancellation lost", "unlogged", "stuck"):
        with transaction.atomic():
            tampered(which)
            found[which] = faults(journal, offices)
            transaction.set_rollback(True)
    assert found == {
        "lost": {"booked ones are not as told", "log is not as counted"},
        "moved unasked": {"booked ones are not as told"},
        "cancellation lost": {"cancelled ones are not as told"},
        "unlogged": {"log is not as counted"},
        "stuck": {"cancelled ones are not as told", "a reservation sticks"},
    }


def faults(journal: Journal, offices: list) -> set[str]:
    """Everything that a storm may not leave behind, by name; empty when all is well."""
    rows = Appointment.objects.all()
    booked = {str(row.uid): row.starts_at.isoformat() for row in rows.filter(status=Status.BOOKED)}
    cancelled = set(map(str, rows.filter(status=Status.CANCELLED).values_list("uid", flat=True)))
    logged = Counter(AppointmentEvent.objects.values_list("type", flat=True))
    counted = journal.counts + Counter(moved=journal.counts["accepted"])
    found = {
        "overlap": overlaps() != [],
        "beyond a cap": beyond_a_cap() != [],
        "booked ones are not as told": booked != {uid: start for uid, start in journal.told.items() if start},
        "cancelled ones are not as told": cancelled != {uid for uid, start in journal.told.items() if start is None},
        "log is not as counted": any(logged[event] != counted[event] for event in ("booked", "moved", "cancelled")),
        "a reservation sticks": something_sticks(offices),
        "an offer stays open": an_offer_stays_open(),
    }
    return {name for name, is_there in found.items() if is_there}


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


def beyond_a_cap() -> list[tuple[int, object]]:
    """Advisors and days with more appointments of a service than it allows, whether booked or still held.

    Times that are held for an offer take the place of an appointment that is counted already.
    """
    rows = Appointment.objects.filter(status__in=TAKES_TIME, service__cap_per_day__isnull=False, offer=None)
    taken = Counter(
        (row.advisor_id, row.service.cap_per_day, timezone.localdate(row.starts_at))
        for row in rows.select_related("service")
    )
    return [(advisor, day) for (advisor, cap, day), number in taken.items() if number > cap]


def something_sticks(offices: list) -> bool:
    """Once over, a reservation stands in nobody's way, before its row is let go as after it."""
    later = timezone.now() + timedelta(days=2)
    services = {appointment.service for appointment in Appointment.objects.select_related("service")}
    before = [free_times(service, now=later, offices=offices) for service in services]
    Appointment.objects.run_out(now=later).let_go()
    is_held = Appointment.objects.filter(status=Status.HELD).exists()
    return is_held or before != [free_times(service, now=later, offices=offices) for service in services]


def an_offer_stays_open() -> bool:
    expire_offers(now=timezone.now() + timedelta(days=2))
    return MoveOffer.objects.open().exists()
