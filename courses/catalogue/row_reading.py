"""One row of a table as what it says of a course and of one of its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from courses.catalogue.cells import text_of
from courses.catalogue.columns import BY_FIELD, DAY_FIELDS, RUN_FIELDS
from courses.catalogue.course_values import COURSE_READERS
from courses.catalogue.records import RunRecord
from courses.catalogue.run_reading import RunReading
from courses.catalogue.tables import Row
from courses.catalogue.values.errors import NotUnderstood

_SHOWN = 60
_SELDOM_AGAIN = frozenset({"contents", "title", "reference"})
"""Other cells of a column say the same in many rows."""


@dataclass(slots=True)
class RowRead:
    """`course` holds the fields of a record that the row fills, `said` those that it empties, too. `run` is None where
    the row names no day; `is_run_lost` says that it tried to, `is_title_lost` that a title could not be read."""

    number: int
    cells: Mapping[str, str]
    course: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    run: RunRecord | None = None
    is_run_lost: bool = False
    is_title_lost: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.course.get("title", ""))

    @property
    def reference(self) -> str:
        return str(self.course.get("reference", ""))

    def note(self, sentence: str, heading: str = "", text: str = "") -> None:
        """With the place: row, column and what stands there."""
        column = f", Spalte „{heading}“" if heading else ""
        shown = f", „{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}“" if text else ""
        self.notices.append(f"Zeile {self.number}{column}{shown}: {sentence}")


class RowReader:
    """`headings` by the field that they are mapped to; the table has `width` columns. A day without a year counts from
    `today`."""

    def __init__(self, mapping: Mapping[int, str], headings: Mapping[str, str], *, width: int, today: date) -> None:
        self._mapping = mapping
        self._headings = headings
        self._width = width
        self._runs = RunReading(today=today)
        self._speaks_of_runs = bool(RUN_FIELDS & set(mapping.values()))
        self._readers = {
            column: reader if column in _SELDOM_AGAIN else lru_cache(maxsize=256)(reader)
            for column, reader in COURSE_READERS.items()
        }
        self._cells: dict[str, str] = {}
        """Rows are kept until the last of them is read: what they repeat, once."""

    def read(self, row: Row) -> RowRead:
        cells = {
            column: self._cells.setdefault(row.cells[index], row.cells[index])
            for index, column in self._mapping.items()
            if index < len(row.cells)
        }
        read = RowRead(row.number, {self._headings[column]: cell for column, cell in cells.items() if cell})
        if any(row.cells[self._width :]):
            read.note("Hier stehen mehr Zellen, als es Spalten gibt; was zu viel ist, haben wir nicht gelesen.")
        texts = {column: self._text(read, column, cell) for column, cell in cells.items()}
        lost = {column for column, cell in cells.items() if cell and not texts[column]}
        read.is_title_lost = "title" in lost
        for column in self._mapping.values():
            if column not in RUN_FIELDS | lost:
                self._read_course(read, column, texts.get(column, ""))
        if self._speaks_of_runs:
            self._read_run(read, {column: text for column, text in texts.items() if column in RUN_FIELDS and text})
            read.is_run_lost |= read.run is None and bool(lost & DAY_FIELDS)
        return read

    def _text(self, read: RowRead, column: str, cell: str) -> str:
        text, notice = text_of(cell)
        if notice:
            read.note(notice, self._headings[column], cell)
        return text

    def _read_course(self, read: RowRead, column: str, text: str) -> None:
        if not text:
            emptied = BY_FIELD[column].fields if column in BY_FIELD else ()
            read.said.update(each for each in emptied if each not in _NEVER_EMPTY)
            return
        try:
            values, notices = self._readers[column](text)
        except NotUnderstood as problem:
            read.note(str(problem), self._headings[column], text)
            return
        for notice in notices:
            read.note(notice, self._headings[column])
        for name, value in values.items():
            if name == "price_note" and read.course.get(name):
                continue  # its own column says more than the cell of the price
            read.course[name] = value
        read.said |= values.keys()

    def _read_run(self, read: RowRead, texts: dict[str, str]) -> None:
        def note(column: str, sentence: str) -> None:
            read.note(sentence, self._headings.get(column, ""), texts.get(column, ""))

        result = self._runs.read(texts, note)
        read.run, read.is_run_lost = result.run, result.is_lost
        for name, value in result.course.items():
            read.course.setdefault(name, value)
            read.said.add(name)


_NEVER_EMPTY = frozenset({"format", "language", "title", "reference", "provider"})
"""An empty cell leaves these as they are."""
