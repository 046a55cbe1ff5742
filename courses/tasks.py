"""What the worker does for the courses by the clock."""

from __future__ import annotations

from django.utils import timezone

from courses.importing.sources import read_due_source
from courses.models import CourseImport
from courses.open_data.writing import write_dump
from courses.services import provider_links
from courses.services import take_in_file as take_in


def remind_providers() -> int:
    return provider_links.remind_providers(now=timezone.now())


def write_open_data() -> int:
    """Courses in the files; none without a licence."""
    return write_dump(now=timezone.now())


def read_course_source(only: int | None = None) -> str:
    """The outcome, for the list of tasks. `only` is the key of the source that is meant."""
    source = read_due_source(now=timezone.now(), only=only)
    return source.outcome if source else ""


def look_at_file(imported: int) -> None:
    found = CourseImport.objects.select_related("provider", "user").filter(pk=imported).first()
    if found:
        take_in.look_at_file(found, now=timezone.now())


def take_in_file(imported: int, gone_is_meant: bool) -> None:
    found = CourseImport.objects.select_related("provider", "user").filter(pk=imported).first()
    if found:
        take_in.run_file(found, gone_is_meant=gone_is_meant, now=timezone.now())


def take_back_import(imported: int) -> None:
    found = CourseImport.objects.select_related("provider", "user").filter(pk=imported).first()
    if found:
        take_in.take_back(found, now=timezone.now())


def forget_import_files() -> int:
    """Files that nobody takes in, and rows of old reports."""
    now = timezone.now()
    return take_in.forget_files(now=now) + take_in.forget_reports(now=now)
