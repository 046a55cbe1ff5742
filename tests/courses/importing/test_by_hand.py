"""Courses that editors made by hand, and the tables that we give out ourselves."""

from __future__ import annotations

import io
from datetime import date, time
from decimal import Decimal

import pytest

from courses.catalogue.writing import HEADINGS, write_cells
from courses.course_table import record_of
from courses.importing.opening import open_with_columns
from courses.importing.run import apply_import
from courses.importing.undo import undo_import
from courses.models import CourseImport, CoursePage, Provider
from courses.selectors import whole_courses
from foundation.spreadsheets import MARK, csv_line
from tests.courses.importing.files import NOW, record, take_in
from tests.factories.courses import CoursePageFactory, FundingKindFactory, TargetGroupFactory, TopicFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
AS_EDITORS_WRITE = (
    '<p data-block-key="a1">Zinn &amp; <b>Blei</b></p><p data-block-key="b2"></p>'
    '<ul><li data-block-key="c3">Kupfer<ul><li data-block-key="d4">rot</li></ul></li></ul>'
)
ONLY_BY_TITLE = "Zeile 2: Ohne Kursnummer erkennen wir den Kurs nur an seinem Titel wieder."
UNNUMBERED = frozenset({"summary", "runs"})
"""What a file speaks of that has no numbers; those of its records are made of the titles."""
NUMBERED = UNNUMBERED | {"reference"}


@pytest.fixture
def by_hand(catalogue, provider) -> CoursePage:
    weekly = {
        "starts_on": date(2027, 1, 12),
        "ends_on": date(2027, 2, 2),
        "days": "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "start_time": time(17, 30),
        "end_time": time(20, 45),
        "postcode": "31785",
        "town": "Hameln",
    }
    daily = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 3), "days": "RRULE:FREQ=DAILY"}
    return CoursePageFactory(
        parent=catalogue,
        provider=provider,
        title="Löten von Hand",
        contents=AS_EDITORS_WRITE,
        topics=[TopicFactory(), TopicFactory(name="Metall, Blech", slug="metall")],
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        price_state="amount",
        price=Decimal("1249.50"),
        runs=[weekly, daily, date(2026, 11, 1), {"starts_on": date(2027, 4, 1), "status": "cancelled"}],
    )


def exported(*courses: CoursePage) -> io.BytesIO:
    """As `table_of_courses` writes them."""
    found = whole_courses([course.pk for course in courses], TODAY)
    rows = [row for course in courses for row in write_cells(record_of(found[course.pk]))]
    return io.BytesIO((MARK + "".join(map(csv_line, [HEADINGS, *rows]))).encode())


def import_table(provider: Provider, table: io.BytesIO) -> CourseImport:
    imported = CourseImport.objects.create(provider=provider, created_at=NOW, is_full=True)
    apply_import(imported, open_with_columns(table, {}, today=TODAY), now=NOW)
    return imported


def stored() -> list[object]:
    courses = CoursePage.objects.order_by("pk")
    return [
        *courses.values(),
        *(list(course.runs.values()) for course in courses),
        *(list(course.topics.values_list("pk", flat=True)) for course in courses),
    ]


def test_our_own_table_imported_again_changes_nothing(by_hand, provider):
    take_in(provider, [record("K-1", title="Stapler"), record("K-2", title="Kran", runs=())])
    courses = list(CoursePage.objects.order_by("pk"))
    before = stored()
    for _ in range(2):
        imported = import_table(provider, exported(*courses))
        (told,) = imported.entries.all()
        assert (told.kind, told.kept, told.after, told.notices) == ("same", [], {}, [ONLY_BY_TITLE])
        assert imported.counts == {"same": 3, "drafts": 0, "kept": 0}
        assert stored() == before


def test_course_without_number_is_found_by_its_title_and_stays_without(by_hand, provider):
    entry = record("titel-1", title="LÖTEN  von Hand", summary="Neu.", said=UNNUMBERED)
    imported = take_in(provider, [entry], is_full=True)
    course = CoursePage.objects.get()
    assert (course.provider_reference, course.summary) == ("", by_hand.summary)
    assert imported.counts == {"changed": 1, "drafts": 0, "kept": 1}


def test_a_number_that_the_file_has_is_taken_on_and_taken_back(by_hand, provider):
    entry = record("K-1", title=by_hand.title, summary=by_hand.summary, said=frozenset({"reference", "summary"}))
    imported = take_in(provider, [entry])
    assert CoursePage.objects.get().provider_reference == "K-1"
    (told,) = imported.entries.all()
    assert (told.reference, told.before, told.after) == (
        "K-1",
        {"provider_reference": ""},
        {"provider_reference": "K-1"},
    )
    assert take_in(provider, [entry]).counts == {"same": 1, "drafts": 0, "kept": 0}
    assert undo_import(imported, now=NOW) == []
    assert CoursePage.objects.get().provider_reference == ""


def test_each_course_is_found_by_its_title_once(by_hand, provider):
    others = [record(number, title=by_hand.title, said=NUMBERED) for number in ("K-1", "K-2", "K-1")]
    foreign = record("K-0", title=by_hand.title, provider="Moorland Akademie", said=NUMBERED)
    Provider.objects.create(name="Moorland Akademie", slug="moorland-akademie")
    imported = take_in(provider, [foreign, *others])
    assert imported.counts == {"rejected": 2, "changed": 1, "new": 1, "drafts": 1, "kept": 1}
    by_hand.refresh_from_db()
    assert by_hand.provider_reference == "K-1"


def test_which_of_two_with_the_same_title_is_meant_nobody_guesses(by_hand, catalogue, provider):
    CoursePageFactory(parent=catalogue, provider=provider, title=by_hand.title)
    imported = take_in(provider, [record("titel-1", title=by_hand.title, said=UNNUMBERED)])
    assert [entry.notices for entry in imported.entries.all()] == [
        ["Mehrere Kurse ohne Nummer heißen hier so. Bitte geben Sie jedem eine, hier und in der Datei."]
    ]
    assert CoursePage.objects.count() == 2
