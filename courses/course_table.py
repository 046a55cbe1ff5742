"""What a search finds as a table: one row for each date, in our own columns, so that it can be read in again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from courses.catalogue.markup import allowed_html
from courses.catalogue.records import CourseRecord, RunRecord
from courses.catalogue.writing import HEADINGS, write_cells
from courses.finder import Finder
from courses.models import CoursePage, CourseRun
from courses.selectors import whole_courses
from foundation.spreadsheets import MARK, csv_line

_AT_ONCE = 200
"""Courses that are held in memory."""
_NAMES = ("topics", "target_groups", "funding_kinds")
_OTHERWISE = {"reference", "place", "provider", "contents", "runs", "said", "notices", "unknown", "rows", *_NAMES}
_COURSE_FIELDS = [field.name for field in fields(CourseRecord) if field.name not in _OTHERWISE]
_RUN_FIELDS = [field.name for field in fields(RunRecord) if field.name not in {"reference", "days"}]


def table_of_courses(found: Finder, today: date) -> Iterator[bytes]:
    """In the order of the list, in pieces; five queries for each two hundred courses."""
    yield (MARK + csv_line(HEADINGS)).encode()
    keys = [found.stock.keys[course] for course in found.ordered()]
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        courses = whole_courses(part, today)
        records = (record_of(courses[key]) for key in part if key in courses)
        yield "".join(csv_line(row) for record in records for row in write_cells(record)).encode()


def record_of(course: CoursePage) -> CourseRecord:
    """A course with its dates in `runs_ahead`, as the reader of a file would have it."""
    return CourseRecord(
        **{name: getattr(course, name) for name in _COURSE_FIELDS},
        **{name: tuple(entry.name for entry in getattr(course, name).all()) for name in _NAMES},
        reference=course.provider_reference,
        place="",
        provider=course.provider.name,
        contents=allowed_html(course.contents),
        runs=tuple(map(_run_record, course.runs_ahead)),
    )


def _run_record(run: CourseRun) -> RunRecord:
    return RunRecord(
        **{name: getattr(run, name) for name in _RUN_FIELDS},
        reference=run.provider_reference,
        days=run.sessions if run.days else (),
    )
