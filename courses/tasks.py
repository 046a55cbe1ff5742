"""What the worker does for the courses by the clock."""

from __future__ import annotations

from django.utils import timezone

from courses.importing.sources import read_due_source
from courses.open_data.writing import write_dump
from courses.services import provider_links


def remind_providers() -> int:
    return provider_links.remind_providers(now=timezone.now())


def write_open_data() -> int:
    """Courses in the files; none without a licence."""
    return write_dump(now=timezone.now())


def read_course_source() -> str:
    """The outcome, for the list of tasks."""
    source = read_due_source(now=timezone.now())
    return source.outcome if source else ""
