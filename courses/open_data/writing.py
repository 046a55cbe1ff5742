"""Writes all courses that everybody can read into files; some hundred are in memory at a time."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.utils import timezone

from courses.catalogue.writing import HEADINGS, write_cells
from courses.course_table import record_of
from courses.models import CoursePage, CourseSettings
from courses.open_data.dump import Dump, DumpFile, folder, offer
from courses.selectors import whole_courses
from courses.structured_data import course_data
from foundation.spreadsheets import MARK, csv_line

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Form:
    """`lines` are those of one course, `head` what stands above all; `media_type` is that of the unpacked file."""

    name: str
    media_type: str
    head: str
    lines: Callable[[CoursePage, date], str]


def _json_line(course: CoursePage, today: date) -> str:
    """What search engines read on the page of the course."""
    data = course_data(
        course,
        course.runs_ahead,
        groups=course.target_groups.all(),
        fundings=course.funding_kinds.all(),
        address=course.full_url or "",
        today=today,
    )
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _table_lines(course: CoursePage, today: date) -> str:
    return "".join(map(csv_line, write_cells(record_of(course))))


FORMS = (
    Form("kurse.jsonl.gz", "application/ld+json", "", _json_line),
    Form("kurse.csv.gz", "text/csv", MARK + csv_line(HEADINGS), _table_lines),
)


def write_dump(*, now: datetime) -> int:
    """How many courses the files hold; without a licence none are made. Of two processes at once the first to end
    counts; the other one's files are gone then, and it fails without changing anything."""
    if not CourseSettings.in_force().open_data_licence:
        return 0
    folder().mkdir(parents=True, exist_ok=True)
    mark = uuid4().hex
    paths = {form.name: folder() / f"{mark}-{form.name}" for form in FORMS}
    try:
        courses, dates = _write(paths, timezone.localdate(now), now)
        files = [_described(form, paths[form.name]) for form in FORMS]
        offer(Dump(made_at=now, courses=courses, dates=dates, files=files))
    except BaseException:
        for path in paths.values():
            path.unlink(missing_ok=True)
        raise
    return courses


def _write(paths: dict[str, Path], today: date, now: datetime) -> tuple[int, int]:
    """How many courses and dates."""
    courses = dates = 0
    with ExitStack() as stack:
        files = {name: _packed(stack, path, now) for name, path in paths.items()}
        for form in FORMS:
            files[form.name].write(form.head.encode())
        for course in _public_courses(today):
            courses += 1
            dates += len(course.runs_ahead)
            for form in FORMS:
                files[form.name].write(form.lines(course, today).encode())
    return courses, dates


def _packed(stack: ExitStack, path: Path, now: datetime) -> IO[bytes]:
    """Names neither a file nor a machine inside, so that equal courses make equal bytes at one time."""
    raw = stack.enter_context(path.open("wb"))
    return stack.enter_context(gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=int(now.timestamp())))


def _public_courses(today: date) -> Iterator[CoursePage]:
    """In the order of their ids."""
    keys = list(CoursePage.objects.open_to_all().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        found = whole_courses(keys[start : start + _AT_ONCE], today)
        yield from (found[key] for key in sorted(found))


def _described(form: Form, path: Path) -> DumpFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DumpFile(
        name=form.name, stored=path.name, size=path.stat().st_size, sha256=digest, media_type=form.media_type
    )
