"""Answers to one offer that come at once, and offices that close at once: one order or the other, never both.

gunicorn with four processes answers, or several processes offer, on the database of this run.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from booking.enums import Kind, OfferAnswer, OfferReason, Status
from booking.links import Purpose, path_to, path_to_offer
from booking.models import Appointment, Closure, MoveOffer
from booking.services.close_offers import expire_offers
from booking.services.offer import offer_times
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.rivals import AT_THE_GATE, PATIENCE, Answer, Errand, Step, send_rivals
from tests.servers import RunningSite, wait_until

DAY = timedelta(days=1)
ROUNDS = 10


def day() -> datetime:
    """Ten o'clock of a working day that is far enough ahead."""
    found = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + 14 * DAY
    return found + DAY * max(0, 7 - found.weekday() if found.weekday() > 3 else 0)


@pytest.fixture
def closure(site: RunningSite) -> Closure:
    office = OfficeFactory()
    ServiceFactory()
    for _ in range(2):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=office, email=""), kinds=[Kind.OFFICE, Kind.VIDEO])
    return ClosureFactory(office=office, first_day=day().date())


@pytest.fixture
def offers(closure: Closure) -> list[MoveOffer]:
    """What ten firms may choose from, each among three held times."""
    now = timezone.now()
    hours = [day() + DAY * later + timedelta(hours=hour) for later in (0, 1) for hour in (-1, 0, 1)]
    booked = [
        AppointmentFactory(advisor=person, starts_at=at) for at in hours for person in closure.office.advisors.all()
    ]
    return [
        offer_times(each, reason=OfferReason.CLOSING, until=now + 3 * DAY, now=now, closure=closure)
        for each in booked[:ROUNDS]
    ]


def answer(
    site: RunningSite, *ways: Step, meanwhile: Callable[[], object] = bool, gates: Sequence[str] = ()
) -> list[Answer]:
    """The last answer of each; none may be an error of the server."""
    web = site.start_web(workers=4)
    beside = threading.Thread(target=meanwhile)
    beside.start()
    errands = [Errand([way], gate=gate) for way, gate in zip(ways, gates or [""] * len(ways), strict=True)]
    found = [answers[-1] for answers in send_rivals(web.url, errands)]
    beside.join()
    sys.stdout.write(f"{connection.vendor}: {dict(Counter(each.status for each in found))}\n")
    assert {each.status for each in found} <= {200, 302, 409, 410}
    assert "Traceback" not in web.log()
    return found


def choices(offer: MoveOffer) -> list[Step]:
    held = offer.alternatives.filter(status=Status.HELD)
    return [Step("POST", path_to_offer(offer), {"zeit": str(time.uid)}) for time in held]


def is_held() -> bool:
    return Appointment.objects.filter(status=Status.HELD).exists()


def test_f8_different_times_chosen_at_once_move_the_appointment_once(
    site: RunningSite, offers: list[MoveOffer]
) -> None:
    starts = {offer.pk: set(offer.alternatives.values_list("starts_at", flat=True)) for offer in offers}
    found = answer(site, *[choice for offer in offers for choice in choices(offer)] * 2)
    assert {each.status for each in found} == {302}
    assert not is_held()
    for offer in offers:
        appointment = Appointment.objects.get(pk=offer.appointment_id)
        assert (appointment.sequence, appointment.starts_at in starts[offer.pk]) == (1, True)
        offer.refresh_from_db()
        assert offer.answer == OfferAnswer.ACCEPTED
    assert OutgoingMail.objects.filter(kind="firm_moved").count() == ROUNDS


def test_a_choice_and_a_cancellation_at_once_end_cancelled_and_hold_nothing(
    site: RunningSite, offers: list[MoveOffer]
) -> None:
    ways = []
    for offer in offers:
        cancelling = Step("POST", path_to(offer.appointment, Purpose.CANCEL), {})
        ways += [way for choice in choices(offer) for way in (choice, cancelling)]
    answer(site, *ways)
    assert not is_held()
    for offer in offers:
        appointment = Appointment.objects.get(pk=offer.appointment_id)
        offer.refresh_from_db()
        assert appointment.status == Status.CANCELLED
        assert (offer.answer, appointment.sequence) in {(OfferAnswer.WITHDRAWN, 1), (OfferAnswer.ACCEPTED, 2)}
    assert OutgoingMail.objects.filter(kind="firm_cancelled").count() == ROUNDS


def test_a_choice_in_the_last_moment_is_taken_or_too_late(
    site: RunningSite, offers: list[MoveOffer], tmp_path: Path
) -> None:
    """The worker ends one offer after the other, by a clock that is ahead, just when its firm chooses."""
    old = {offer.pk: offer.appointment.starts_at for offer in offers}
    gates = [tmp_path / f"gate-{number}" for number in range(ROUNDS)]
    ends = offers[0].expires_at
    for number, offer in enumerate(offers):
        MoveOffer.objects.filter(pk=offer.pk).update(expires_at=ends + timedelta(minutes=number))
        offer.alternatives.update(hold_expires_at=ends + timedelta(minutes=number))

    def end() -> None:
        wait_until(lambda: all(Path(f"{gate}{AT_THE_GATE}").exists() for gate in gates), PATIENCE, "the firms")
        for number, gate in enumerate(gates):
            gate.touch()
            sleep(0.1 * number)
            expire_offers(now=ends + timedelta(minutes=number))
        connection.close()

    ways = [choice for offer in offers for choice in choices(offer) * 2]
    found = answer(site, *ways, meanwhile=end, gates=[str(gate) for gate in gates for _ in range(6)])
    assert not is_held()
    outcomes: Counter[str] = Counter()
    for number, offer in enumerate(offers):
        appointment = Appointment.objects.get(pk=offer.appointment_id)
        offer.refresh_from_db()
        statuses = {each.status for each in found[number * 6 : number * 6 + 6]}
        outcomes[offer.answer] += 1
        if offer.answer == OfferAnswer.ACCEPTED:
            assert (statuses, appointment.sequence) == ({302}, 1)
        else:
            assert (statuses, appointment.starts_at) == ({410}, old[offer.pk])
            assert offer.answer == OfferAnswer.EXPIRED
    sys.stdout.write(f"{connection.vendor}: {dict(outcomes)}\n")


def test_offices_closed_by_two_processes_never_hold_one_time_for_two_firms(site: RunningSite, closure: Closure) -> None:
    """Six firms, few times: both processes offer to all of them, from either end."""
    people = list(closure.office.advisors.all())
    closed = closure.first_day
    rows = [
        AppointmentFactory(advisor=person, starts_at=day() + timedelta(hours=hour), organization=f"{person.pk}-{hour}")
        for person in people
        for hour in (-1, 0, 1)
    ]
    keys = [row.pk for row in rows]
    order = {"closure": closure.pk, "actor": administrator().pk}
    processes = [
        site.start(
            "offering", sys.executable, "-m", "tests.processes.offering", json.dumps(order | {"appointments": each})
        )
        for each in (keys, keys[::-1])
    ]
    wait_until(lambda: not any(process.is_running() for process in processes), seconds=180)
    assert [process.popen.wait() for process in processes] == [0, 0], processes[0].log() + processes[1].log()
    held = list(Appointment.objects.filter(status=Status.HELD).select_related("offer"))
    assert Counter(each.offer.appointment_id for each in held) == dict.fromkeys(keys, 3)
    assert len({(each.advisor_id, each.starts_at) for each in held}) == 18
    assert not [each for each in held if timezone.localdate(each.starts_at) == closed]
    assert MoveOffer.objects.count() == OutgoingMail.objects.filter(kind="firm_offer").count() == 6
