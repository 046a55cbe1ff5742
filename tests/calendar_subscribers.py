"""Programs that subscribe: vdirsyncer fetches a calendar into a folder of files, khal shows what it finds there.

program = Subscriber(folder, web_address(url))              # or caldav_calendar(server, "praxis")
program.sync()
program.listed(date(2026, 10, 20), date(2027, 11, 10))      # {(summary, start, end): how often}
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from tests.calendar_peers import PASSWORD, USER, CalDavServer
from tests.calendar_readers import Spans, read_with_vobject

Storage = dict[str, str]

_MOMENT = "%Y-%m-%dT%H:%M%z"
_FIELD = "\x1f"

_KHAL = """
[calendars]
[[subscribed]]
path = {stored}
readonly = True

[sqlite]
path = {folder}/khal.db

[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = {moment}
longdatetimeformat = {moment}
"""


def web_address(url: str) -> Storage:
    return {"type": "http", "url": url}


def caldav_calendar(server: CalDavServer, path: str) -> Storage:
    """The one calendar, without the account around it."""
    return {"type": "caldav", "url": server.url_of(path), "username": USER, "password": PASSWORD}


class Subscriber:
    """Both programs with a configuration of their own, in `folder`."""

    def __init__(self, folder: Path, remote: Storage) -> None:
        self.folder, self.stored = folder, folder / "stored"
        self.stored.mkdir(parents=True)
        pair = {"a": "local", "b": "remote", "collections": None, "conflict_resolution": "b wins"}
        local = {"type": "filesystem", "path": str(self.stored), "fileext": ".ics"}
        (folder / "vdirsyncer").write_text(
            _section("general", {"status_path": str(folder / "status")})
            + _section("pair subscription", pair)
            + _section("storage local", local)
            + _section("storage remote", remote)
        )
        (folder / "khal").write_text(_KHAL.format(stored=self.stored, folder=folder, moment=_MOMENT))
        self._run("vdirsyncer", "--config", str(folder / "vdirsyncer"), "discover", "subscription")

    def sync(self) -> str:
        return self._run("vdirsyncer", "--config", str(self.folder / "vdirsyncer"), "sync", "--force-delete")

    def events(self) -> Spans:
        """UID, start and end of what is stored, in UTC."""
        return sorted(span for file in self.stored.glob("*.ics") for span in read_with_vobject(file.read_text()))

    def listed(self, first: date, last: date) -> Counter[tuple[str, datetime, datetime]]:
        """What khal shows to a person in Berlin: title, start and end in UTC of each entry."""
        shown = _FIELD.join(("{title}", "{start-long}", "{end-long}"))
        options = ["list", "--once", "--day-format", "", "--format", shown, str(first), str(last)]
        text = self._run("khal", "--config", str(self.folder / "khal"), *options)
        rows = (line.split(_FIELD) for line in text.splitlines() if line.strip())
        return Counter((title, _in_utc(start), _in_utc(end)) for title, start, end in rows)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _section(name: str, values: dict[str, str | None]) -> str:
    lines = (f"{key} = " + (f'"{value}"' if value is not None else "null") for key, value in values.items())
    return "\n".join([f"[{name}]", *lines, "", ""])


def _in_utc(moment: str) -> datetime:
    return datetime.strptime(moment.strip(), _MOMENT).astimezone(UTC)
