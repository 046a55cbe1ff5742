"""The generator behind `make bench`: what it writes past all signals is what an editor would have saved."""

from __future__ import annotations

from datetime import date

import pytest
from wagtail.models import Page

from courses.models import CoursePage, CourseRun, CourseWords
from courses.word_index import index_all
from tests.factories.courses import CourseCataloguePageFactory
from tests.factories.home import new_site
from tests.factories.many_courses import add_courses

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def test_rows_are_whole():
    index = CourseCataloguePageFactory(parent=new_site())
    for _ in range(2):
        add_courses(index, 8, today=TODAY)
    courses = list(CoursePage.objects.order_by("path"))
    assert (len(courses), CourseRun.objects.count()) == (16, 40)
    assert not any(Page.find_problems())
    index.refresh_from_db()
    assert [child.pk for child in index.get_children()] == [course.pk for course in courses]
    for course in courses:
        course.full_clean()
        for run in course.runs.all():
            run.full_clean(exclude=["course"])
    assert all(1 <= course.topics.count() <= 2 for course in courses)
    assert CourseRun.objects.filter(latitude=None).count() == 0
    written = dict(CourseWords.objects.values_list("pk", "words"))
    index_all()
    assert written == dict(CourseWords.objects.values_list("pk", "words"))
