"""The settings refuse what would be dangerous, and pass Django's own deployment check."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mehrwert.settings import DATABASES, ROOT, env
from tests.servers import SECRET_KEY, RunningSite

DEPLOYED = {"BASE_URL": "https://www.mehrwert.example"}


def check(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    site = RunningSite(tmp_path, "sqlite://:memory:")
    return site.manage("check", "--deploy", "--fail-level", "WARNING", check=False, **environment)


def test_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    done = check(tmp_path, **DEPLOYED)

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({**DEPLOYED, "SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters"),
        ({**DEPLOYED, "DEBUG": "1"}, "DEBUG must be off"),
        ({"BASE_URL": "www.mehrwert.example"}, "BASE_URL must be an http or https address"),
    ],
)
def test_dangerous_settings_are_refused(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    done = check(tmp_path, **environment)

    assert done.returncode != 0
    assert reason in done.stderr


def test_secret_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET_KEY + "\n")

    done = check(tmp_path, **DEPLOYED, SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert done.returncode == 0, done.stderr


def test_the_connection_stays_open_between_requests_on_both_databases() -> None:
    """It was lost once: on SQLite every answer that read anything cost four empty views more, and no test told."""
    assert DATABASES["default"]["CONN_MAX_AGE"] == 60


def test_every_variable_is_in_the_operators_handbook() -> None:
    """A variable that nobody can look up does not exist for those who run the site."""
    source = (ROOT / "site" / "mehrwert" / "settings.py").read_text()
    variables = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))
    handbook = (ROOT / "docs" / "betrieb.md").read_text()

    assert {name for name in variables if f"`{name}`" not in handbook} == set()


def test_interpreter_reads_settings_without_a_warning(tmp_path: Path) -> None:
    site = RunningSite(tmp_path, "sqlite://:memory:")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import mehrwert.settings"],
        env=site.environ(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_kept_pages_stand_in_files_that_are_not_counted_at_each_write() -> None:
    assert env.cache_url_config("filecache:///folder?max_entries=2000") == {
        "BACKEND": "foundation.caching.files.FileCache",
        "LOCATION": "/folder",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
