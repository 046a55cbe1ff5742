"""A table out of a file, whatever made it: its headings, and its rows as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from courses.catalogue.columns import known_headings
from courses.catalogue.records import FileFacts, FileRefused

MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
"""As many as a cell of Excel holds."""
SEARCHED_ROWS = 40
"""So far down the row with the headings is looked for: title lines and notes stand above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of the spreadsheet, from 1; in a text file that of the record, where a cell may have lines."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table. `rows` are read from the file while they are asked for, once; blank ones are left out, and they
    may still raise FileRefused."""

    facts: FileFacts
    headings: tuple[str, ...]
    heading_row: int
    rows: Iterator[Row]


def table_of(rows: Iterable[Row], *, format_in_words: str, notices: Sequence[str] = ()) -> Table:
    """Finds the headings below what stands above them."""
    filled = (row for row in _bounded(rows) if not row.is_blank)
    first = list(islice(filled, SEARCHED_ROWS))
    heading = heading_among(first)
    if heading is None:
        raise FileRefused(
            "In der Datei steht keine Tabelle mit Kursen: In den ersten Zeilen findet sich keine mit Spaltennamen wie "
            "„Titel“ und „Beginn“."
        )
    rest = first[first.index(heading) + 1 :]
    return Table(
        FileFacts(format_in_words, notices=tuple(notices)),
        tuple(" ".join(cell.split()) for cell in heading.cells),
        heading.number,
        (row for row in chain(rest, filled) if row.cells != heading.cells),
    )


def heading_among(rows: Sequence[Row]) -> Row | None:
    """The first row with most names that we know; where there are none, the first that is as wide as the table and
    holds words alone, for whoever names columns in ways of their own."""
    best = max(rows, key=lambda row: known_headings(row.cells), default=None)
    if best is None or known_headings(best.cells) >= 2:
        return best
    if known_headings(best.cells) and len(rows[0].cells) < 3:
        return best
    widest = max(_width(row) for row in rows)
    wide = (row for row in rows if widest >= 2 and _width(row) >= 0.7 * widest and _is_words(row))
    return next(wide, None)


def _width(row: Row) -> int:
    return sum(1 for cell in row.cells if cell)


def _is_words(row: Row) -> bool:
    return all(len(cell) <= 80 and not cell[0].isdigit() for cell in row.cells if cell)


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """Raises FileRefused before a file of any size has filled the memory."""
    filled = 0
    for row in rows:
        filled += not row.is_blank
        if filled > MOST_ROWS:
            raise FileRefused(
                f"Die Tabelle hat mehr als {MOST_ROWS:,} Zeilen.".replace(",", ".") + " Bitte teilen Sie sie."
            )
        if len(row.cells) > MOST_COLUMNS and any(row.cells[MOST_COLUMNS:]):
            raise FileRefused(f"Die Tabelle hat mehr als {MOST_COLUMNS} Spalten. So viele braucht keine Kursliste.")
        if any(len(cell) > LONGEST_CELL for cell in row.cells):
            raise FileRefused(
                f"In Zeile {row.number} steht eine Zelle mit mehr als {LONGEST_CELL:,} Zeichen.".replace(",", ".")
                + " Fehlt dort ein Anführungszeichen?"
            )
        yield row
