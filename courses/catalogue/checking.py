"""What an import would make of a file, for whoever wants to know before sending it. Nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import BinaryIO

from courses.catalogue.columns import BY_FIELD, FIELD_NAMES, column_labels, suggested_mapping
from courses.catalogue.opening import Kind, kind_of, open_file, open_table
from courses.catalogue.records import CourseRecord, FileRead, Gone, Rejection
from courses.catalogue.table_reading import NEEDED, read_table
from courses.catalogue.tables import Row

MOST_CHECKED = 3000
"""Rows of a table, or entries of XML: a visitor waits for the answer. An import reads all."""

MOST_UNPACKED = 10 * 1024 * 1024
"""Bytes of XML in a ZIP, for the same reason: a file of 200 MB packs to one that a form takes."""

MOST_WORKBOOK = 40 * 1024 * 1024
"""Bytes that XLSX may unpack to: ten thousand full rows. openpyxl may look for the end before it reads the first."""

MOST_SHOWN = 100
"""Refused rows and remarks, each; there may be as many as cells."""

_FIRST = 5
_CELLS, _LONGEST_CELL = 4, 100


@dataclass(slots=True)
class Report:
    """`columns` are headings with what they are read as, empty for none. `rejected` and `remarks` are the first of so
    many `refusals` and `remarked`. `lacking` says of how many courses a field is missing that they need to be
    published."""

    format: str
    notices: tuple[str, ...]
    columns: list[tuple[str, str]]
    courses: int = 0
    runs: int = 0
    refusals: int = 0
    remarked: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    first: list[CourseRecord] = field(default_factory=list)
    lacking: list[tuple[str, int]] = field(default_factory=list)
    without_postcode: int = 0
    """Courses that nobody finds who looks near a place."""
    is_cut: bool = False

    @property
    def is_clean(self) -> bool:
        return not (self.refusals or self.remarked or self.lacking or self.without_postcode)


def check_file(stream: BinaryIO, *, today: date) -> Report:
    """Raises FileRefused."""
    bounded = _Bounded()
    read, columns = _opened(stream, bounded, today)
    report = Report(read.facts.format, read.facts.notices, columns)
    lacking: Counter[str] = Counter()
    for number, entry in enumerate(read.entries):
        if number == MOST_CHECKED:
            report.is_cut = True
            break
        if isinstance(entry, Rejection):
            _refuse(report, entry)
        elif not isinstance(entry, Gone):
            report.runs += len(entry.runs)
            report.remarked += len(entry.notices)
            report.remarks += entry.notices[: MOST_SHOWN - len(report.remarks)]
            if isinstance(entry, CourseRecord):
                _take(report, lacking, entry)
    report.is_cut |= bounded.is_cut
    report.lacking = [(BY_FIELD[name].name, lacking[name]) for name in NEEDED if lacking[name]]
    return report


class _Bounded:
    """The first rows, and whether there were more."""

    is_cut = False

    def rows(self, rows: Iterator[Row]) -> Iterator[Row]:
        yield from islice(rows, MOST_CHECKED)
        self.is_cut = next(rows, None) is not None


def _opened(stream: BinaryIO, bounded: _Bounded, today: date) -> tuple[FileRead, list[tuple[str, str]]]:
    if kind_of(stream) not in {Kind.TEXT, Kind.WORKBOOK}:
        return open_file(stream, today=today, most_unpacked=MOST_UNPACKED), []
    table = open_table(stream, most_unpacked=MOST_WORKBOOK)
    mapping = suggested_mapping(table.headings)
    columns = [
        (label, FIELD_NAMES[mapping[index]] if index in mapping else "")
        for index, label in enumerate(column_labels(table.headings))
        if table.headings[index] or index in mapping
    ]
    return read_table(replace(table, rows=bounded.rows(table.rows)), mapping, today=today), columns


def _refuse(report: Report, row: Rejection) -> None:
    report.refusals += 1
    if len(report.rejected) < MOST_SHOWN:
        cells = {name: text[:_LONGEST_CELL] for name, text in islice(row.cells.items(), _CELLS)}
        report.rejected.append(replace(row, cells=cells))


def _take(report: Report, lacking: Counter[str], course: CourseRecord) -> None:
    report.courses += 1
    report.without_postcode += bool(course.towns_without_postcode)
    if len(report.first) < _FIRST:
        report.first.append(course)
    for name in NEEDED:
        is_there = course.price_state != "unknown" if name == "price" else getattr(course, name)
        lacking[name] += not is_there
