"""Many visitors at the same instant: light processes, one per visitor, that all wait for one signal.

    answers = send_rivals(web.url, [Errand(steps=[Step("POST", "/termin/…", {"zeit": …})]) for _ in range(50)])

Runs as a command of its own (`python tests/rivals.py`) that knows only the standard library, so that fifty forks cost
next to nothing: it reads errands as JSON, connects every visitor, lets all go at once and writes the answers.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 180
"""Seconds that one answer may take before it counts as none."""

AT_THE_GATE = ".awaited"
"""Ends the name of the file that says: all who come through this gate stand there."""


@dataclass(frozen=True)
class Step:
    """One request. Without a path it goes to where the last redirect pointed, or again to the last path."""

    method: str
    path: str | None = None
    data: dict[str, str] | None = None


@dataclass(frozen=True)
class Errand:
    """What one visitor does, step by step; it ends early with the first answer from 400 up.

    With `gate` the visitor comes later: when a file of that name exists.
    `cookies` is the header of somebody who is logged in; visitors have none.
    """

    steps: Sequence[Step]
    network: str = "192.0.2.1"
    gate: str = ""
    cookies: str = ""


@dataclass(frozen=True)
class Answer:
    """`status` 0 means that no answer came; `body` then says why. `seconds` is the time of this one request."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


def send_rivals(url: str, errands: Sequence[Errand]) -> list[list[Answer]]:
    """All answers of every visitor, in the order of the errands."""
    order = json.dumps({"url": url, "errands": [asdict(errand) for errand in errands]})
    done = subprocess.run(
        [sys.executable, "-I", str(Path(__file__))],
        input=order,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 4,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"the rivals ended with {done.returncode}:\n{done.stderr}")
    return [[Answer(**answer) for answer in answers] for answers in json.loads(done.stdout)]


def walk(url: str, errand: Errand, ready: Any = None) -> list[Answer]:
    """One visitor's way over one connection; `ready` is called when the connection stands."""
    address = urlsplit(url)
    line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    line.connect()
    if ready is not None:
        ready()
    answers: list[Answer] = []
    path = "/"
    for step in errand.steps:
        path = step.path or (answers[-1].location if answers and answers[-1].location else path)
        answers.append(_ask(line, step, path, errand))
        if answers[-1].status >= 400 or answers[-1].status == 0:
            break
    line.close()
    return answers


def _ask(line: http.client.HTTPConnection, step: Step, path: str, errand: Errand) -> Answer:
    headers = {"X-Forwarded-For": errand.network, "Accept": "text/html"}
    if errand.cookies:
        headers["Cookie"] = errand.cookies
    body = None
    if step.data is not None:
        body = urlencode(step.data)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.monotonic()
    try:
        line.request(step.method, path, body, headers)
        response = line.getresponse()
        text = response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        line.close()
        return Answer(0, repr(error), seconds=time.monotonic() - started)
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, text, found, time.monotonic() - started)


def _visit(url: str, errand: Errand, start: Any, result: Any) -> None:
    try:
        if errand.gate:
            _wait_for(Path(errand.gate))
            answers = walk(url, errand)
        else:
            answers = walk(url, errand, ready=lambda: start.wait(PATIENCE))
    except OSError as error:
        answers = [Answer(0, repr(error))]
    result.send([asdict(answer) for answer in answers])
    result.close()


def _wait_for(gate: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not gate.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def main() -> None:
    order = json.load(sys.stdin)
    errands = [Errand([Step(**step) for step in errand.pop("steps")], **errand) for errand in order["errands"]]
    context = multiprocessing.get_context("fork")
    start = context.Barrier(max(1, sum(not errand.gate for errand in errands)))
    results = []
    for errand in errands:
        receiver, sender = context.Pipe(duplex=False)
        context.Process(target=_visit, args=(order["url"], errand, start, sender), daemon=True).start()
        sender.close()
        results.append(receiver)
    for gate in {errand.gate for errand in errands} - {""}:
        Path(f"{gate}{AT_THE_GATE}").touch()
    json.dump([receiver.recv() for receiver in results], sys.stdout)


if __name__ == "__main__":
    main()
