"""CSV in the dialects that people have."""

from __future__ import annotations

import io
from datetime import date

import pytest

from courses.catalogue.opening import open_table
from courses.catalogue.records import CourseRecord, FileRefused, RunRecord
from courses.catalogue.table_reading import read_table
from courses.catalogue.tables import Row
from tests.courses.catalogue.reading import TODAY, read_bytes

LIST = "Kursnummer;Titel;Beginn;Preis\nB-1;Büro führen;3.11.26;1.249,00 €\n"


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_charset_is_found(charset, name):
    facts, (course,) = read_bytes(LIST.encode(charset))
    assert facts.format == f"CSV mit Semikolon, {name}"
    assert (course.reference, course.title) == ("B-1", "Büro führen")


@pytest.mark.parametrize(("charset", "name"), [("cp850", "MS-DOS"), ("mac_roman", "Mac")])
def test_old_charsets_are_found_and_said(charset, name):
    facts, (course,) = read_bytes(LIST.replace("€", "EUR").encode(charset))
    assert facts.format == f"CSV mit Semikolon, {name}"
    assert facts.notices[0] == (
        f"Die Datei ist im alten Zeichensatz „{name}“ gespeichert. Prüfen Sie bitte die Umlaute."
    )
    assert course.title == "Büro führen"


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_null_that_no_database_takes_is_left_out(charset):
    _, (course,) = read_bytes(LIST.replace("Büro", "Bü\0ro").replace("B-1", "B\0-1").encode(charset))
    assert (course.reference, course.title) == ("B-1", "Büro führen")


def test_mixed_charsets_are_mended():
    content = ("Titel\n" + "Bürokräfte für Münster\n" * 3).encode() + "Öl\n".encode("cp1252")
    facts, courses = read_bytes(content)
    assert courses[-1].title == "Öl"
    assert facts.notices[0] == (
        "Ein Zeichen ist nicht in UTF-8 geschrieben wie der Rest der Datei; wir haben es als Windows-1252 gelesen."
    )


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "Semikolon"), (",", "Komma"), ("\t", "Tabulator"), ("|", "senkrechtem Strich")]
)
def test_separator_is_found(separator, name):
    lines = [["Kursnummer", "Titel", "Beginn"], ["1", '"Lager, Versand; und mehr"', "3.11.26"]]
    facts, (course,) = read_bytes("\r\n".join(map(separator.join, lines)).encode())
    assert facts.format == f"CSV mit {name}, UTF-8"
    assert course.title == "Lager, Versand; und mehr"


def test_first_line_may_tell_the_separator():
    facts, (course,) = read_bytes(b"sep=|\nNr.|Titel|Beginn;Ende\n7|Kurs|x;y\n")
    assert (facts.format, course.place) == ("CSV mit senkrechtem Strich, UTF-8", "Zeile 3")


def test_lines_above_and_below_are_no_courses():
    text = "Kursprogramm 2027;;\n\nalle Kurse in Nienburg;;\n" + LIST + "\n;;;\nStand: 1.1.2027;;;\nSeite 1 von 1\n"
    facts, (course,) = read_bytes(text.encode())
    assert course.place == "Zeile 5"
    assert facts.notices == (
        "Bevor ein neuer Kurs erscheint, braucht er noch: „Kurzfassung“, „Themen“, „Form“, „Anmeldelink“.",
    )


def test_cell_in_quotes_has_lines_and_quotes():
    text = 'Kursnummer;Titel;Inhalte\n1;Kurs;"Erstens ""dies""\nund das"\n2;Zweiter;x\n'
    _, (first, second) = read_bytes(text.encode())
    assert first.contents == '<p>Erstens "dies"<br/>und das</p>'
    assert second.place == "Zeile 3"


def test_rows_come_one_by_one():
    table = open_table(io.BytesIO(LIST.encode()))
    assert (table.headings, table.heading_row) == (("Kursnummer", "Titel", "Beginn", "Preis"), 1)
    assert next(table.rows) == Row(2, ("B-1", "Büro führen", "3.11.26", "1.249,00 €"))
    assert next(table.rows, None) is None


def test_columns_of_other_names_need_a_mapping():
    content = b"Kuerzel;Was;Los gehts\nX1;Kurs;3.11.26\n"
    with pytest.raises(FileRefused, match="Keine Spalte ist als Titel zu erkennen"):
        read_bytes(content)
    _, (course,) = read_bytes(content, {0: "reference", 1: "title", 2: "starts_on"})
    assert course == CourseRecord(
        "X1",
        "Kurs",
        "Zeile 2",
        runs=(RunRecord(date(2026, 11, 3)),),
        said=frozenset({"reference", "title", "runs"}),
    )


def test_mapping_to_a_field_that_is_none_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="no such fields"):
        read_table(open_table(io.BytesIO(LIST.encode())), {0: "title", 1: "farbe"}, today=TODAY)
