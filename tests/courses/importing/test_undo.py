"""Taking a whole import back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from wagtail.models import Page

from courses.catalogue.records import RunRecord
from courses.importing.run import apply_import
from courses.importing.running import ImportRefused, claim
from courses.importing.undo import undo_import
from courses.models import CoursePage, VanishedCourse
from courses.models.course_import import LEASE
from tests.courses.importing.files import NOW, RUN, file_of, record, take_in
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db


def stored() -> dict[str, tuple[object, ...]]:
    return {
        course.provider_reference: (
            *(course.live, course.title, course.url_path, course.price_text),
            *sorted((run.starts_on, run.town) for run in course.runs.all()),
        )
        for course in CoursePage.objects.all()
    }


def test_everything_becomes_what_it_was(provider):
    entries = [record(f"K-{number}", title=f"Kurs {number}") for number in range(4)]
    take_in(provider, entries)
    before = stored()
    other_dates = (RunRecord(starts_on=date(2027, 5, 4), town="Vechta"),)
    changed = record("K-0", title="Anders", price_state="amount", price=Decimal(20), runs=other_dates)
    later = take_in(provider, [changed, *entries[1:3], record("K-9")], is_full=True)
    assert undo_import(later, now=NOW) == []
    assert (stored(), later.state) == (before, "undone")
    assert not VanishedCourse.objects.exists()
    assert not any(Page.find_problems())
    with pytest.raises(ImportRefused):
        undo_import(later, now=NOW)


def test_the_file_can_be_taken_in_again_afterwards(provider):
    take_in(provider, [record("K-1")])
    changed = record("K-1", title="Anders", runs=(RUN, RunRecord(starts_on=date(2027, 5, 4), town="Vechta")))
    undo_import(take_in(provider, [changed]), now=NOW)
    again = take_in(provider, [changed])
    assert (again.counts, again.entries.get().kept) == ({"changed": 1, "drafts": 0, "kept": 0}, [])


def test_what_somebody_has_changed_since_stays_and_is_said(provider):
    take_in(provider, [record("K-1")])
    imported = take_in(provider, [record("K-1", title="Anders", summary="Kürzer."), record("K-2"), record("K-3")])
    for reference in ("K-1", "K-2"):
        course = CoursePage.objects.get(provider_reference=reference)
        course.title = "Von Hand"
        course.save()
    assert undo_import(imported, now=NOW) == [
        "„Von Hand“: 1 seitdem geändert, das bleibt.",
        "„Von Hand“ bleibt: Es wurde seitdem geändert.",
    ]
    course = CoursePage.objects.get(provider_reference="K-1")
    assert (course.title, course.summary) == ("Von Hand", "In drei Tagen zum Fahrausweis.")
    assert set(stored()) == {"K-1", "K-2"}


def test_one_whose_process_died_is_still_in_and_can_be_taken_back_again(provider):
    imported = take_in(provider, [record("K-1")])
    claim(imported, now=NOW - LEASE, to_undo=True)
    assert (imported.was_broken_off(NOW), imported.is_in, imported.can_be_started(NOW)) == (True, True, False)
    with pytest.raises(ImportRefused):
        apply_import(imported, file_of(record("K-1")), now=NOW)
    assert undo_import(imported, now=NOW) == []
    assert (imported.state, imported.is_in, CoursePage.objects.count()) == ("undone", False, 0)


def test_a_course_that_an_appointment_names_is_not_deleted(provider):

    imported = take_in(provider, [record("K-1")])
    AppointmentFactory(course=CoursePage.objects.get())
    assert undo_import(imported, now=NOW) == [
        "„Gabelstapler fahren“ bleibt: Termine oder andere Seiten verweisen darauf."
    ]
