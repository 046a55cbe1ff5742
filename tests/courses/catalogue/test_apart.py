"""Files of visitors are checked in a process that may die; ours goes on."""

from __future__ import annotations

import io
from datetime import date

import pytest

from courses.catalogue import apart
from courses.catalogue.apart import check_apart
from courses.catalogue.checking import check_file
from courses.catalogue.records import FileRefused
from foundation.apart import TooMuch

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
    return (
        [getattr(report, name) for name in names],
        report.lacking,
        report.without_postcode,
        report.is_cut,
        report.is_clean,
        first,
    )


def test_a_report_comes_back_whole_and_a_refusal_in_words():
    assert shown(check_apart(LIST, today=TODAY)) == shown(check_file(io.BytesIO(LIST), today=TODAY))
    with pytest.raises(FileRefused, match="Das ist ein PDF"):
        check_apart(b"%PDF-1.7", today=TODAY)


def test_what_is_too_much_for_the_process_is_a_refusal(monkeypatch):
    def too_much(*_, **__):
        raise TooMuch

    monkeypatch.setattr(apart, "ask", too_much)
    with pytest.raises(FileRefused) as refusal:
        check_apart(LIST, today=TODAY)
    assert str(refusal.value) == TOO_MUCH
