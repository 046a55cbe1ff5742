"""Foreign calendars are read in a process that may die; ours goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from booking.domain.clock import minute_of
from booking.ical.busy import process
from booking.ical.busy.process import read_busy_apart
from booking.ical.busy.reading import BusyReading
from booking.ical.busy.text import NotACalendar

CORPUS = Path(__file__).parent / "corpus"
TOO_MUCH = "Der Kalender ist zu groß oder zu verwickelt, um ihn zu lesen."


def read(name: str, **options):
    return read_busy_apart(
        (CORPUS / f"{name}.ics").read_bytes(),
        start=datetime(2026, 10, 20, tzinfo=UTC),
        end=datetime(2027, 4, 19, tzinfo=UTC),
        zone="Europe/Berlin",
        own_domain="mehrwert.example",
        **options,
    )


def minutes(*hours: int):
    return tuple(minute_of(datetime(2026, 11, 26, hour, tzinfo=UTC)) for hour in hours)


def test_a_reading_comes_back_whole():
    assert read("unknown_zone") == BusyReading((minutes(8, 9),), 1, ("Absurdistan/Mitte",), 0, 0)
    assert read("interval_zero") == BusyReading((minutes(9, 10),), 1, (), 1, 0)


def test_a_refusal_comes_back_in_words():
    with pytest.raises(NotACalendar, match="beginnt nicht mit BEGIN:VCALENDAR"):
        read("login_page")


@pytest.mark.parametrize(
    "child",
    [
        pytest.param("import time; time.sleep(30)", id="hangs"),
        pytest.param("import os; os.abort()", id="dies"),
        pytest.param("print('no json')", id="talks nonsense"),
        pytest.param(
            "from booking.ical.busy import child; child.CPU_SECONDS = 1; child.limit(); any(iter(int, 1))", id="burns"
        ),
        pytest.param("from booking.ical.busy.child import limit; limit(); bytearray(2 * 1024**3)", id="eats"),
    ],
)
def test_a_process_that_runs_wild_is_a_refusal(child, monkeypatch, tmp_path):
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nexec {process.sys.executable} -c '{child}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(process.sys, "executable", str(program))
    with pytest.raises(NotACalendar, match=TOO_MUCH):
        read("single_utc", seconds=0.3 if "sleep" in child else 20)


def test_the_process_knows_no_secret_of_the_site(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise process.subprocess.SubprocessError

    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(process.subprocess, "run", run)
    with pytest.raises(NotACalendar):
        read("single_utc")
    assert set(seen) == {"PATH", "PYTHONPATH", "LANG"}
