"""Keeps the words by which courses are found; the only writer of `CourseWords`.

Names of providers, topics and fundings are not among them: they are added when courses are searched, so that a new
name is found at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.signals import post_save
from wagtail.rich_text import get_text_for_indexing

from courses.finding.forms import Words, weighed_words
from courses.models import CoursePage, CourseWords

_AT_ONCE = 500


def course_words(course: CoursePage) -> Words:
    return weighed_words(
        [
            (8, course.title),
            (5, course.subtitle),
            (5, course.keywords),
            (3, course.summary),
            (3, course.certificate),
            (2, course.outcome),
            (2, course.audience),
            (1, get_text_for_indexing(course.contents)),
        ]
    )


def index_course(course: CoursePage) -> None:
    CourseWords.objects.update_or_create(course=course, defaults={"words": course_words(course)})


def index_courses(courses: Iterable[CoursePage]) -> None:
    """Of courses that were written without signals. One query."""
    _write([CourseWords(course=course, words=course_words(course)) for course in courses])


def index_all(tell: Callable[[int, int], object] | None = None) -> int:
    """Anew, for rules that have changed and courses that were written without signals. `tell` hears how far it is."""
    courses = CoursePage.objects.order_by("pk")
    total = courses.count()
    rows: list[CourseWords] = []
    for done, course in enumerate(courses.iterator(chunk_size=_AT_ONCE), 1):
        rows.append(CourseWords(course=course, words=course_words(course)))
        if len(rows) == _AT_ONCE:
            _write(rows)
            rows = []
        if tell:
            tell(done, total)
    _write(rows)
    return total


def _write(rows: list[CourseWords]) -> None:
    CourseWords.objects.bulk_create(rows, update_conflicts=True, unique_fields=["course"], update_fields=["words"])


def connect() -> None:
    post_save.connect(_course_saved, sender=CoursePage, dispatch_uid="courses.words")


def _course_saved(instance: CoursePage, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    """A page that keeps a draft is saved with some of its fields, and holds words that nobody may read yet."""
    if not raw and update_fields is None:
        index_course(instance)
