"""A server on 127.0.0.1 that says exactly what a test tells it to, byte for byte, however rude.

with hostile_server(lambda talk: talk.send(b"HTTP/1.1 200 OK\\r\\n\\r\\n")) as server:
    ...                     # server.address, server.endpoint; server.requests holds what came in
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Talk:
    """One connection. `stopped` is set when the test is over: endless answers end then."""

    connection: socket.socket
    request: bytes
    stopped: threading.Event

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.connection.sendall(piece)

    def answer(self, body: bytes = b"", *headers: str, status: str = "200 OK") -> None:
        """A plain answer; says its length unless a header does."""
        lines = [f"HTTP/1.1 {status}", *headers]
        if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join([*lines, "", ""]).encode("latin-1"), body)

    def repeat(self, piece: bytes, pause: float = 0.0) -> None:
        """Until the other side or the test has had enough."""
        while not self.stopped.wait(pause):
            self.send(piece)


Behaviour = Callable[[Talk], object]


@dataclass
class HostileServer:
    port: int
    requests: list[bytes] = field(default_factory=list)

    @property
    def endpoint(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def hostile_server(behaviour: Behaviour, *, tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    stopped = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server = HostileServer(listener.getsockname()[1])

    def talk(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(5)
            with tls.wrap_socket(connection, server_side=True) if tls else connection as wrapped:
                request = _read_request(wrapped)
                if request:
                    server.requests.append(request)
                    behaviour(Talk(wrapped, request, stopped))

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stopped.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _read_request(connection: socket.socket) -> bytes:
    """Head and body, by the Content-Length."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return received
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body
