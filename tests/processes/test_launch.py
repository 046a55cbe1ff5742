"""`make run`, from the moment the environment is installed: mehrwert.launch with this interpreter."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import psycopg
import pytest

from tests.servers import RunningProcess, RunningSite, free_port, is_ready, wait_until


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[RunningSite]:
    """A machine with an empty folder for a SQLite database."""
    site = RunningSite(tmp_path, f"sqlite:///{tmp_path / 'db.sqlite3'}")
    yield site
    site.stop()


@pytest.fixture
def machine_with_database(machine: RunningSite) -> Iterator[RunningSite]:
    """The same with an empty database on the engine of this run."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield machine
        return
    name = f"launch_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        machine.database_url = urlsplit(url)._replace(path=f"/{name}").geturl()
        yield machine
        machine.stop()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def launch(machine: RunningSite, port: int, **extra: str) -> RunningProcess:
    url = f"http://127.0.0.1:{port}"
    return machine.start(
        "run", sys.executable, "-m", "mehrwert.launch", url=url, PORT=str(port), SECRET_KEY="", **extra
    )


def wait_until_ready(run: RunningProcess, seconds: float) -> None:
    wait_until(lambda: is_ready(run.url) or not run.is_running(), seconds, "the site's start")
    assert run.is_running(), run.log()


def survivors(machine: RunningSite) -> list[list[str]]:
    """Command lines of all processes that work on this machine's folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("VAR_DIR") == str(machine.var_dir):
                found.append(process.cmdline())
        except psutil.Error:
            continue
    return found


def test_site_starts_from_nothing_and_again(machine_with_database: RunningSite) -> None:
    machine = machine_with_database
    run = launch(machine, free_port())
    wait_until_ready(run, 900)
    wait_until(lambda: "Bereit: " in run.log())

    assert f"{run.url}/admin/" in run.log()
    assert "admin, redaktion, leitung, buero, beratung" in run.log()
    password = re.search(r"Passwort +(\S+)", run.log())[1]
    assert password == (machine.var_dir / "demo_password").read_text().strip()
    for name in ("demo_password", "secret_key"):
        assert (machine.var_dir / name).stat().st_mode & 0o777 == 0o600
    with urllib.request.urlopen(f"{run.url}/admin/login/") as page:
        assert 'lang="de"' in page.read().decode()

    run.interrupt()
    wait_until(lambda: not survivors(machine), what="the end of all processes")
    assert "Traceback" not in run.log()

    # The second start does none of the long work again, which is what makes it quick.
    second = launch(machine, free_port())
    wait_until_ready(second, 180)
    wait_until(lambda: "Bereit: " in second.log())
    assert "gesammelt" not in second.log()
    assert "geladen" not in second.log()
    assert password in second.log()

    # Another password for the same database, and the end of one process ends the other.
    next(process for process in second.tree() if "gunicorn" in " ".join(process.cmdline())).send_signal(signal.SIGKILL)
    second.popen.wait(60)
    wait_until(lambda: not survivors(machine), what="the end of all processes")
    third = launch(machine, free_port(), DEMO_PASSWORD="Ein-anderes-Wort-17")
    wait_until_ready(third, 180)
    assert "Ein-anderes-Wort-17" in third.log()


def assert_refuses(run: RunningProcess, *words: str) -> None:
    assert run.popen.wait(120) not in {0, None}
    lines = run.log().splitlines()
    assert len(lines) == 1
    for word in words:
        assert word in lines[0]


def test_taken_port_is_said_in_one_line(machine: RunningSite) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        run = launch(machine, other.getsockname()[1])

        assert_refuses(run, "belegt", str(other.getsockname()[1]))


def test_port_must_be_a_number(machine: RunningSite) -> None:
    run = machine.start("run", sys.executable, "-m", "mehrwert.launch", PORT="http", SECRET_KEY="")

    assert_refuses(run, "PORT=http")


def test_missing_write_access_is_said_in_one_line(machine: RunningSite, tmp_path: Path) -> None:
    """A file where the folder should be refuses even the superuser, for whom permissions do not count."""
    (tmp_path / "file").touch()

    run = machine.start(
        "run", sys.executable, "-m", "mehrwert.launch", VAR_DIR=str(tmp_path / "file" / "var"), PORT=str(free_port())
    )

    assert_refuses(run, "nicht beschreibbar")


def test_silent_database_is_said_in_one_line(machine: RunningSite) -> None:
    run = launch(machine, free_port(), DATABASE_URL="postgres://nobody@127.0.0.1:9/nothing")

    assert_refuses(run, "Datenbank antwortet nicht")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_early_end_leaves_nothing_behind(machine: RunningSite, number: signal.Signals) -> None:
    run = launch(machine, free_port())
    wait_until(lambda: len(run.tree()) > 1, what="the preparation")

    os.killpg(run.pid, number)

    run.popen.wait(60)
    wait_until(lambda: not survivors(machine), 20, "the end of all processes")
