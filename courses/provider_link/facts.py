"""What a provider sees of its courses behind its private link, and the mark by which a later look tells a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from django.utils.formats import date_format

from courses.course_details import missing_facts
from courses.models import CoursePage, CourseRun, ProviderLink
from courses.seats import seats_in_words

_NOT_FACTS = {"page_ptr", "imported_at", "confirmed_at"}
_PLACED = {"latitude", "longitude", "course"}


@dataclass(frozen=True, slots=True)
class CourseOfProvider:
    """`seen` is the mark of what is shown; `dates` are those ahead, in words."""

    course: CoursePage
    seen: str
    dates: list[str]
    missing: list[str]
    is_due: bool


def courses_of_link(link: ProviderLink, *, today: date, due_before: datetime | None) -> list[CourseOfProvider]:
    """All that everybody can read, by title; what nothing was said of since `due_before` is to be looked at. Four
    queries."""
    courses = list(CoursePage.objects.of_provider(link.provider_id).prefetch_related("runs", "target_groups"))
    due = set()
    if due_before:
        due = set(
            CoursePage.objects.of_provider(link.provider_id).unconfirmed_since(due_before).values_list("pk", flat=True)
        )
    return [_shown(course, today, is_due=course.pk in due) for course in courses]


def _shown(course: CoursePage, today: date, *, is_due: bool) -> CourseOfProvider:
    runs = list(course.runs.all())
    ahead = runs_ahead(runs, today)
    return CourseOfProvider(
        course=course,
        seen=mark_of(course, runs),
        dates=[_date_in_words(run, today) for run in runs if run.starts_on >= today],
        missing=missing_facts(course, ahead, course.target_groups.all()),
        is_due=is_due,
    )


def runs_ahead(runs: Iterable[CourseRun], today: date) -> list[CourseRun]:
    """As `courses.querysets` asks it of the database."""
    return [run for run in runs if run.starts_on >= today and run.status != CourseRun.Status.CANCELLED]


def _date_in_words(run: CourseRun, today: date) -> str:
    day = date_format(run.starts_on, "j. F Y")
    if run.status == CourseRun.Status.CANCELLED:
        return f"{day}: fällt aus"
    said = seats_in_words(run, today)
    facts = ", ".join(filter(None, (run.town, said.seats or "freie Plätze nicht bekannt", said.certainty)))
    return f"{day}: {facts}"


def mark_of(course: CoursePage, runs: Iterable[CourseRun]) -> str:
    """Changes with every field of the course and its dates, not with who looked at it when."""
    fields = [field.attname for field in CoursePage._meta.local_concrete_fields if field.name not in _NOT_FACTS]
    of_runs = [field.attname for field in CourseRun._meta.concrete_fields if field.name not in _PLACED]
    said = [str(getattr(course, name)) for name in ("title", *fields)]
    for run in sorted(runs, key=lambda run: run.pk):
        said += [str(run.days) if name == "days" else str(getattr(run, name)) for name in of_runs]
    return blake2b("\0".join(said).encode(), digest_size=6).hexdigest()
