"""Earlier times under rivals: several workers that all pass on at one instant, on the database of this run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from booking.domain.clock import moment_of
from booking.enums import OfferReason, Status
from booking.models import Appointment, FreedTime, MoveOffer, Service
from booking.selectors import free_times
from booking.services.cancel import cancel_appointment
from booking.services.wish import wish_earlier
from foundation.models import OutgoingMail
from offices.models import Advisor
from tests.databases import url_of_test_database
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory
from tests.servers import RunningSite, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 5
FREED = 10

# Waits for the file in its argument, then does three times what the worker does each minute.
WORKER = """
import sys, time, pathlib
import django
django.setup()
from booking.tasks import pass_on_freed_times
print("ready", flush=True)
while not pathlib.Path(sys.argv[-1]).exists():
    time.sleep(0.002)
for _ in range(3):
    pass_on_freed_times()
print("done", flush=True)
"""


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[RunningSite]:
    site = RunningSite(tmp_path, url_of_test_database())
    yield site
    site.stop()


@pytest.fixture
def advisor(transactional_db: None) -> Advisor:
    person = AdvisorFactory()
    AvailabilityRuleFactory(advisor=person)
    return person


@pytest.fixture
def service(transactional_db: None) -> Service:
    return ServiceFactory(notice_hours=0)


def hours(advisor: Advisor, service: Service) -> list[datetime]:
    """Whole consultations that do not meet, one after the other."""
    now, found = timezone.now(), []
    for slot in free_times(service, now=now + timedelta(days=2), offices=[advisor.office]):
        if not found or moment_of(slot.start) >= found[-1] + timedelta(hours=1):
            found.append(moment_of(slot.start))
    return found


def test_several_workers_ask_each_firm_once_and_about_one_time_each(site, advisor, service, tmp_path):
    times = hours(advisor, service)
    early = [AppointmentFactory(advisor=advisor, service=service, starts_at=at) for at in times[:FREED]]
    late = [AppointmentFactory(advisor=advisor, service=service, starts_at=at) for at in times[-FREED:]]
    for appointment in late:
        wish_earlier(appointment, day_part="", same_advisor=False, now=timezone.now())
    for appointment in early:
        cancel_appointment(appointment, now=timezone.now())
    gate = tmp_path / "gate"
    workers = [site.start(f"worker-{number}", sys.executable, "-c", WORKER, str(gate)) for number in range(WORKERS)]
    wait_until(lambda: all("ready" in worker.log() for worker in workers), 120, "the workers")
    gate.touch()
    wait_until(lambda: not any(worker.is_running() for worker in workers), 120, "the end of the workers")

    assert [worker.log().split() for worker in workers] == [["ready", "done"]] * WORKERS
    offers = MoveOffer.objects.filter(reason=OfferReason.EARLIER)
    assert sorted(offers.values_list("appointment", flat=True)) == sorted(each.pk for each in late)
    assert sorted(offers.values_list("freed_time", flat=True)) == sorted(FreedTime.objects.values_list("pk", flat=True))
    assert OutgoingMail.objects.filter(kind="firm_earlier").count() == FREED
    held = Appointment.objects.filter(status=Status.HELD)
    assert sorted(held.values_list("starts_at", flat=True)) == times[:FREED]
