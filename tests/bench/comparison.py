"""Side by side with django-appointment, the best-known package of the field, on equal data.

Both are asked for every free time of every advisor on every day, and both answers must be the same, time by time. The
peer runs in a process and an environment of its own (requirements/peer.txt), on the same kind of database, on the same
release of Django; see tests/bench/peer/ask.py for how it is asked. Ours is the reader that the pages use. The peer
has no call for more than one advisor and one day; that is what is compared.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.domain.clock import BERLIN
from booking.domain.slots import Slot
from booking.models import Closure, Service
from booking.selectors import free_times
from foundation.recurrences.expansion import days_of
from offices.models import Advisor
from tests.bench.figures import Figure
from tests.bench.loads import CLOSES, EVERY_KIND, OPENS, book
from tests.bench.meters import cpu_milliseconds, number_of
from tests.factories.booking import AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.servers import ROOT

ADVISORS, DAYS, APPOINTMENTS = 20, 60, 2000
MINUTES, STEP = 60, 30
PEER = Path("var", "peer", "bin", "python")
LEAST_FASTER = 100


@dataclass(frozen=True)
class EqualData:
    """The same for both: hours from Monday to Friday, a week off for each, appointments on half hours."""

    first: date
    days_off: Sequence[tuple[int, date, date]]
    appointments: Sequence[tuple[int, datetime]]

    @classmethod
    def of(cls, chance: random.Random) -> EqualData:
        first = timezone.localdate() + timedelta(days=1)
        offs = [
            (advisor, start, start + timedelta(days=6))
            for advisor in range(ADVISORS)
            for start in [first + timedelta(days=chance.randrange(DAYS))]
        ]
        desk = [
            (advisor, BERLIN.moment(BERLIN.instant(first + timedelta(days=number), minutes)))
            for advisor in range(ADVISORS)
            for number in range(DAYS)
            if (first + timedelta(days=number)).weekday() < 5
            for minutes in range(OPENS.hour * 60 + chance.choice((0, 30)), CLOSES.hour * 60 - 30, MINUTES)
        ]
        return cls(first, offs, chance.sample(desk, APPOINTMENTS))

    def store(self) -> tuple[Service, list[Advisor]]:
        """Only these advisors give times; three offices that keep no holiday, since the peer knows none."""
        Advisor.objects.update(is_active=False)
        service = ServiceFactory(
            slug="bench-vergleich",
            name="Vergleich",
            duration=MINUTES,
            step=STEP,
            notice_hours=0,
            horizon_days=DAYS,
            kinds=EVERY_KIND,
        )
        places = [OfficeFactory(holidays=[]) for _ in range(3)]
        people = [AdvisorFactory(office=places[number % 3]) for number in range(ADVISORS)]
        for person in people:
            AvailabilityRuleFactory(advisor=person, start_time=OPENS, end_time=CLOSES, kinds=EVERY_KIND)
        Closure.objects.all().delete()
        for number, start, end in self.days_off:
            ClosureFactory(advisor=people[number], first_day=start, last_day=end)
        book([(people[number], start) for number, start in self.appointments], service=service, minutes=MINUTES)
        return service, people

    def as_json(self) -> str:
        """As the peer's side wants it: days and wall-clock times."""
        length = timedelta(minutes=MINUTES)
        data = {
            "staff": ADVISORS,
            "first": self.first,
            "days": DAYS,
            "minutes": MINUTES,
            "step": STEP,
            "opens": OPENS,
            "closes": CLOSES,
            "days_off": self.days_off,
            "appointments": [
                (n, start.date(), start.time(), (start + length).time()) for n, start in self.appointments
            ],
        }
        return json.dumps(data, default=str)


def comparison() -> Iterator[Figure]:
    """Ours asked again and again (the median) and for the first time; the peer once, it takes long enough."""
    data = EqualData.of(random.Random(7))
    service, people = data.store()
    last = data.first + timedelta(days=DAYS - 1)

    def ours() -> list[Slot]:
        return free_times(service, now=timezone.now(), first=data.first, last=last)

    days_of.cache_clear()
    started = time.process_time_ns()
    with CaptureQueriesContext(connection) as captured:
        slots = ours()
    first_time = (time.process_time_ns() - started) / 1e6
    taken = cpu_milliseconds(ours)
    peer = ask_peer(data)
    numbers = {person.pk: number for number, person in enumerate(people)}
    found = [[numbers[slot.advisor], f"{BERLIN.moment(slot.start):%Y-%m-%dT%H:%M}"] for slot in slots]
    if sorted(found) != sorted(peer["slots"]):
        raise SystemExit(f"not the same free times: ours {len(found)}, the peer's {len(peer['slots'])}")
    size = f"{ADVISORS} advisors × {DAYS} days"
    remark = f"{len(found):,} free times, the same in both"
    yield Figure(f"django-appointment, {size}", peer["cpu"] * 1000, queries=peer["queries"], remark=remark)
    yield Figure(
        f"ours, {size}, whole network",
        taken,
        peer["cpu"] * 1000 / taken,
        number_of(captured),
        against="faster",
        wanted={"queries": 8},
        at_least={"ratio": LEAST_FASTER},
        remark=f"(the first time {first_time:,.0f} ms)",
    )


def ask_peer(data: EqualData) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="mehrwert-peer-") as folder:
        question, answer = Path(folder, "data.json"), Path(folder, "answer.json")
        question.write_text(data.as_json())
        script = Path(__file__).parent / "peer" / "ask.py"
        known = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}
        subprocess.run([ROOT / PEER, "-I", script, question, answer], env=known, check=True)
        return json.loads(answer.read_text())


def is_peer_installed() -> bool:
    return (ROOT / PEER).exists()
