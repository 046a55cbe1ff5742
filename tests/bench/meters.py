"""Clocks and counters. What is counted is CPU time: on a busy machine the clock on the wall measures the others."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.servers import RunningProcess

BATCHES = 15
BATCH_NANOSECONDS = 40_000_000
"""A batch takes about so long, so that one reading of the clock costs next to nothing."""


def cpu_milliseconds(call: Callable[[], object], *, rounds: int = 15) -> float:
    """The median of so many calls in this process, after one that warms up."""
    call()
    durations = []
    for _ in range(rounds):
        before = time.process_time_ns()
        call()
        durations.append(time.process_time_ns() - before)
    return statistics.median(durations) / 1e6


def queries_of(path: str, headers: Mapping[str, str] | None = None) -> int:
    """Queries of one warm request, asked in this process on the same database and read to its end."""
    client = Client()
    list(client.get(path, headers=headers))
    with CaptureQueriesContext(connection) as captured:
        list(client.get(path, headers=headers))
    return number_of(captured)


def number_of(captured: CaptureQueriesContext) -> int:
    """Statements, savepoints among them; the frame of a transaction asks the database for nothing."""
    return sum(query["sql"] not in {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"} for query in captured)


@dataclass(frozen=True)
class Ask:
    """One request; a `body` is sent as it stands."""

    path: str
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class ServerMeter:
    """CPU time that a real gunicorn with one worker process spends on an answer: HTTP, middleware, view, all of it.

    The server tells its own clock at /uhr/; what telling costs is one empty view and taken off.
    """

    def __init__(self, web: RunningProcess) -> None:
        self.address = web.url.removeprefix("http://")

    def milliseconds(
        self,
        path: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> float:
        """The best of several batches of the same GET: neighbours on a busy machine can only add to it."""
        return min(self._beside_empty(path, status, headers))[0]

    def ratio(self, path: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> tuple[float, float]:
        """Milliseconds, and how many empty views they are: of both the best batch.

        They take turns, so that both meet the same neighbours. Those can only make a page look dearer: it needs a quiet
        moment that an empty view finds sooner. (The median of the pairs does not do: at a load of 17 an empty view
        doubles, and a long page comes out at two thirds.)
        """
        pairs = self._beside_empty(path, status, headers)
        taken = min(pairs)[0]
        return taken, taken / min(empty for _, empty in pairs)

    def _beside_empty(self, path: str, status: int, headers: Mapping[str, str] | None) -> list[tuple[float, float]]:
        """Milliseconds of the page and of an empty view, batch by batch in turn."""
        ask = Ask(path, headers=tuple((headers or {}).items()))
        line = http.client.HTTPConnection(self.address)
        (page, pages), (empty, empties) = self._batch(line, ask, status), self._batch(line, _EMPTY, 200)
        found = []
        for _ in range(BATCHES):
            before = self._spent(line, empty, 200) / empties / 1e6
            found.append((self._spent(line, page, status) / pages / 1e6, before))
        return found

    def _batch(self, line: http.client.HTTPConnection, ask: Ask, status: int) -> tuple[list[Ask], int]:
        self._spent(line, [ask] * 2, status)  # caches, templates and imports are warm in a server
        size = max(2, round(BATCH_NANOSECONDS / max(1, self._spent(line, [ask] * 2, status) / 2)))
        return [ask] * size, size

    def first_visit(self, path: str, forget: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds and ratio of a page that is asked once each time after `forget`: the best of several."""
        empty = self.milliseconds("/leer/")
        line = http.client.HTTPConnection(self.address)
        found = []
        for _ in range(BATCHES):
            forget()
            found.append(self._spent(line, [Ask(path)], 200) / 1e6)
        return min(found), min(found) / min(empty, self.milliseconds("/leer/"))

    def once(self, path: str) -> tuple[float, float]:
        """Milliseconds and ratio of an answer that takes seconds, asked a single time."""
        empty = self.milliseconds("/leer/")
        taken = self._spent(http.client.HTTPConnection(self.address), [Ask(path)], 200) / 1e6
        return taken, taken / empty

    def etag(self, path: str) -> str:
        line = http.client.HTTPConnection(self.address)
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.headers["ETag"]

    def megabytes(self) -> tuple[int, int]:
        """What the process holds now, and the most that it ever held."""
        held, most = send(http.client.HTTPConnection(self.address), Ask("/speicher/"))[0].split()
        return int(held), int(most)

    def posts(self, asks: Sequence[Ask]) -> tuple[float, list[str]]:
        """Milliseconds of one of these forms, each sent once (the mean), and where they led."""
        line, led_to = http.client.HTTPConnection(self.address), []
        return self._spent(line, asks, 302, led_to) / len(asks) / 1e6, led_to

    def _spent(
        self, line: http.client.HTTPConnection, asks: Sequence[Ask], status: int, led_to: list[str] | None = None
    ) -> float:
        first, second = (int(send(line, _CLOCK)[0]) for _ in range(2))
        for ask in asks:
            _, location = send(line, ask, status)
            if led_to is not None:
                led_to.append(location)
        return int(send(line, _CLOCK)[0]) - second - (second - first)


_CLOCK = Ask("/uhr/")
_EMPTY = Ask("/leer/")


def send(line: http.client.HTTPConnection, ask: Ask, status: int = 200) -> tuple[bytes, str]:
    """Body and Location of the answer; the run ends where the answer is another one."""
    line.request(ask.method, ask.path, ask.body, dict(ask.headers))
    answer = line.getresponse()
    content = answer.read()
    if answer.status != status:
        raise SystemExit(f"{ask.method} {ask.path}: {answer.status}, expected {status}")
    return content, answer.headers.get("Location", "")
