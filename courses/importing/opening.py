"""A file of a provider, read as somebody once said its columns are meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import BinaryIO

from courses.catalogue.columns import FIELD_NAMES, suggested_mapping
from courses.catalogue.opening import Kind, kind_of, open_file, open_table
from courses.catalogue.records import FileRead
from courses.catalogue.table_reading import read_table

IGNORED = ""
"""What a heading stands for that is not read."""


def open_with_columns(stream: BinaryIO, columns: Mapping[str, str], *, today: date) -> FileRead:
    """`columns` is heading → field, as ColumnMapping keeps it; what it does not name is suggested by the heading.
    Raises FileRefused."""
    if kind_of(stream) not in {Kind.TEXT, Kind.WORKBOOK}:
        return open_file(stream, today=today)
    table = open_table(stream)
    return read_table(table, mapping_of(table.headings, columns), today=today)


def headings_of(stream: BinaryIO) -> tuple[str, ...] | None:
    """Of a table; None for catalogues in XML. Raises FileRefused."""
    return open_table(stream).headings if kind_of(stream) in {Kind.TEXT, Kind.WORKBOOK} else None


def mapping_of(headings: Sequence[str], columns: Mapping[str, str]) -> dict[int, str]:
    """Column → field, each field once: what was said goes before what is suggested."""
    found: dict[int, str] = {}
    keys = column_keys(headings)
    for index, key in enumerate(keys):
        field = columns.get(key, IGNORED)
        if field in FIELD_NAMES and field not in found.values():
            found[index] = field
    for index, field in suggested_mapping(headings).items():
        if keys[index] not in columns and field not in found.values():
            found[index] = field
    return dict(sorted(found.items()))


def column_keys(headings: Sequence[str]) -> list[str]:
    """Under which ColumnMapping knows them: their heading, with a number from the second of the same heading on."""
    seen: Counter[str] = Counter()
    keys = []
    for heading in headings:
        seen[heading] += 1
        keys.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return keys
