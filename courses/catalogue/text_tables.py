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
        text.detach()  # whoever opened the file closes it


def _rows(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """Numbered as a spreadsheet shows them. Raises FileRefused where a quote is never closed."""
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileRefused(
                f"Ab Zeile {number} ist die Datei nicht mehr als Tabelle zu lesen: Ein Anführungszeichen wird nicht "
                "geschlossen."
            ) from error
        if cells is None:
            return
        if not (number == 1 and _tells_separator(cells, separator)):
            yield Row(number, tuple(cell.strip() for cell in cells))


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
