"""Whatever readers make of a file comes back from JSON as it was."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from courses.catalogue.lines import entry_as_json, entry_of, facts_as_json, facts_of
from courses.catalogue.records import CourseRecord, FileFacts, FileRefused, Gone, Rejection, RunRecord, RunsOf
from tests.courses.catalogue.reading import read_bytes

FILES = sorted(path for path in (Path(__file__).parents[1] / "files").rglob("*") if path.is_file())
RUN = RunRecord(
    date(2027, 1, 12),
    date(2027, 1, 13),
    "T-1",
    registration_until=date(2027, 1, 1),
    days=(date(2027, 1, 12), date(2027, 1, 13)),
    start_time=time(9),
    end_time=time(15, 30),
    seats_min=0,
    status="",
    price_state="amount",
    price=Decimal("0.00"),
)


def there_and_back(entry):
    return entry_of(json.loads(json.dumps(entry_as_json(entry))))


def test_entries_of_files():
    kinds = set()
    for path in FILES:
        try:
            facts, entries = read_bytes(path.read_bytes())
        except FileRefused:
            continue
        assert facts_of(json.loads(json.dumps(facts_as_json(facts)))) == facts
        assert [asdict(there_and_back(entry)) for entry in entries] == [asdict(entry) for entry in entries]
        kinds |= {type(entry) for entry in entries}
    assert kinds == {CourseRecord, RunsOf, Gone, Rejection}


@pytest.mark.parametrize(
    "entry",
    [
        CourseRecord(
            "K-1",
            "Löten \udc80",
            "Zeile 2",
            format="",
            runs=(RUN, RunRecord(date(2027, 2, 1))),
            price=Decimal("99.50"),
            said=frozenset({"runs", "price"}),
            unknown={"topics": ("a", "b")},
            rows={"Zeile 2": {"Titel": "Löten"}},
        ),
        RunsOf("K-1", "Angebot 2", (RUN,), ("Hinweis",)),
        Gone("K-1", "Angebot 3"),
        Rejection("Zeile 4", ("Der Titel fehlt.",), {"Nr.": "4"}),
    ],
)
def test_entries_of_every_kind(entry):
    assert asdict(there_and_back(entry)) == asdict(entry)


def test_facts():
    facts = FileFacts("XLSX", False, datetime(2027, 1, 1, 8, tzinfo=UTC), ("Hinweis",))
    assert facts_of(json.loads(json.dumps(facts_as_json(facts)))) == facts
    assert facts_of(facts_as_json(replace(facts, is_full=None, made_at=None))).is_full is None
