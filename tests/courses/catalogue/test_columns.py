"""Which heading means which field."""

from __future__ import annotations

import pytest

from courses.catalogue.columns import (
    BY_FIELD,
    COLUMNS,
    FIELD_NAMES,
    Suggestion,
    suggested_mapping,
    suggestions,
    unknown_headings,
)
from courses.catalogue.course_values import COURSE_READERS
from courses.catalogue.records import CourseRecord, RunRecord
from courses.catalogue.run_values import RUN_READERS

OWN = [column.name for column in COLUMNS]
NO_COLUMN = {"rows", "place", "runs", "said", "notices", "unknown"}


def fields_of(record_class):
    return {field.name for field in record_class.__dataclass_fields__.values()}


def test_every_field_of_a_record_has_a_column():
    of_course = {field for column in COLUMNS if not column.is_of_run for field in column.fields}
    of_run = {field for column in COLUMNS if column.is_of_run for field in column.fields}
    assert of_course == fields_of(CourseRecord) - NO_COLUMN
    assert of_run == fields_of(RunRecord)


def test_every_field_can_be_read():
    apart = {
        "starts_on",
        "ends_on",
        "days",
        "start_time",
        "end_time",
        "times",
        "registration_until",
        "date_text",
        "hours",
    }
    assert set(COURSE_READERS) | set(RUN_READERS) | apart == set(FIELD_NAMES)


def test_own_names_are_understood_beyond_doubt():
    assert suggestions(OWN) == [
        Suggestion(index, column.name, column.field, 1.0) for index, column in enumerate(COLUMNS)
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("KURS-NR.", "reference"),
        ("Kursnr", "reference"),
        ("Bezeichnung", "title"),
        ("Gebühr", "price"),
        ("Kursgebühr in €", "price"),
        ("Strasse", "street"),
        ("max. TN", "seats_max"),
        ("bis (Uhrzeit)", "end_time"),
        ("Termin", "date_text"),
        ("Uhrzeit", "hours"),
        ("PLZ/Ort", "address"),
        ("Dauer", "duration"),
        ("Dauer in Wochen", "duration_weeks"),
        ("Anmeldungen", "seats_taken"),
        ("Anmeldung", "booking_link"),
        ("Zielgruppe", "audience"),
        ("Zielgruppen", "target_groups"),
        ("Tags", "keywords"),
        ("Tage", "days"),
    ],
)
def test_usual_names_are_understood(heading, field):
    assert suggested_mapping([heading]) == {0: field}


@pytest.mark.parametrize("heading", ["lfd. Nr.", "Farbe", "", "x" * 100])
def test_what_means_nothing_is_not_guessed(heading):
    assert suggested_mapping([heading]) == {}


def test_surer_heading_has_the_field():
    assert suggested_mapping(["Kosten", "Preis", "Farbe"]) == {1: "price"}
    assert unknown_headings(["Kosten", "Preis", "Farbe", "", "Farbe"], {1: "price"}) == [
        "Kosten",
        "Farbe (Spalte C)",
        "Spalte D",
        "Farbe (Spalte E)",
    ]


def test_own_names_differ():
    assert len(set(OWN)) == len(OWN) == len(BY_FIELD)
