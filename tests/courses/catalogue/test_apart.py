"""Files of visitors are checked in a process that may die; ours goes on."""

from __future__ import annotations

import io
from datetime import date

import pytest

from courses.catalogue import apart
from courses.catalogue.apart import check_apart
from courses.catalogue.checking import check_file
from courses.catalogue.records import FileRefused

TODAY = date(2026, 11, 26)
LIST = (
    "Kursnummer;Titel;Beginn;Ort;Preis;Farbe\n1;Löten;3.12.2026;Hoya;99,50 €;rot\n1;Löten;10.12.2026;Syke;99,50 €;\n"
    "2;Drehen;ab sofort;;0;\n3;;;;;\n"
).encode()
TOO_MUCH = "Die Datei ist zu groß oder zu verwickelt, um sie hier zu prüfen. Bitte prüfen Sie einen Teil davon."


def shown(report):
    """All that the page shows."""
    first = [
        (
            course.place,
            course.title,
            course.flexible_start,
            course.price_state,
            course.price,
            [(run.starts_on, run.town) for run in course.runs],
        )
        for course in report.first
    ]
    names = ("format", "notices", "columns", "courses", "runs", "refusals", "remarked", "rejected", "remarks")
    return [getattr(report, name) for name in names], report.lacking, report.is_cut, report.is_clean, first


def test_a_report_comes_back_whole_and_a_refusal_in_words():
    assert shown(check_apart(LIST, today=TODAY)) == shown(check_file(io.BytesIO(LIST), today=TODAY))
    with pytest.raises(FileRefused, match="Das ist ein PDF"):
        check_apart(b"%PDF-1.7", today=TODAY)


@pytest.mark.parametrize(
    "child",
    [
        pytest.param("import time; time.sleep(30)", id="hangs"),
        pytest.param("import os; os.abort()", id="dies"),
        pytest.param("print(1 / 3, 1)", id="talks nonsense"),
        pytest.param(
            "from courses.catalogue import child; child.CPU_SECONDS = 1; child.limit(); any(iter(int, 1))", id="burns"
        ),
        pytest.param("from courses.catalogue.child import limit; limit(); bytearray(1024**3)", id="eats"),
    ],
)
def test_a_process_that_runs_wild_is_a_refusal(child, monkeypatch, tmp_path):
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nexec {apart.sys.executable} -c '{child}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(apart.sys, "executable", str(program))
    with pytest.raises(FileRefused) as refusal:
        check_apart(LIST, today=TODAY, seconds=0.3 if "sleep" in child else 20)
    assert str(refusal.value) == TOO_MUCH


def test_the_process_knows_no_secret_of_the_site(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise apart.subprocess.SubprocessError

    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(FileRefused):
        check_apart(LIST, today=TODAY)
    assert set(seen) == {"PATH", "PYTHONPATH", "LANG"}
