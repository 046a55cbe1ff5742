"""The columns of a course table: our own names, what other people call them, and which heading means which.

Our own export writes these names, and the page „Kursliste prüfen“ explains them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from courses.catalogue.column_names import BOTH_PARTS, COURSE_PARTS, OTHER_NAMES, RUN_PARTS
from foundation.searching.words import fold, plain, stem

_WORD = re.compile(r"[^\W_]+")
_SERIAL = re.compile(r"\s*(?:lfd|laufende|pos|zeile)\b", re.IGNORECASE)
"""A number that counts the rows names no course: the next file counts anew."""


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is its key in a mapping, `name` its heading, `fields` what it fills in a record."""

    field: str
    name: str
    explained: str
    example: str
    fields: tuple[str, ...]
    is_of_run: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a heading may mean. `confidence` from 0 to 1: our own name, another usual one, one that is contained."""

    index: int
    heading: str
    field: str
    confidence: float


def _columns() -> Iterable[Column]:
    for parts, is_of_run in ((COURSE_PARTS, False), (RUN_PARTS, True)):
        for field, name, explained, example in parts:
            yield Column(field, name, explained, example, _FILLS.get(field, (field,)), is_of_run)


_FILLS = {"price": ("price_state", "price"), "run_price": ("price_state", "price"), "run_reference": ("reference",)}
COLUMNS: tuple[Column, ...] = tuple(_columns())
"""In the order in which a file is written."""

BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS}

FIELD_NAMES: Mapping[str, str] = {
    **{column.field: column.name for column in COLUMNS},
    **{field: name for field, name, _ in BOTH_PARTS},
}
"""Whatever a heading can be mapped to, with its German name: our columns, and those that hold several of them."""

RUN_FIELDS = frozenset(
    {column.field for column in COLUMNS if column.is_of_run}
    | {field for field, _, is_of_run in BOTH_PARTS if is_of_run}
)
"""A file that has one of these speaks of dates."""

DAY_FIELDS = frozenset({"starts_on", "date_text"})
"""One of these makes a date."""


def suggestions(headings: Sequence[str]) -> list[Suggestion]:
    """The best for each heading that is understood at all; no field twice, the surer heading has it."""
    found = [each for index, heading in enumerate(headings) for each in _meanings(index, heading)]
    taken: dict[str, Suggestion] = {}
    served: set[int] = set()
    for each in sorted(found, key=lambda each: (-each.confidence, each.index)):
        if each.index not in served and each.field not in taken:
            taken[each.field] = each
            served.add(each.index)
    return sorted(taken.values(), key=lambda each: each.index)


def suggested_mapping(headings: Sequence[str]) -> dict[int, str]:
    """Which column fills which field, by the column's place from 0."""
    return {each.index: each.field for each in suggestions(headings)}


def known_headings(cells: Sequence[str]) -> int:
    """How many of a row's cells are names of columns beyond doubt: by this a header row is found."""
    return sum(_key(cell) in _EXACT for cell in cells if cell and len(cell) <= _LONGEST)


def column_labels(headings: Sequence[str]) -> list[str]:
    """By what people find each column: its heading, with its letter where that is there twice, or its letter alone."""
    return [_label(heading, index, headings.count(heading) > 1) for index, heading in enumerate(headings)]


def unknown_headings(headings: Sequence[str], mapping: Mapping[int, str]) -> list[str]:
    """What will not be read, by its label."""
    return [label for index, label in enumerate(column_labels(headings)) if index not in mapping]


def _label(heading: str, index: int, is_there_twice: bool) -> str:
    column = f"Spalte {get_column_letter(index + 1)}"
    if not heading:
        return column
    return f"{heading} ({column})" if is_there_twice else heading


def _meanings(index: int, heading: str) -> Iterable[Suggestion]:
    if len(heading) > _LONGEST or _SERIAL.match(heading):
        return
    if found := _EXACT.get(_key(heading)):
        yield Suggestion(index, heading, found[0], found[1])
    words = frozenset(_stems(heading))
    for known, field in _BY_WORDS:
        if known <= words:
            yield Suggestion(index, heading, field, round(0.4 + 0.4 * len(known) / len(words), 2))


def _stems(heading: str) -> list[str]:
    return [found for word in _WORD.findall(plain(heading)) if (found := stem(word))]


def _key(heading: str) -> str:
    """„Kurs-Nr.“, „Kursnr“ and „KURS NR“ are one."""
    return fold(plain(heading)) if len(heading) <= _LONGEST else ""


_LONGEST = 80
_NAMES = [(field, name, 1.0) for field, name in FIELD_NAMES.items()]
_NAMES += [(field, name, 0.9) for field, names in OTHER_NAMES.items() for name in names]
_EXACT: dict[str, tuple[str, float]] = {}
for _field, _name, _sure in _NAMES:
    _EXACT.setdefault(_key(_name), (_field, _sure))
_BY_WORDS = [(frozenset(_stems(name)), field) for field, name, _ in _NAMES]
