"""The worker is killed while it writes into an advisor's calendar: real processes and a real server."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from booking.models import Appointment, PushCalendar, PushEntry
from booking.services.cancel import cancel_appointment
from booking.services.note_push import note_push
from tests.booking.entered import connected, events_at, events_wanted
from tests.calendar_peers import radicale
from tests.factories.booking import AppointmentFactory
from tests.hostile_servers import HostileServer, Talk, hostile_server
from tests.servers import RunningProcess, RunningSite, wait_until


@dataclass
class Gate:
    """Stands before the calendar's server. Told to, it keeps back one answer: the server has done what it was asked,
    and whoever asked will not hear of it."""

    port: int
    asked: Counter[str] = field(default_factory=Counter)
    holding: threading.Event = field(default_factory=threading.Event)
    _held: tuple[str, int] = ("", 0)

    def hold(self, method: str, number: int) -> None:
        """The answer to the n-th request of that kind from now on."""
        self.holding.clear()
        self._held = (method, self.asked[method] + number)

    def pass_on(self, talk: Talk) -> None:
        head, _, body = talk.request.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        self.asked[method] += 1
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, target, body, dict(header.split(": ", 1) for header in lines))
        answer = line.getresponse()
        content = answer.read()
        line.close()
        if (method, self.asked[method]) == self._held:
            self.holding.set()
            talk.stopped.wait(300)
            return
        named = {name.lower(): value for name, value in answer.getheaders()}
        kept = (f"{name}: {named[name]}" for name in ("etag", "content-encoding") if name in named)
        talk.answer(content, *kept, status=f"{answer.status} {answer.reason}")


@contextmanager
def gate_before(port: int) -> Iterator[tuple[Gate, HostileServer]]:
    gate = Gate(port)
    with hostile_server(gate.pass_on) as front:
        yield gate, front


def start_worker(site: RunningSite) -> RunningProcess:
    """What a dead one held is free again: its calendar, and its task in the queue."""
    past = timezone.now() - timedelta(seconds=1)
    PushCalendar.objects.update(leased_until=None)
    OrmQ.objects.update(lock=past)
    return site.start_worker()


def test_worker_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing(site: RunningSite, tmp_path: Path) -> None:
    folder = tmp_path / "radicale"
    folder.mkdir()
    now = timezone.now()
    with radicale(folder) as server, gate_before(server.port) as (gate, front):
        site.environment["FETCHING_ALLOWED_INSIDE"] = f"127.0.0.1:{front.port}"
        own = connected(server, now=now, port=front.port)
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
        with transaction.atomic():
            for number in range(30):
                note_push(
                    AppointmentFactory(advisor=own.advisor, starts_at=start + timedelta(hours=2 * number)), now=now
                )
        gate.hold("PUT", 12)
        worker = start_worker(site)
        assert gate.holding.wait(120)
        worker.kill()
        assert len(events_at(server, own)) == 12  # one more than our rows know of
        assert own.entries.filter(state=PushEntry.State.DONE).count() == 11
        assert PushCalendar.objects.filter(leased_until__gt=timezone.now()).exists()

        for appointment in Appointment.objects.order_by("starts_at")[4:20]:
            cancel_appointment(appointment, now=timezone.now())
        gate.hold("DELETE", 5)
        worker = start_worker(site)
        assert gate.holding.wait(120)
        worker.kill()
        assert own.entries.filter(state=PushEntry.State.REMOVED).count() < 16

        start_worker(site)
        wait_until(lambda: not own.entries.not_there().exists(), what="the end of the batch")
        assert len(events_wanted(own)) == 14
        assert events_at(server, own) == events_wanted(own)
        assert own.entries.filter(state=PushEntry.State.REMOVED).count() == 16
        wait_until(lambda: not OrmQ.objects.exists(), what="the empty queue")
        # Nobody wrote anything twice, nor what was cancelled before; the one removal was asked for again.
        assert (gate.asked["PUT"], gate.asked["DELETE"]) == (22, 9)
