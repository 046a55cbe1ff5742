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


@dataclass(frozen=True)
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

    def _send(self, method: str, path: str, body: str) -> None:
        """What an advisor's own program does."""
        connection = HTTPConnection("127.0.0.1", self.port)
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar; charset=utf-8"}
        connection.request(method, path, body.encode(), headers)
        with connection.getresponse() as response:
            assert response.status in {201, 204}, response.read()
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


@contextmanager
def radicale(folder: Path) -> Iterator[CalDavServer]:
    """Keeps its files in `folder`: started there again it has what it had."""
    server = CalDavServer(free_port())
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    options = [
        *("--server-hosts", server.endpoint, "--auth-type", "htpasswd", "--auth-delay", "0"),
        *("--auth-htpasswd-filename", str(folder / "users"), "--auth-htpasswd-encryption", "plain"),
        *("--storage-filesystem-folder", str(folder / "data")),
    ]
    with (folder / "log").open("a") as log:
        process = subprocess.Popen([sys.executable, "-m", "radicale", *options], stdout=log, stderr=log)
    try:
        wait_until(server.answers, what="Radicale")
        yield server
    finally:
        process.kill()
        process.wait(10)
