"""Migrations that move what is stored, there and back, on a database that has something in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from courses.importing.waiting import PIECE
from courses.models import CourseSource, ImportedCourse, ImportFile
from tests.courses.importing.files import NOW, new_import
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site

ADDRESS = "https://kurse.example/" + "a" * 120
CONTENT = bytes(range(256)) * (PIECE // 100)
"""Of more than two pieces."""


def migrate(name: str = "") -> Any:
    """To this migration, else to the last; the apps as they were then."""
    executor = MigrationExecutor(connection)
    targets = [("courses", name)] if name else executor.loader.graph.leaf_nodes("courses")
    return executor.migrate(targets).apps


@pytest.mark.django_db(transaction=True)
def test_waiting_files_and_the_courses_of_sources_come_through_the_migrations_there_and_back():
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=new_site()), source=ADDRESS[:120])
    imported = new_import(course.provider, source_name=ADDRESS, is_full=True)
    source = CourseSource.objects.create(
        provider=course.provider, address=ADDRESS, next_at=NOW, is_full=True, imported=imported, digest="0" * 64
    )
    ImportedCourse.objects.create(course=course, written={"title": "Stapler"}, source=source)
    file = ImportFile.objects.create(imported=imported, columns={"Titel": "title"})
    for number, start in enumerate(range(0, len(CONTENT), PIECE)):
        file.pieces.create(number=number, content=CONTENT[start : start + PIECE])

    before = migrate("0014_what_files_say").get_model("courses", "ImportFile").objects.get()
    assert (bytes(before.content), before.columns) == (CONTENT, {"Titel": "title"})

    migrate()
    pieces = ImportFile.objects.get().pieces.order_by("number").values_list("content", flat=True)
    assert [len(piece) for piece in pieces] == [PIECE, PIECE, len(CONTENT) - 2 * PIECE]
    assert b"".join(map(bytes, pieces)) == CONTENT
    found = CourseSource.objects.get()
    assert (found.is_full, found.digest, found.imported.source, found.imported.is_full) == (False, "", source, True)
    state = ImportedCourse.objects.get()
    assert (state.source, state.written) == (source, {"title": "Stapler"})
