"""A table of courses, opened by one of the readers, as records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from courses.catalogue.columns import (
    BY_FIELD,
    DAY_FIELDS,
    FIELD_NAMES,
    column_labels,
    suggested_mapping,
    unknown_headings,
)
from courses.catalogue.gathering import Gathering
from courses.catalogue.records import CourseRecord, FileRead, FileRefused, Rejection
from courses.catalogue.row_reading import RowRead, RowReader
from courses.catalogue.tables import Row, Table

NEEDED = ("summary", "topics", "format", "price", "booking_link")
"""What a course needs to be published, beside title and provider."""
_FOOTER = re.compile(
    r"\W*+(?:stand|seite|summe|gesamt|anzahl|quelle|copyright|alle angaben|änderungen|irrt(?:um|ümer)|druckdatum|"
    r"gedruckt|erstellt|hinweis|legende|ende der liste)\b|[©*]",
    re.IGNORECASE,
)


def read_table(table: Table, mapping: Mapping[int, str] | None = None, *, today: date) -> FileRead:
    """`mapping` is column → field, from 0, as `suggested_mapping` gives it and as it may be remembered; without one the
    headings are asked. Raises FileRefused where no column holds the title."""
    mapping = dict(mapping) if mapping is not None else suggested_mapping(table.headings)
    if unknown := sorted(set(mapping.values()) - FIELD_NAMES.keys()):
        raise ValueError(f"no such fields: {unknown}")
    if "title" not in mapping.values():
        raise FileRefused("Keine Spalte ist als Titel zu erkennen. Nennen Sie eine Spalte bitte „Titel“.")
    facts = replace(table.facts, notices=(*table.facts.notices, *_about_columns(table, mapping)))
    return FileRead(facts, _entries(table, mapping, today))


def _about_columns(table: Table, mapping: Mapping[int, str]) -> Iterator[str]:
    fields = set(mapping.values())
    if ignored := unknown_headings(table.headings, mapping):
        yield f"Diese Spalten lesen wir nicht: {_listed(ignored)}."
    if "reference" not in fields:
        yield (
            "Die Datei hat keine Kursnummern. Wir erkennen Kurse am Titel wieder: Ändert sich der Titel, entsteht ein "
            "neuer Kurs."
        )
    if missing := [BY_FIELD[field].name for field in NEEDED if field not in fields]:
        yield f"Bevor ein neuer Kurs erscheint, braucht er noch: {_listed(missing)}."
    if not fields & DAY_FIELDS:
        yield "Die Datei nennt keine Termine."


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"„{name[:40]}“" for name in names[:12])
    return f"{shown} und {len(names) - 12} weitere" if len(names) > 12 else shown


def _entries(table: Table, mapping: Mapping[int, str], today: date) -> Iterator[CourseRecord | Rejection]:
    labels = column_labels(table.headings)
    headings = {
        field: table.headings[index] or labels[index] for index, field in mapping.items() if index < len(labels)
    }
    reader = RowReader(
        {i: f for i, f in mapping.items() if f in headings}, headings, width=len(table.headings), today=today
    )
    fields = set(headings)
    gathering = Gathering(speaks_of_runs=bool(fields & DAY_FIELDS), has_references="reference" in fields)
    for row in table.rows:
        if _is_footer(row):
            continue
        read = reader.read(row)
        if _is_between(row, read, fields):
            gathering.reject(
                read, "Hier ist nur eine Zelle gefüllt: Das ist wohl eine Zwischenüberschrift und kein Kurs."
            )
        else:
            gathering.add(read)
    yield from gathering.entries()


def _is_footer(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) <= 2 and bool(_FOOTER.match(filled[0]))


def _is_between(row: Row, read: RowRead, fields: set[str]) -> bool:
    """A heading among the rows; a lone day is a further date of the course above."""
    return sum(1 for cell in row.cells if cell) == 1 and len(fields) > 2 and read.run is None
