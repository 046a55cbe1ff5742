"""Tables in XLSX files. openpyxl reads them row by row, after `workbook_guard` has measured them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from courses.catalogue.columns import known_headings
from courses.catalogue.records import FileRefused
from courses.catalogue.tables import MOST_COLUMNS, SEARCHED_ROWS, Row, Table, heading_among, table_of
from courses.catalogue.workbook_guard import DAMAGED, MOST_UNPACKED, READING_FAULTS, Merged, guarded

_MOST_SHEETS = 40
_MOST_BLANK = 2000
"""Empty rows one after the other: then the table has ended. openpyxl makes every row of a gap that a file claims, be it
one of billions."""

_FAULTS = (*READING_FAULTS, ParseError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What openpyxl lets through where a part is missing or says something else than it should."""

# It warns of each cell that it cannot read, in the words of the file: the log would be the stranger's to fill.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def open_workbook(stream: BinaryIO, *, most_unpacked: int = MOST_UNPACKED) -> Table:
    """The sheet whose headings are understood best. Raises FileRefused, also later, while rows are read."""
    measured = guarded(stream, most_unpacked=most_unpacked)
    merged = measured.merged
    stream.seek(0)
    sheets = _sheets(stream)
    if any(_part(sheet) in measured.strings for sheet in sheets):
        raise FileRefused(DAMAGED)
    firsts = [list(islice((row for row in _rows(sheet, {}) if not row.is_blank), SEARCHED_ROWS)) for sheet in sheets]
    best = max(range(len(sheets)), key=lambda number: _fitness(firsts[number]), default=None)
    if best is None or not firsts[best]:
        raise FileRefused("Die Excel-Datei ist leer.")
    sheet = sheets[best]
    others = [other.title for other, first in zip(sheets, firsts, strict=True) if first and other is not sheet]
    return table_of(
        _rows(sheet, _filled_down(merged.get(_part(sheet), []))),
        format_in_words=f"XLSX, Blatt „{sheet.title}“",
        notices=_about_others(sheet.title, others),
    )


def _sheets(stream: BinaryIO) -> list[Any]:
    """Those that people see."""
    try:
        workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets[:_MOST_SHEETS] if sheet.sheet_state == "visible"]
        for sheet in sheets:
            sheet.reset_dimensions()  # what a file claims of its size is often wrong
    except _FAULTS as error:
        raise FileRefused(
            "Die Excel-Datei lässt sich nicht lesen. Öffnen Sie sie bitte in Ihrem Programm und speichern Sie sie neu."
        ) from error
    return sheets


def _part(sheet: Any) -> str:
    return str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001 -- named nowhere else; merged cells are lost in streams


def _fitness(rows: list[Row]) -> tuple[int, int]:
    heading = heading_among(rows)
    return (known_headings(heading.cells), len(rows)) if heading else (0, len(rows))


def _about_others(read: str, others: list[str]) -> list[str]:
    if not others:
        return []
    names = ", ".join(f"„{name[:40]}“" for name in others[:10])
    return [f"Gelesen haben wir das Blatt „{read}“, nicht: {names}."]


def _filled_down(merged: list[Merged]) -> dict[int, list[Merged]]:
    """By the first row; only in columns that are read."""
    found: dict[int, list[Merged]] = {}
    for each in merged:
        if len(each.column) < 3 and column_index_from_string(each.column) <= MOST_COLUMNS:
            found.setdefault(each.first, []).append(each)
    return found


def _rows(sheet: Any, merged: dict[int, list[Merged]]) -> Iterator[Row]:
    """A merged cell says in each of its rows what it says in the first."""
    running: dict[int, tuple[str, int]] = {}
    blank = 0
    try:
        rows = sheet.iter_rows(min_row=1, max_col=MOST_COLUMNS + 1, values_only=True)
        for number, values in enumerate(rows, 1):
            cells = _texts(values)
            blank = 0 if any(cells) else blank + 1
            if blank > _MOST_BLANK:
                return
            for each in merged.get(number, []):
                index = column_index_from_string(each.column) - 1
                running[index] = (cells[index] if index < len(cells) else "", each.last)
            for index, (text, last) in list(running.items()):
                if number > last:
                    del running[index]
                elif any(cells):
                    cells += [""] * (index + 1 - len(cells))
                    cells[index] = text
            yield Row(number, tuple(cells))
    except _FAULTS as error:
        raise FileRefused(
            "Die Excel-Datei ist beschädigt: Mitten in der Tabelle lässt sie sich nicht weiterlesen."
        ) from error


def _texts(values: Sequence[Any]) -> list[str]:
    """Without the empty cells at the end of the row."""
    if values.count(None) == len(values):
        return []
    last = next((index for index in range(len(values), 0, -1) if values[index - 1] is not None), 0)
    return ["" if value is None else _text(value) for value in values[:last]]


def _text(value: Any) -> str:
    """As a German spreadsheet shows it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date | time | timedelta):
        return _text_of_time(value)
    if isinstance(value, float) and value >= 1:
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value).replace(".", ",")


def _text_of_time(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    has_hour = isinstance(value, datetime) and value.time() != time()
    return f"{value:%d.%m.%Y %H:%M}" if has_hour else f"{value:%d.%m.%Y}"
