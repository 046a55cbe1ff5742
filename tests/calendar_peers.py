"""Real calendar servers on 127.0.0.1.

with radicale(folder) as server:            # user „lena“, password „geheim“
    server.make_collection("praxis", "Praxis")
    server.put("praxis/a.ics", text)
"""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.servers import free_port, wait_until

USER, PASSWORD = "lena", "geheim"

_COLLECTION = """<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype><displayname>{name}</displayname>
<C:supported-calendar-component-set><C:comp name="{component}"/></C:supported-calendar-component-set>
</prop></set></mkcol>"""


@dataclass
class CalDavServer:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        """As FETCHING_ALLOWED_INSIDE names it."""
        return f"127.0.0.1:{self.port}"

    def make_collection(self, path: str, name: str, *, component: str = "VEVENT") -> None:
        self._send("MKCOL", f"/{USER}/{path}/", _COLLECTION.format(name=name, component=component))

    def put(self, path: str, text: str) -> None:
        self._send("PUT", f"/{USER}/{path}", text)

    def delete(self, path: str) -> None:
        self._send("DELETE", f"/{USER}/{path}", "")

    def _send(self, method: str, path: str, body: str) -> None:
        """What an advisor's own program does."""
        connection = HTTPConnection("127.0.0.1", self.port)
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar; charset=utf-8"}
        connection.request(method, path, body.encode(), headers)
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


@dataclass
class Radicale(CalDavServer):
    """Keeps its files in `folder`: started again it has what it had, at the same port."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        (self.folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        options = [
            *("--server-hosts", self.endpoint, "--auth-type", "htpasswd", "--auth-delay", "0"),
            *("--auth-htpasswd-filename", str(self.folder / "users"), "--auth-htpasswd-encryption", "plain"),
            *("--storage-filesystem-folder", str(self.folder / "data")),
        ]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "radicale", *options], stdout=log, stderr=log)
        wait_until(self.answers, what="Radicale")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)

    def objects(self, path: str) -> dict[str, str]:
        """The files of a calendar by their names, as the server keeps them."""
        folder = self.folder / "data" / "collection-root" / USER / path
        return {file.name: file.read_text() for file in folder.glob("*.ics")}


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    server = Radicale(free_port(), folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
