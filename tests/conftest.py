"""What every test may ask for, and the sorting of tests into those that need a database and those that do not."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.middleware import csrf
from django.test import SimpleTestCase, TransactionTestCase
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from booking.freshness import FREE_TIMES
from courses.freshness import COURSES, PAGES
from foundation.caching.marks import CONTENT
from home.groups import ensure_groups
from tests.databases import url_of_test_database
from tests.missing import NO_BROWSER, NOTES, is_ci
from tests.servers import RunningProcess, RunningSite, chromium
from tests.snapshots import snapshot_of_database
from tests.today import NOON

DEMO_PASSWORD = "Nur-fuer-Tests-4711"  # the logins are admin, redaktion, leitung, buero and beratung
# How fast examples are drawn says something of the machine, not of the code.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "live_server",
    "admin_client",
    "admin_user",
    "site",
    "machine_with_database",
}


def needs_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    case = getattr(item, "cls", None)
    return case is not None and issubclass(case, SimpleTestCase) and issubclass(case, TransactionTestCase)


# A token of CSRF drawn from all letters spells any short word one day, even one that a page is held not to say; drawn
# from digits it has digits and the letters from Q to Z.
csrf._get_new_csrf_string = lambda: get_random_string(csrf.CSRF_SECRET_LENGTH, "0123456789")
# A shell that starts a command in the background has it ignore Ctrl-C, and whatever that command starts, too.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: an archive packed a second later has other bytes, not another name."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def noon() -> Iterator[None]:
    """Has the clock go on from noon of the day that `tests.today` knows: no test of a day runs across its midnight."""
    with time_machine.travel(NOON):
        yield


LONG = ("processes", "e2e")
"""Folders of tests that take long; begun first, so that no process is left alone with one of them at the end."""


def folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        folder = folder_of(item)
        if folder in LONG:
            item.add_marker(folder)
        if not needs_database(item):
            item.add_marker("nodb")
    if chromium() is None and not is_ci():
        for item in items:
            if item.get_closest_marker("e2e"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    yield
    items.sort(key=lambda item: LONG.index(folder_of(item)) if folder_of(item) in LONG else len(LONG))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for note in NOTES:
        skipped = [report for report in terminalreporter.stats.get("skipped", []) if note in str(report.longrepr)]
        if skipped:
            terminalreporter.write_sep("!", f"{len(skipped)} {note}", red=True, bold=True)
    for report in terminalreporter.getreports("passed"):
        for said in (value for name, value in report.user_properties if name == "said"):
            terminalreporter.write_line(str(said))


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the whole run, also when several pytest processes share the work."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def collected_static(run_folder: Path) -> Path:
    """The hashed static files, as `collectstatic` leaves them in production; made once per run."""
    var_dir = run_folder / "collected"
    with (run_folder / "collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var_dir / "static" / "staticfiles.json").exists():
            var_dir.mkdir(exist_ok=True)
            RunningSite(var_dir, "sqlite://:memory:").manage("collectstatic", "--no-input", "--verbosity=0")
    return var_dir / "static"


def link_static(var_dir: Path, collected: Path) -> None:
    (var_dir / "static").symlink_to(collected, target_is_directory=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database with the groups of the site, put back as it was after every test that committed to it."""
    with django_db_blocker.unblock():
        ensure_groups()
        with snapshot_of_database() as snapshot, pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: snapshot.restore())
            with django_db_blocker.block():
                yield


@pytest.fixture(autouse=True)
def _forget_kept() -> None:
    """What the test before has kept is of rows that were rolled back."""
    cache.delete_many([mark.key for mark in (FREE_TIMES, CONTENT, COURSES, PAGES)])


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], AbstractContextManager[Any]]:
    """What is changed inside it counts as committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def kept_pages(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are kept, though the test's own transaction is open all the time; change them inside `committed`."""
    monkeypatch.setattr("foundation.caching.pages.connection", SimpleNamespace(in_atomic_block=False))


@pytest.fixture
def site(transactional_db: None, collected_static: Path, tmp_path: Path) -> Iterator[RunningSite]:
    """The site as real processes on the database of this test (see tests/servers.py)."""
    (tmp_path / "media").mkdir()
    link_static(tmp_path, collected_static)
    connection.close()
    running = RunningSite(tmp_path, url_of_test_database(), {"SECRET_KEY": settings.SECRET_KEY})
    yield running
    running.stop()


@dataclass
class SiteServer:
    """A site that answers at `url`. `site` runs commands and starts the worker, `web` is gunicorn."""

    site: RunningSite
    web: RunningProcess

    @property
    def url(self) -> str:
        return self.web.url


@pytest.fixture(scope="session")
def demo_template(run_folder: Path, collected_static: Path) -> Path:
    """VAR_DIR of a site with the demo content, never served itself; made once per run."""
    var_dir = run_folder / "demo"
    with (run_folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var_dir / "complete").exists():
            shutil.rmtree(var_dir, ignore_errors=True)
            (var_dir / "media").mkdir(parents=True, exist_ok=True)
            site = RunningSite(var_dir, f"sqlite:///{var_dir / 'db.sqlite3'}", {"DEMO_PASSWORD": DEMO_PASSWORD})
            site.manage("migrate", "--verbosity=0")
            site.manage("load_demo")
            (var_dir / "complete").touch()
    return var_dir


def serve_copy(template: Path, var_dir: Path, collected_static: Path, **environment: str) -> SiteServer:
    """Copy a site into `var_dir` and serve it with these environment variables on top."""
    var_dir.mkdir(parents=True, exist_ok=True)
    database = var_dir / "db.sqlite3"
    source = sqlite3.connect(template / "db.sqlite3")
    source.execute("VACUUM INTO ?", [str(database)])
    source.close()
    shutil.copytree(template / "media", var_dir / "media")
    link_static(var_dir, collected_static)
    site = RunningSite(var_dir, f"sqlite:///{database}", environment)
    return SiteServer(site, site.start_web(workers=2))


@pytest.fixture(scope="session")
def site_server(
    demo_template: Path, collected_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SiteServer]:
    """The site with its demo content for tests that only read."""
    server = serve_copy(demo_template, tmp_path_factory.mktemp("site") / "var", collected_static)
    yield server
    server.site.stop()


@pytest.fixture
def own_site_server(demo_template: Path, collected_static: Path, tmp_path: Path) -> Iterator[SiteServer]:
    """A fresh copy of the site for one test that writes."""
    server = serve_copy(demo_template, tmp_path / "var", collected_static)
    yield server
    server.site.stop()
