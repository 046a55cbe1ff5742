"""A client that answers from a list, for tests of what is done with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from foundation.fetching.addresses import parse_address
from foundation.fetching.answers import Answer
from foundation.fetching.client import Client
from foundation.fetching.refusals import FetchRefused

HERE = parse_address("https://calendar.example/geheim.ics")


def calendar(*events: str) -> bytes:
    """Each event as `20261124T090000Z/20261124T100000Z`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        start, _, end = event.partition("/")
        lines += ["BEGIN:VEVENT", f"UID:{number}@sample.example", f"DTSTART:{start}", f"DTEND:{end}"]
        lines += ["SUMMARY:Zahnarzt Dr. Geheim", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, HERE)


@dataclass(frozen=True)
class ScriptedClient(Client):
    """Gives one answer after the other, raising those that are refusals, and notes what was asked."""

    user_agent: str = "Test/1"
    user_agents: Mapping[str, str] = field(default_factory=dict)
    script: Iterator[Answer | FetchRefused] = field(default_factory=lambda: iter(()))
    asked: list[dict[str, Any]] = field(default_factory=list)

    def fetch(self, address: Any, **options: Any) -> Answer:
        self.asked.append({"address": address, **options})
        said = next(self.script)
        if isinstance(said, FetchRefused):
            raise said
        return said


def client_saying(*script: Answer | FetchRefused) -> ScriptedClient:
    return ScriptedClient(script=iter(script))


def client_during(method: str, happens: Callable[[], object], *script: Answer | FetchRefused) -> ScriptedClient:
    """The same, but something happens each time before that is answered."""

    class Meanwhile(ScriptedClient):
        def fetch(self, address: Any, **options: Any) -> Answer:
            if options["method"] == method:
                happens()
            return super().fetch(address, **options)

    return Meanwhile(script=iter(script))
