"""Tables of the old site as values of the block „Tabelle“, whatever gaps and spans they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from home.table_block import NUMBER

MOST_COLUMNS, MOST_ROWS = 12, 200
"""What is larger is no table to read; its text stays as paragraphs."""

_LONGEST_NUMBER = 40
_LONGEST_HEADING = 255
_INLINE = frozenset({"a", "b", "strong", "i", "em", "br"})
_NUMERIC = re.compile(r"[-+–−]?\d[\d.,\s]*(?:€|%|Euro|EUR)?")
_BLANK = re.compile(r"[-–—]?")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    html: str
    is_heading: bool


EMPTY = Cell("", "", is_heading=False)


def table_value(element: Tag, *, clean: Callable[[str], str], note: Callable[[str], None]) -> dict[str, Any] | None:
    """None for what only puts text side by side (one row or one column) and for what is too large."""
    rows = _grid(element)
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    if width > MOST_COLUMNS or len(rows) > MOST_ROWS:
        note("Eine Tabelle ist zu groß; ihr Text steht als Absätze da.")
        return None
    head, *body = [row + [EMPTY] * (width - len(row)) for row in rows]
    if not all(cell.is_heading for cell in head if cell.text):
        note("Tabelle ohne Kopfzeile: Die erste Zeile gilt als Überschrift der Spalten.")
    kinds = [_kind([row[number] for row in body]) for number in range(width)]
    caption = element.find("caption")
    return {
        "table": {
            "caption": caption.get_text(" ", strip=True) if caption else "",
            "columns": [_column(cell, kind) for cell, kind in zip(head, kinds, strict=True)],
            "rows": [
                {"values": [_value(cell, kind, clean) for cell, kind in zip(row, kinds, strict=True)]} for row in body
            ],
        },
        "has_row_headers": all(row[0].is_heading for row in body),
    }


def cells_of(element: Tag) -> Iterator[Tag]:
    """Row by row, without those of tables inside."""
    for row in _own(element, ["tr"]):
        yield from row.find_all(["td", "th"], recursive=False)


def _own(element: Tag, names: list[str]) -> list[Tag]:
    return [found for found in element.find_all(names) if found.find_parent("table") is element]


def _grid(element: Tag) -> list[list[Cell]]:
    """A cell that spans several places stands in each of them: read aloud, each row then says all."""
    rows: list[list[Cell]] = []
    below: dict[int, tuple[Cell, int]] = {}
    for row in _own(element, ["tr"])[: MOST_ROWS + 1]:
        cells = iter(row.find_all(["td", "th"], recursive=False))
        found: list[Cell] = []
        while len(found) <= MOST_COLUMNS:
            if len(found) in below:
                cell, left = below.pop(len(found))
                if left > 1:
                    below[len(found)] = (cell, left - 1)
                found.append(cell)
            elif tag := next(cells, None):
                cell, rows_spanned = _cell(tag), _span(tag, "rowspan", MOST_ROWS)
                for _ in range(_span(tag, "colspan", MOST_COLUMNS + 1)):
                    if rows_spanned > 1:
                        below[len(found)] = (cell, rows_spanned - 1)
                    found.append(cell)
            else:
                break
        if any(cell.text for cell in found):
            rows.append(found)
    return rows


def _span(tag: Tag, name: str, most: int) -> int:
    text = str(tag.get(name) or "")
    return min(max(int(text[:9]), 1), most) if text.isascii() and text.isdigit() else 1


def _cell(tag: Tag) -> Cell:
    is_heading = tag.name == "th" or tag.find_parent("thead") is not None
    for part in tag.find_all(True):
        if part.name not in _INLINE:
            part.insert_before(" ")
            part.insert_after(" ")
            part.unwrap()
    return Cell(tag.get_text(" ", strip=True), f"<p>{tag.decode_contents()}</p>", is_heading)


def _kind(cells: list[Cell]) -> str:
    """Numbers with a link are text: the columns of numbers hold none."""
    filled = [cell for cell in cells if not _BLANK.fullmatch(cell.text)]
    are_numbers = all(
        _NUMERIC.fullmatch(cell.text) and len(cell.text) <= _LONGEST_NUMBER and "<a " not in cell.html
        for cell in filled
    )
    return NUMBER if filled and are_numbers else "text"


def _column(cell: Cell, kind: str) -> dict[str, str]:
    return {"type": kind, "heading": cell.text[:_LONGEST_HEADING]}


def _value(cell: Cell, kind: str, clean: Callable[[str], str]) -> str:
    if kind == NUMBER or not cell.text:
        return cell.text
    return clean(cell.html)
