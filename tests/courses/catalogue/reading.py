"""Reads what a test writes as a file."""

from __future__ import annotations

import io
from datetime import date

from courses.catalogue.opening import open_file
from courses.catalogue.records import CourseRecord, FileFacts, Rejection

TODAY = date(2026, 11, 26)


def read_bytes(
    content: bytes, mapping: dict[int, str] | None = None
) -> tuple[FileFacts, list[CourseRecord | Rejection]]:
    read = open_file(io.BytesIO(content), today=TODAY, mapping=mapping)
    return read.facts, list(read.entries)


def read_text(text: str, charset: str = "utf-8") -> list[CourseRecord | Rejection]:
    return read_bytes(text.encode(charset))[1]


def read_cell(heading: str, cell: str) -> CourseRecord:
    """The course of a row with this cell beside a number and a title."""
    (course,) = read_text(f'Kursnummer;Titel;{heading}\n1;Kurs;"{cell}"\n')
    assert isinstance(course, CourseRecord)
    return course
