"""Tables in text files, as spreadsheets and programs of all ages save them: CSV in the dialects that people have."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from courses.catalogue.charsets import Charset, charset_of
from courses.catalogue.columns import known_headings
from courses.catalogue.records import FileRefused
from courses.catalogue.tables import SEARCHED_ROWS, Row, Table, table_of

_SEPARATORS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechtem Strich"}
_SAMPLE = 64 * 1024
_TELLS_SEPARATOR = "sep="
"""A first line that only some spreadsheets know: `sep=;`."""
_END = "unexpected end of data"
"""What the strict reader says of a quote that is never closed."""


def open_text_table(stream: BinaryIO) -> Table:
    """`stream` is read more than once. Raises FileRefused."""
    charset = charset_of(stream)
    separator = _separator_of(_sample(stream, charset))
    return table_of(
        _rows(_lines(stream, charset), separator),
        format_in_words=f"CSV mit {_SEPARATORS[separator]}, {charset.name}",
        notices=charset.notices,
    )


def _sample(stream: BinaryIO, charset: Charset) -> str:
    stream.seek(charset.mark_length)
    return stream.read(_SAMPLE).decode(charset.codec, "replace")


def _lines(stream: BinaryIO, charset: Charset) -> Iterator[str]:
    """With the ends of lines as they are: a cell in quotes may have several."""
    stream.seek(charset.mark_length)
    text = io.TextIOWrapper(stream, encoding=charset.codec, errors=charset.errors, newline="")
    try:
        yield from text
    finally:
        if not stream.closed:
            text.detach()  # whoever opened the file closes it


class _RowLines:
    """Lets lines pass and keeps those of the row that is being read."""

    def __init__(self, lines: Iterable[str], separator: str) -> None:
        self._lines, self._separator = lines, separator
        self._own: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._own.append(line)
            yield line

    def end_row(self) -> list[str]:
        own, self._own = self._own, []
        return own

    def is_left_open(self, row: list[str]) -> bool:
        """Whether it ended for no other reason than the end of the file."""
        try:
            list(csv.reader(row, delimiter=self._separator, strict=True))
        except csv.Error as error:
            return _END in str(error)  # another error is a quote inside a cell, as in 27"
        return False


def _rows(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """Numbered as a spreadsheet shows them. Raises FileRefused where a quote is never closed."""
    passing = _RowLines(lines, separator)
    reader = csv.reader(passing, delimiter=separator)
    number, last, own = 0, None, list[str]()
    try:
        for number, cells in enumerate(reader, 1):
            if last:
                yield last
            own = passing.end_row()
            last = None if number == 1 and _tells_separator(cells, separator) else _row(number, cells)
    except csv.Error as error:
        raise FileRefused(_not_closed(number + 1)) from error
    if last and passing.is_left_open(own):
        raise FileRefused(_not_closed(number))
    if last:
        yield last


def _row(number: int, cells: list[str]) -> Row:
    """Without a sign that no database takes."""
    return Row(number, tuple(cell.replace("\0", "").strip() for cell in cells))


def _not_closed(number: int) -> str:
    return f"Ab Zeile {number} ist die Datei keine Tabelle mehr: Ein Anführungszeichen wird nicht geschlossen."


def _tells_separator(cells: list[str], separator: str) -> bool:
    return separator.join(cells).strip().lower() == _TELLS_SEPARATOR + separator


def _separator_of(sample: str) -> str:
    """The one that the first line names, else the one that yields most names of columns that we know, else the one that
    parts most rows into equally many cells."""
    if sample[:4].lower() == _TELLS_SEPARATOR and sample[4:5] in _SEPARATORS:
        return sample[4]
    return max(_SEPARATORS, key=lambda separator: _fitness(sample, separator))


def _fitness(sample: str, separator: str) -> tuple[int, int]:
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        rows = [cells for cells in islice(reader, SEARCHED_ROWS) if any(cells)]
    except csv.Error:
        return 0, 0
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    width, times = widths.most_common(1)[0] if widths else (1, 0)
    return max((known_headings(cells) for cells in rows), default=0), (width - 1) * times
