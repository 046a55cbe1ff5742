"""Open-vhs catalogues: what each element becomes, and what is refused, repaired or kept unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from courses.catalogue.opening import open_file
from courses.catalogue.records import CourseRecord, FileFacts, FileRead, FileRefused, Rejection, RunRecord

FILE = Path(__file__).resolve().parents[1] / "files" / "openvhs.xml"
SAID = {"reference", "provider", "title", "keywords", "price_state", "price", "runs"}


def opened(content: bytes) -> FileRead:
    return open_file(BytesIO(content), today=date(2026, 11, 26))


def test_catalogue_is_full_and_says_when_it_was_made():
    assert opened(FILE.read_bytes()).facts == FileFacts(
        format="Open-vhs 1.2, UTF-8", is_full=True, made_at=datetime(2026, 11, 20, 4, tzinfo=UTC)
    )


def test_every_element_finds_its_field():
    course, free, zero, *rejected = opened(FILE.read_bytes()).entries
    assert course == CourseRecord(
        reference="vhs-0001",
        title="Tabellen am Abend",
        place="Veranstaltung 1 (Zeile 9)",
        provider="Volkshochschule Beispielkreis",
        subtitle="Rechnen lassen · für den Betrieb",
        summary="Formeln, Bezüge, Diagramme. Bitte einen Stick mitbringen.",
        target_groups=("Beschäftigte im Büro",),
        requirements="Umgang mit Maus und Tastatur",
        contents="<p>Formeln, Bezüge, Diagramme.</p><p>Bitte einen Stick mitbringen.</p>",
        keywords="Tabelle, 26-5010",
        format="blended",
        teaching_units=12,
        price_state="amount",
        price=Decimal(84),
        price_note="ermäßigt 63,00 €",
        certificate="Teilnahmebescheinigung",
        booking_link="https://vhs.example/26-5010",
        runs=(
            RunRecord(
                starts_on=date(2027, 1, 12),
                ends_on=date(2027, 1, 26),
                reference="vhs-0001",
                days=(date(2027, 1, 12), date(2027, 1, 19), date(2027, 1, 26)),
                start_time=time(18),
                end_time=time(20, 30),
                venue="vhs-Haus, Raum 3",
                street="Musterstraße 5",
                postcode="49377",
                town="Vechta",
                step_free=True,
                seats_min=6,
                seats_max=12,
                seats_taken=4,
            ),
        ),
        said=frozenset(
            SAID
            | {"subtitle", "summary", "target_groups", "requirements", "contents", "format", "teaching_units"}
            | {"price_note", "certificate", "booking_link"}
        ),
        unknown={"topics": ("DVV 5.01",), "merkmal": ("bildungsurlaub = true",)},
    )
    assert free == CourseRecord(
        reference="vhs-0002",
        title="Vortrag: Rente mit Plan",
        place="Veranstaltung 2 (Zeile 46)",
        provider="Volkshochschule Beispielkreis",
        keywords="26-1001",
        format="online",
        price_state="free",
        runs=(RunRecord(starts_on=date(2027, 2, 3), reference="vhs-0002"),),
        said=frozenset(SAID | {"format", "price_note"}),
        notices=(
            "webadresse „javascript:alert(1)“: Das ist keine Adresse einer Website wie https://akademie.example/kurs.",
        ),
        unknown={"level": ("A2",)},
    )
    assert (zero.price_state, zero.runs, zero.said, zero.notices) == (
        "unknown",
        (),
        SAID,
        ("preis/betrag: Eine 0 kann „kostenfrei“ heißen oder „nicht bekannt“. Wir zeigen: nicht bekannt.",),
    )
    assert rejected == [
        Rejection(
            "Veranstaltung 4 (Zeile 61)",
            ("Die guid vhs-0001 hat schon Veranstaltung 1 (Zeile 9).",),
            {"guid": "vhs-0001", "nummer": "", "name": "Tabellen am Morgen"},
        ),
        Rejection(
            "Veranstaltung 5 (Zeile 65)",
            ("guid fehlt.", "name fehlt."),
            {"guid": "", "nummer": "26-9999", "name": ""},
        ),
    ]


def one(inside: str) -> CourseRecord:
    content = f"<export><veranstaltung><guid>1</guid><name>Recht</name>{inside}</veranstaltung></export>"
    [course] = opened(content.encode()).entries
    assert isinstance(course, CourseRecord)
    return course


def day(day: str, start: str, end: str) -> str:
    return (
        f"<termin><beginn_datum>{day}</beginn_datum><beginn_uhrzeit>{start}</beginn_uhrzeit>"
        f"<ende_uhrzeit>{end}</ende_uhrzeit></termin>"
    )


def test_days_without_a_gap_need_no_list_and_differing_hours_are_said():
    [run] = one(day("2027-01-12", "09:00:00", "16:00:00") + day("2027-01-13", "09:00:00", "12:00:00")).runs
    assert run == RunRecord(
        starts_on=date(2027, 1, 12),
        ends_on=date(2027, 1, 13),
        reference="1",
        times="an den Tagen zu verschiedenen Uhrzeiten",
    )


def test_seats_that_contradict_each_other_are_left_out():
    course = one(
        "<minimale_teilnehmerzahl>20</minimale_teilnehmerzahl><maximale_teilnehmerzahl>10</maximale_teilnehmerzahl>"
        "<beginn_datum>2027-01-12</beginn_datum>"
    )
    assert (course.runs[0].seats_min, course.runs[0].seats_max) == (None, 10)
    assert course.notices == (
        "minimale_teilnehmerzahl „20“: Mindestens so viele? Mehr Plätze gibt es nicht; wir haben die Zahl weggelassen.",
    )


def test_html_of_a_text_is_cleaned():
    course = one("<text><eigenschaft>text</eigenschaft><text>&lt;img src=x onerror=alert(1)&gt;Recht</text></text>")
    assert course.contents == "<p>Recht</p>"


def test_empty_catalogue_is_refused():
    with pytest.raises(FileRefused, match="keine einzige „veranstaltung“"):
        opened(b'<export xmlns="http://www.dvv-vhs.de/Open-VHS"/>')
