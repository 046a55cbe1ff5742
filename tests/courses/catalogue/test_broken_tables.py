"""A corpus of broken tables, one fault each: what is refused, repaired, left out or not understood, in the very words.

The files are in `tests/courses/files/tables`, and what becomes of each is in `outcomes.txt` there. XLSX that is broken
inside is made in `test_workbooks`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from courses.catalogue.records import CourseRecord, FileRefused, Rejection
from tests.courses.catalogue.reading import read_bytes

FOLDER = Path(__file__).parents[1] / "files" / "tables"
OUTCOMES = {
    name.strip(): text.strip()
    for name, _, text in (
        part.partition("\n") for part in (FOLDER / "outcomes.txt").read_text("utf-8").split("## ")[1:]
    )
}


def outcome(content: bytes) -> str:
    try:
        _, entries = read_bytes(content)
    except FileRefused as refusal:
        return f"Datei abgelehnt: {refusal}"
    return "\n".join(line for entry in entries for line in said_of(entry))


def said_of(entry: CourseRecord | Rejection) -> list[str]:
    if isinstance(entry, Rejection):
        return [f"{entry.place} nicht angenommen: {' '.join(entry.reasons)}"]
    runs = [f"  am {run.starts_on:%d.%m.%Y} {run.postcode} {run.town}".rstrip() for run in entry.runs]
    more = [
        getattr(entry, name) for name in ("summary", "contents", "barrier_free_note", "booking_link", "contact_email")
    ]
    title = " · ".join([entry.place, entry.title, entry.price_state, *filter(None, more)])
    return [title, *runs, *(f"  - {notice}" for notice in entry.notices)]


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_broken_table(name):
    assert outcome((FOLDER / name).read_bytes()) == OUTCOMES[name]


def test_every_file_has_its_outcome():
    assert {path.name for path in FOLDER.iterdir()} == {*OUTCOMES, "outcomes.txt"}
