"""Real calendar servers on 127.0.0.1: Radicale, and Xandikos, which lets everybody in.

with radicale(folder) as server:            # user „lena“, password „geheim“
    server.make_collection("praxis", "Praxis")
    server.put("praxis/a.ics", text)
"""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import ClassVar

from tests.servers import free_port, wait_until

USER, PASSWORD = "lena", "geheim"

_COLLECTION = """<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<displayname>{name}</displayname>
<C:supported-calendar-component-set><C:comp name="{component}"/></C:supported-calendar-component-set>
</prop></set></C:mkcalendar>"""
"""As people's own programs make one (RFC 4791, 5.3.1). By MKCOL Xandikos forgets the components."""


@dataclass
class CalDavServer:
    """Keeps its files in `folder`: started again it has what it had, at the same port."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    home: ClassVar[str] = USER
    """The path under which the user's calendars lie."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        """As FETCHING_ALLOWED_INSIDE names it."""
        return f"127.0.0.1:{self.port}"

    def url_of(self, path: str) -> str:
        return f"{self.url}/{self.home}/{path}/"

    def command(self) -> list[str]:
        """Module and options that make it serve."""
        raise NotImplementedError

    def place(self, path: str) -> Path:
        """Where it keeps the files of a calendar."""
        raise NotImplementedError

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen([sys.executable, "-m", *self.command()], stdout=log, stderr=log)
        wait_until(self.answers, what=type(self).__name__)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(60)

    def objects(self, path: str) -> dict[str, str]:
        """The files of a calendar by their names, as the server keeps them."""
        return {file.name: file.read_text() for file in self.place(path).glob("*.ics")}

    def make_collection(self, path: str, name: str, *, component: str = "VEVENT") -> None:
        text = _COLLECTION.format(name=name, component=component)
        self._send("MKCALENDAR", f"{path}/", text, content_type="application/xml; charset=utf-8")

    def put(self, path: str, text: str) -> None:
        self._send("PUT", path, text)

    def delete(self, path: str) -> None:
        self._send("DELETE", path, "")

    def _send(self, method: str, path: str, body: str, content_type: str = "text/calendar; charset=utf-8") -> None:
        """What an advisor's own program does."""
        connection = HTTPConnection("127.0.0.1", self.port)
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": content_type}
        connection.request(method, f"/{self.home}/{path}", body.encode(), headers)
        with connection.getresponse() as response:
            assert response.status in {200, 201, 204}, response.read()
        connection.close()

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            return False
        finally:
            connection.close()
        return True


class Radicale(CalDavServer):
    def command(self) -> list[str]:
        (self.folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        return [
            *("radicale", "--server-hosts", self.endpoint, "--auth-type", "htpasswd", "--auth-delay", "0"),
            *("--auth-htpasswd-filename", str(self.folder / "users"), "--auth-htpasswd-encryption", "plain"),
            *("--storage-filesystem-folder", str(self.folder / "data")),
        ]

    def place(self, path: str) -> Path:
        return self.folder / "data" / "collection-root" / USER / path


class Xandikos(CalDavServer):
    """Keeps calendars as git repositories, and asks for a password only behind TLS of its own."""

    home = f"{USER}/calendars"

    def command(self) -> list[str]:
        return [
            *("xandikos", "serve", "--directory", str(self.folder / "data"), "--state-dir", str(self.folder / "state")),
            *("--listen-address", "127.0.0.1", "--port", str(self.port), "--no-detect-systemd"),
            *("--autocreate", "--current-user-principal", f"/{USER}/"),
        ]

    def place(self, path: str) -> Path:
        return self.folder / "data" / self.home / path


@contextmanager
def _served(kind: type[CalDavServer], folder: Path) -> Iterator[CalDavServer]:
    server = kind(free_port(), folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def radicale(folder: Path) -> AbstractContextManager[CalDavServer]:
    return _served(Radicale, folder)


def xandikos(folder: Path) -> AbstractContextManager[CalDavServer]:
    return _served(Xandikos, folder)


PEERS: dict[str, Callable[[Path], AbstractContextManager[CalDavServer]]] = {"radicale": radicale, "xandikos": xandikos}
