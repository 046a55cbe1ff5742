"""Courses as rows of a table with our own columns, in the words that we read: what is written comes back unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from courses.catalogue.columns import COLUMNS
from courses.catalogue.records import CourseRecord, RunRecord
from courses.catalogue.values.words import FORMATS, LANGUAGES, PARTS_OF_DAY, STATES

_PRICES = {"free": "kostenfrei", "on_request": "auf Anfrage", "unknown": "nicht bekannt"}
_CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "format": FORMATS,
    "part_of_day": PARTS_OF_DAY,
    "language": LANGUAGES,
    "status": STATES,
}
_NAMES = frozenset({"topics", "target_groups", "funding_kinds"})

HEADINGS = tuple(column.name for column in COLUMNS)


def write_cells(record: CourseRecord) -> list[tuple[str, ...]]:
    """One row per date, each with the whole course; a course without dates has one. Not yet neutralised: that does
    `foundation.spreadsheets.csv_line`."""
    of_course = {column.field: _cell(record, column.field) for column in COLUMNS if not column.is_of_run}
    return [
        tuple(of_course[column.field] if not column.is_of_run else _run_cell(run, column.field) for column in COLUMNS)
        for run in record.runs or (None,)
    ]


def _run_cell(run: RunRecord | None, field: str) -> str:
    if run is None:
        return ""
    return _cell(run, field.removeprefix("run_"))


def _cell(record: CourseRecord | RunRecord, field: str) -> str:
    if field == "price":
        return _price(record.price_state, record.price)
    value = getattr(record, field)
    if field in _CHOICES and value:
        return _CHOICES[field][value][0]
    if field in _NAMES:
        return _names(value)
    return _text(value)


def _price(state: str, amount: Decimal | None) -> str:
    if amount is None:
        return _PRICES.get(state, "")
    return f"{'ab ' if state == 'from' else ''}{amount:,.2f} €".translate(str.maketrans(",.", ".,"))


def _names(names: Iterable[str]) -> str:
    """With a semicolon at the end where a single name would be taken for several."""
    text = "; ".join(names)
    return f"{text};" if ";" not in text and any(sign in text for sign in ",|\n") else text


def _text(value: Any) -> str:
    writer = next((write for kind, write in _WRITERS if isinstance(value, kind)), str)
    return "" if value is None else writer(value)


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "ja" if value else "nein"),
    (date, lambda value: f"{value:%d.%m.%Y}"),
    (time, lambda value: f"{value:%H:%M}"),
    (tuple, lambda value: ", ".join(f"{day:%d.%m.%Y}" for day in value)),
)
