"""A real IMAP server on 127.0.0.1, behind TLS, and one that is rude.

with imap_server(folder) as server:          # user „antworten“, password „gehüm“
    server.append(mail)
    server.url, server.context               # as the settings name it; trusts its certificate
"""

from __future__ import annotations

import datetime
import imaplib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.servers import free_port, wait_until

USER, PASSWORD = "antworten", "gehüm"


@dataclass
class ImapServer:
    port: int
    behind: int
    context: ssl.SSLContext

    @property
    def url(self) -> str:
        return f"imaps://{USER}:{quote(PASSWORD)}@127.0.0.1:{self.port}/INBOX"

    def append(self, mail: str, folder: str = "INBOX") -> None:
        """`folder` as servers write it; made where it is missing."""
        with self._login() as box:
            box.create(folder)
            box.append(folder, "", None, mail.encode())

    def unseen(self) -> int:
        with self._login() as box:
            box.select("INBOX")
            return len((box.uid("SEARCH", "UNSEEN")[1][0] or b"").split())

    def empty(self) -> None:
        with self._login() as box:
            box.select("INBOX")
            box.store("1:*", "+FLAGS", r"(\Deleted)")
            box.expunge()

    @contextmanager
    def _login(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.behind, timeout=60) as box:
            box.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield box


@contextmanager
def imap_server(folder: Path) -> Iterator[ImapServer]:
    """pymap, whose mails are gone with it."""
    behind = free_port()
    command = [
        *(sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1", "--port", str(behind)),
        *("--no-tls", "--no-service", "admin", "--no-service", "managesieve"),
        *("dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD),
    ]
    with (folder / "pymap.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(behind), what="pymap")
        certificate = make_certificate(folder)
        with behind_tls(lambda talk: _pipe(talk, behind), certificate) as port:
            server = ImapServer(port, behind, ssl.create_default_context(cafile=str(certificate)))
            server.empty()
            yield server
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def behind_tls(talk: Callable[[ssl.SSLSocket], object], certificate: Path) -> Iterator[int]:
    """The port of a server that says what it likes to everybody who connects."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(connection: socket.socket) -> None:
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as wrapped:
                talk(wrapped)

        def listen() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1]


def make_certificate(folder: Path) -> Path:
    """For 127.0.0.1, valid for a day, signed by itself; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(hours=1), now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _pipe(front: ssl.SSLSocket, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as back:

        def carry(source: socket.socket, target: socket.socket) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)

        answers = threading.Thread(target=carry, args=(back, front), daemon=True)
        answers.start()
        carry(front, back)
        answers.join(5)
