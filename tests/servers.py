"""Real processes of the site for tests: gunicorn with the real settings, the worker, any command.

Two ways to use them:

* `tests/processes`: the fixture `site` shares the database of the test (SQLite file or PostgreSQL), so factories and
  the ORM in the test see what the server does and the other way round.
* `tests/e2e`: the fixture `site_server` has a database of its own, filled by `load_demo` once per run.

    def test_fifty_rivals(site):
        office = OfficeFactory()
        web = site.start_web(workers=4)          # ready when this returns
        worker = site.start_worker()             # the background worker
        requests.get(web.url + "/…")
        web.kill()                               # SIGKILL of the whole tree; web.interrupt() is Ctrl-C
        assert "Traceback" not in web.log()

Every process is started in a session of its own and is ended with it when the test is over.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SECRET_KEY = "only-for-tests-0123456789-0123456789-0123456789-0123456789"


def chromium() -> str | None:
    """Path of the installed browser; CHROMIUM overrides."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


PORTS = range(20_000, 32_000)
"""Below those that Linux gives to whoever asks for any: a free one stays free until its server takes it."""
_ports = itertools.cycle(random.Random(os.getpid()).sample(PORTS, len(PORTS)))


def free_port() -> int:
    """Another one each time, in an order of this process's own: others that test meanwhile come upon other ones."""
    return next(filter(_is_free, _ports))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(condition: Callable[[], object], seconds: float = 60, what: str = "the condition") -> None:
    """Poll until the condition is true; fail the test after `seconds`: more than a busy machine needs."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {seconds} s")
        time.sleep(0.05)


@dataclass
class RunningProcess:
    """One started command with all of its children."""

    popen: subprocess.Popen[bytes]
    log_file: Path
    url: str = ""

    @property
    def pid(self) -> int:
        return self.popen.pid

    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def tree(self) -> list[psutil.Process]:
        """The process and all that descend from it, parent first; empty when it has ended."""
        try:
            parent = psutil.Process(self.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def is_running(self) -> bool:
        return self.popen.poll() is None

    def interrupt(self, seconds: float = 90) -> int:
        """Ctrl-C: SIGINT to the whole session, as a terminal sends it. Gives the exit code."""
        os.killpg(self.pid, signal.SIGINT)
        return self.popen.wait(seconds)

    def terminate(self, seconds: float = 90) -> int:
        """SIGTERM to the parent alone, as systemd does on a deploy. Gives the exit code."""
        self.popen.terminate()
        return self.popen.wait(seconds)

    def terminate_group(self, seconds: float = 90) -> int:
        """SIGTERM to the whole session, as honcho does. Gives the exit code."""
        os.killpg(self.pid, signal.SIGTERM)
        return self.popen.wait(seconds)

    def kill(self) -> None:
        """SIGKILL to the parent and all descendants at once: a power cut for this command."""
        for process in self.tree():
            with_no_such_process_ignored(process.kill)
        self.popen.wait(60)

    def stop(self) -> None:
        """End it for good, whatever state it is in; descendants that were left over included."""
        processes = self.tree()
        for process in processes:
            with_no_such_process_ignored(process.kill)
        psutil.wait_procs(processes, timeout=60)
        self.popen.wait(60)


def with_no_such_process_ignored(action: Callable[[], object]) -> None:
    try:
        action()
    except psutil.NoSuchProcess:
        return


@dataclass
class RunningSite:
    """A copy of the site: a folder for its run-time data, a database, and the processes started for it."""

    var_dir: Path
    database_url: str
    environment: dict[str, str] = field(default_factory=dict)
    processes: list[RunningProcess] = field(default_factory=list)

    def environ(self, **extra: str) -> dict[str, str]:
        """The environment of every process of this site: only what is named here, and PATH and HOME."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "mehrwert.settings",
            "SECRET_KEY": SECRET_KEY,
            "VAR_DIR": str(self.var_dir),
            "DATABASE_URL": self.database_url,
            **self.environment,
            **extra,
        }

    def manage(self, *arguments: str, check: bool = True, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run a management command to its end; its output is in `.stdout` and `.stderr`."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ(**extra),
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self, name: str, *command: str, url: str = "", **extra: str) -> RunningProcess:
        """Start any command in a session of its own; standard output and errors go to one log file."""
        log_file = self.var_dir / f"{name}-{len(self.processes)}.log"
        with log_file.open("wb") as log:
            popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environ(**extra),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process = RunningProcess(popen, log_file, url)
        self.processes.append(process)
        return process

    def start_web(self, workers: int = 1, port: int | None = None, **extra: str) -> RunningProcess:
        """gunicorn as in production (DEBUG off, hashed static files) with so many processes; `.url` is its address."""
        port = port or free_port()
        url = f"http://127.0.0.1:{port}"
        process = self.start(
            "web",
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "site/mehrwert/gunicorn.py",
            url=url,
            **{"PORT": str(port), "WEB_CONCURRENCY": str(workers), **extra},
        )
        # The first process answers while the others are still to part from the one that loaded the site.
        wait_until(
            lambda: (is_ready(url) and len(process.tree()) > workers) or not process.is_running(), 180, f"{url}/healthz"
        )
        if not process.is_running():
            raise AssertionError(f"gunicorn ended at once:\n{process.log()}")
        return process

    def start_worker(self, *options: str, **extra: str) -> RunningProcess:
        """The background worker; ready to take tasks a moment after this returns."""
        process = self.start("worker", sys.executable, "manage.py", "run_worker", *options, **extra)
        wait_until(lambda: len(process.tree()) >= 5 or not process.is_running(), 180, "the worker's start")
        if not process.is_running():
            raise AssertionError(f"the worker ended at once:\n{process.log()}")
        return process

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.stop()
        self.processes.clear()


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz/ready", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False
