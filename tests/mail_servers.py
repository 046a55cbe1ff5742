"""Mail servers on 127.0.0.1 for tests: one that works, and one that fails in every way a mail server can."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.policy import SMTP

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.servers import free_port


@dataclass
class Mailbox:
    """Handler of a server that takes everything: what arrived, byte for byte, with its envelope."""

    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 taken"

    @property
    def message_ids(self) -> list[str]:
        return [message_id(bytes(envelope.original_content or b"")) for envelope in self.envelopes]


@contextmanager
def working_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How the server treats one connection: its answers; None where it falls silent and leaves the line open."""

    greeting: str | None = "220 ready"
    mail: str | None = "250 ok"
    rcpt: str | None = "250 ok"
    data: str | None = "354 go on"
    end: str | None = "250 taken"
    quit: str | None = "221 bye"
    cut_in_data: bool = False
    cut_after_data: bool = False
    seconds_per_answer: float = 0.0

    @property
    def is_silent(self) -> bool:
        return None in (self.greeting, self.mail, self.rcpt, self.data, self.end, self.quit)


class FaultyServer:
    """Serves one connection after the other, each by the next conduct; the last one stays."""

    def __init__(self, *conducts: Conduct) -> None:
        self.conducts = list(conducts)
        self.taken: list[bytes] = []
        self.swallowed: list[bytes] = []
        self.connections = 0
        self._end = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> FaultyServer:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    @property
    def message_ids(self) -> set[str]:
        return {message_id(text) for text in self.taken + self.swallowed}

    def _accept(self) -> None:
        while not self._end.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            conduct = self.conducts[min(self.connections, len(self.conducts) - 1)]
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(line, conduct), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket, conduct: Conduct) -> None:
        line.settimeout(60)
        with line:
            try:
                self._talk(line, conduct)
            except OSError:
                return

    def _talk(self, line: socket.socket, conduct: Conduct) -> None:
        reader = line.makefile("rb")

        def answer(text: str | None) -> None:
            if text is None:
                self._end.wait(60)
                raise OSError
            self._end.wait(conduct.seconds_per_answer)
            line.sendall(text.encode() + b"\r\n")

        answer(conduct.greeting)
        while command := reader.readline().upper():
            verb = command.split()[0]
            if verb == b"DATA":
                answer(conduct.data)
                if conduct.cut_in_data:
                    return
                text = b"".join(iter(reader.readline, b".\r\n"))
                if conduct.end is None or not conduct.end.startswith("250") or conduct.cut_after_data:
                    self.swallowed.append(text)
                else:
                    self.taken.append(text)
                if conduct.cut_after_data:
                    return
                answer(conduct.end)
            elif verb == b"QUIT":
                answer(conduct.quit)
                return
            else:
                answer({b"MAIL": conduct.mail, b"RCPT": conduct.rcpt}.get(verb, "250 ok"))


def message_id(text: bytes) -> str:
    return str(email.message_from_bytes(text, policy=SMTP)["Message-ID"])
