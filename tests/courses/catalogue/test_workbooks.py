"""XLSX as people make it, and as nobody may make it."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from courses.catalogue import workbook_guard
from courses.catalogue.opening import open_table
from courses.catalogue.records import FileRefused, RunRecord
from tests.courses.catalogue.reading import read_bytes
from tests.courses.catalogue.workbook_files import SHEET, STRINGS, changed, with_shared_strings, workbook, zipped

HEADINGS = ("Nr.", "Titel", "Beginn", "Uhrzeit von", "Uhrzeit bis", "Preis", "PLZ", "Durchführung garantiert")
GOOD = workbook(HEADINGS, (1, "Kurs", datetime(2026, 11, 3), time(8), time(15, 30), 99, 31582, True))
SHARED = with_shared_strings(GOOD)
TOO_BIG = "Die Excel-Datei ist ausgepackt viel zu groß für eine Kursliste; wir haben sie nicht geöffnet."
DAMAGED = "Die Excel-Datei ist beschädigt oder nicht vollständig angekommen. Speichern Sie sie bitte noch einmal."


@pytest.mark.parametrize("content", [GOOD, SHARED], ids=["inline", "shared"])
def test_values_are_read_as_they_are_shown(content):
    facts, (course,) = read_bytes(content)
    assert facts.format == "XLSX, Blatt „Kurse“"
    assert (course.reference, course.title, course.price) == ("1", "Kurs", Decimal(99))
    assert course.runs == (
        RunRecord(date(2026, 11, 3), start_time=time(8), end_time=time(15, 30), postcode="31582", guaranteed=True),
    )


@pytest.mark.parametrize(
    ("value", "price"), [(1249.5, Decimal("1249.5")), (1.249, Decimal("1.25")), (99.999, Decimal(100)), (7, Decimal(7))]
)
def test_decimals_are_no_thousands(value, price):
    _, (course,) = read_bytes(workbook(("Titel", "Preis"), ("Kurs", value)))
    assert course.price == price


def test_title_lines_and_merged_cells():
    content = workbook(
        ("Programm 2027",),
        (),
        ("Nr.", "Titel", "Beginn", "Ort"),
        ("A", "Löten", datetime(2026, 12, 1, 17, 30), "Hoya"),
        (None, None, datetime(2026, 12, 8), None),
        (),
        ("B", "Drehen", "10.–12.1.2027", "Syke"),
        ("Stand: November",),
        merged=("A1:D1", "A4:A5", "B4:B5", "D4:D5"),
        more=("Hinweise",),
    )
    facts, (first, second) = read_bytes(content)
    assert facts.notices[0] == "Gelesen haben wir das Blatt „Kurse“, nicht: „Hinweise“."
    assert (first.reference, first.place, [run.town for run in first.runs]) == ("A", "Zeilen 4, 5", ["Hoya", "Hoya"])
    assert (first.runs[0].starts_on, first.runs[0].times) == (date(2026, 12, 1), "ab 17:30 Uhr")
    assert second.runs == (RunRecord(date(2027, 1, 10), date(2027, 1, 12), town="Syke"),)


def test_durations_are_times():
    _, (course,) = read_bytes(
        workbook(("Titel", "Beginn", "Zeit von", "Zeit bis"), ("Kurs", "3.11.26", timedelta(hours=9), time(12)))
    )
    assert (course.runs[0].start_time, course.runs[0].end_time) == (time(9), time(12))


def test_the_sheet_with_most_headings_is_read():
    rows = [("Bitte beachten",), ("Nr.", "Titel", "Beginn"), (1, "Kurs", "3.11.26")]
    facts, (course,) = read_bytes(workbook(*rows, title="Liste", more=("Deckblatt",)))
    assert (facts.format, course.place) == ("XLSX, Blatt „Liste“", "Zeile 3")


SAVE_AS = " Speichern Sie die Kursliste bitte als „Excel-Arbeitsmappe (XLSX)“ oder CSV."


def doctype(part: bytes) -> bytes:
    return part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)


def in_sheet(part: bytes, times: int = 1) -> bytes:
    """The good workbook with that after its rows, so often."""
    return changed(GOOD, SHEET, lambda sheet: sheet.replace(b"</sheetData>", part * times + b"</sheetData>"))


def foreign_strings() -> bytes:
    return (b'<x:si xmlns:x="urn:x">%s</x:si>' % (b"<t/>" * 9000)) * 120


SHEET_AS_STRINGS = (
    b'<Override PartName="/%s" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>' % SHEET.encode()
)
BROKEN = {
    "cut off": (GOOD[: len(GOOD) // 2], "Die ZIP-Datei ist beschädigt. Vermutlich ist sie nur zum Teil angekommen."),
    "bytes changed": (GOOD[:200] + bytes(40) + GOOD[240:], None),
    "sheet missing": (changed(GOOD, "xl/workbook.xml", lambda _: b"<workbook/>"), None),
    "sheet cut off": (changed(GOOD, SHEET, lambda part: part[: len(part) * 2 // 3]), DAMAGED),
    "string that is nowhere": (
        changed(SHARED, SHEET, lambda part: part.replace(b"<v>1</v>", b"<v>999</v>", 1)),
        "Die Excel-Datei ist beschädigt: Mitten in der Tabelle lässt sie sich nicht weiterlesen.",
    ),
    "string that is none": (changed(SHARED, STRINGS, lambda part: part.replace(b"<si>", b"<no>", 1)), None),
    "dtd": (
        changed(GOOD, SHEET, doctype),
        "Die Excel-Datei enthält Anweisungen (DTD), die in keine Tabelle gehören.",
    ),
    "utf-16": (changed(GOOD, SHEET, lambda part: part.decode().encode("utf-16")), DAMAGED),
    "rows within a row": (
        changed(GOOD, SHEET, lambda part: part.replace(b"</row>", b"<row/></row>", 1)),
        DAMAGED,
    ),
    "a row begun in comments": (
        changed(GOOD, SHEET, lambda part: part.replace(b"</row>", (b"<c/>" * 9000 + b"<!--</row><row>-->") * 40, 1)),
        TOO_BIG,
    ),
    "rows of somebody else": (in_sheet(b'<x:row xmlns:x="urn:x">%s</x:row>' % (b"<c/>" * 9000), 120), TOO_BIG),
    "rows of somebody else without a prefix": (
        in_sheet(b'<row xmlns="urn:x">%s</row>' % (b"<c/>" * 9000), 120),
        TOO_BIG,
    ),
    "rows of somebody else in a row": (
        changed(
            GOOD,
            SHEET,
            lambda part: part.replace(
                b"</row>", (b'<x:row xmlns:x="urn:x">%s</x:row>' % (b"<c/>" * 9000)) * 40 + b"</row>", 1
            ),
        ),
        TOO_BIG,
    ),
    "much between rows": (in_sheet(b"<row/><x>%s</x>" % (b"<c/>" * 9000), 120), TOO_BIG),
    "namespaces without end": (
        in_sheet(b"".join(b'<c xmlns:n%d="urn:x"/>' % number for number in range(1001))),
        TOO_BIG,
    ),
    "names without end": (in_sheet(b"".join(b"<c%d/>" % number for number in range(1001))), TOO_BIG),
    "strings of somebody else": (
        changed(SHARED, STRINGS, lambda part: part.replace(b"</sst>", foreign_strings() + b"</sst>")),
        TOO_BIG,
    ),
    "strings read as a sheet": (
        changed(SHARED, "xl/_rels/workbook.xml.rels", lambda part: part.replace(SHEET.encode(), STRINGS.encode())),
        DAMAGED,
    ),
    "a sheet read as strings": (
        changed(GOOD, "[Content_Types].xml", lambda part: part.replace(b"</Types>", SHEET_AS_STRINGS + b"</Types>")),
        None,
    ),
    "one row without end": (
        changed(GOOD, SHEET, lambda part: part.replace(b"</row>", b"<c/>" * 300_000 + b"</row>", 1)),
        TOO_BIG,
    ),
    "rows without end": (
        changed(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", b"<row/>" * 200_001 + b"</sheetData>")),
        TOO_BIG,
    ),
    "strings without end": (
        changed(SHARED, STRINGS, lambda part: part.replace(b"</sst>", b"<si/>" * 600_001 + b"</sst>")),
        TOO_BIG,
    ),
    "styles without end": (changed(GOOD, "xl/styles.xml", lambda part: part + b" " * (4 * 1024 * 1024)), TOO_BIG),
    "other archive": (
        zipped({"liste.csv": b"Titel\nKurs\n"}),
        "In der ZIP-Datei liegt keine XML-Datei. Bitte schicken Sie eine ZIP-Datei mit genau einer.",
    ),
    "text document": (
        zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
        "Das ist ein Textdokument." + SAVE_AS,
    ),
    "libreoffice": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "Das ist eine Datei von LibreOffice (ODS)." + SAVE_AS,
    ),
    "too many parts": (
        zipped({f"xl/{number}.xml": b"" for number in range(201)}),
        "In der ZIP-Datei liegen mehr als 200 Dateien.",
    ),
    "too many columns": (
        workbook(tuple(f"Spalte {number}" for number in range(201))),
        "Die Tabelle hat mehr als 200 Spalten. So viele braucht keine Kursliste.",
    ),
    "empty": (workbook(), "Die Excel-Datei ist leer."),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_workbook_is_refused(case):
    """Where no sentence is named, any of ours will do: nothing else may come out of it."""
    content, sentence = BROKEN[case]
    with pytest.raises(FileRefused) as refusal:
        read_bytes(content)
    assert sentence in {None, str(refusal.value)}


def test_whoever_asks_bounds_what_is_unpacked():
    sentence = "Die Excel-Datei hat ausgepackt 0 MB. Wir lesen hier höchstens 0 MB; bitte teilen Sie sie."
    with pytest.raises(FileRefused, match=sentence):
        open_table(io.BytesIO(GOOD), most_unpacked=1000)


def test_what_unpacks_to_much_more_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbook_guard, "_MOST_PART", 1000)
    content = changed(GOOD, "xl/media/bild.png", lambda _: bytes(4_000_000))
    with pytest.raises(FileRefused, match="ausgepackt viel zu groß"):
        read_bytes(content)


def test_a_gap_of_billions_of_rows_is_the_end_of_the_table():
    """openpyxl makes each row of it: two kilobytes kept a thread at work for days."""
    gap = changed(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", b'<row r="4000000000"/></sheetData>'))
    _, (course,) = read_bytes(gap)
    assert course.title == "Kurs"


def test_merged_cells_beyond_the_columns_cost_nothing():
    merged = b"".join(b'<mergeCell ref="%s1:%s9000"/>' % (column, column) for column in (b"XFD", b"ZZ", b"GS"))
    end = b"</sheetData><mergeCells>%s</mergeCells>" % merged
    content = changed(GOOD, SHEET, lambda part: part.replace(b"</sheetData>", end))
    assert {len(row.cells) for row in open_table(io.BytesIO(content)).rows} == {8}


def test_part_is_bounded_by_whatever_name_it_comes(monkeypatch):
    """The library takes the names of its parts from the file: `strings.dat` passed without a look."""
    monkeypatch.setattr(workbook_guard, "_MOST_PART", 20_000)
    picture = changed(GOOD, "xl/media/bild.png", lambda _: b"\x89PNG" + b"x" * 30_000)
    assert len(read_bytes(picture)[1]) == 1
    for name in ("xl/strings.dat", "xl/STYLES.XML"):
        content = changed(GOOD, name, lambda _: b"\xef\xbb\xbf \n<sst>" + b"<r/>" * 10_000 + b"</sst>")
        with pytest.raises(FileRefused) as refusal:
            read_bytes(content)
        assert str(refusal.value) == TOO_BIG


def test_what_programs_keep_in_a_workbook_is_no_concern():
    """Power Query writes its part in UTF-16: such workbooks were called damaged."""
    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="http://schemas.microsoft.com/DataMashup"/>'
    (course,) = read_bytes(changed(GOOD, "customXml/item1.xml", lambda _: query.encode("utf-16")))[1]
    assert course.title == "Kurs"


METHOD = GOOD.index(b"PK\x01\x02") + 10
"""In the first entry of the directory (APPNOTE.TXT 4.3.12)."""


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD[:METHOD] + b"\x0e" + GOOD[METHOD + 1 :], id="packed in a way that takes memory"),
        pytest.param(GOOD[:-6] + len(GOOD).to_bytes(4, "little") + GOOD[-2:], id="part before the beginning"),
        pytest.param(GOOD[:6] + b"\0\x08" + GOOD[8:30] + b"\xff" + GOOD[31:], id="name that is no text"),
    ],
)
def test_directory_that_lies_is_refused(content):
    with pytest.raises(FileRefused) as refusal:
        read_bytes(content)
    assert str(refusal.value) == DAMAGED
