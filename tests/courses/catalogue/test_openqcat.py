"""open-Q-cat catalogues, full and updates: what each element becomes, and what is refused, repaired or kept unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue.checking import check_file
from courses.catalogue.opening import open_file
from courses.catalogue.records import (
    CourseRecord,
    FileFacts,
    FileRead,
    FileRefused,
    Gone,
    Rejection,
    RunRecord,
    RunsOf,
)
from courses.catalogue.values.words import yes_or_no
from courses.catalogue.xml_drafts import day_and_time, first_sentences, price_of
from tests.bench.catalogues import read_apart, write
from tests.courses.catalogue.broken_xml import CUT_SHORT, archive

FILES = Path(__file__).resolve().parents[1] / "files"
TODAY = date(2026, 11, 26)
PLACE = {
    "venue": "Beispielwerk Haus B",
    "street": "Musterweg 1",
    "postcode": "31582",
    "town": "Nienburg",
    "step_free": True,
}
SAID = {"reference", "provider", "title"}
PRICE = {"price_state", "price"}
ZERO = "PRICE_AMOUNT: Eine 0 kann „kostenfrei“ heißen oder „nicht bekannt“. Wir zeigen: nicht bekannt."


def opened(content: bytes) -> FileRead:
    return open_file(BytesIO(content), today=TODAY)


def file(name: str) -> bytes:
    return (FILES / name).read_bytes()


def test_full_catalogue_says_what_it_is():
    assert opened(file("openqcat_full.xml")).facts == FileFacts(
        format="open-Q-cat 1.1 (Vollkatalog), ISO-8859-15",
        is_full=True,
        made_at=datetime(2026, 11, 20, 5, 30, tzinfo=UTC),
    )


def test_course_of_a_full_catalogue_has_all_its_dates_wherever_they_stand():
    course = next(opened(file("openqcat_full.xml")).entries)
    assert course == CourseRecord(
        reference="4711",
        title="Schweißen: Grundkurs MAG",
        place="Angebot 2 (Zeile 31)",
        provider="Beispielwerk Weser",
        summary="Sie lernen, Bleche sicher zu verbinden. Am Ende steht eine Probe.",
        audience="Leute aus dem Metallbau",
        requirements="keine",
        contents="<p>Sie lernen, Bleche sicher zu verbinden. Am Ende steht eine Probe.</p>"
        "<ul><li>Kehlnaht</li><li>Stumpfnaht</li></ul>",
        keywords="Schweißen, MAG",
        part_of_day="full_day",
        inhouse_possible=True,
        price_state="amount",
        price=Decimal(450),
        price_note="Material inbegriffen",
        funding_kinds=("Bildungsgutschein", "Bildungszeit"),
        measure_number="237/1/26",
        certificate="Zertifikat des Trägers",
        booking_link="https://beispielwerk.example/kurse/4711",
        runs=(
            RunRecord(
                starts_on=date(2026, 12, 7),
                ends_on=date(2026, 12, 11),
                reference="4711",
                registration_until=date(2026, 11, 30),
                start_time=time(8),
                end_time=time(16),
                seats_min=4,
                seats_max=10,
                **PLACE,
            ),
            RunRecord(
                starts_on=date(2027, 2, 1),
                ends_on=date(2027, 2, 5),
                reference="4711-F",
                times="montags bis freitags, 8 bis 16 Uhr",
                price_state="amount",
                price=Decimal(480),
                **PLACE,
            ),
        ),
        said=frozenset(
            SAID
            | PRICE
            | {
                "summary",
                "audience",
                "requirements",
                "contents",
                "keywords",
                "format",
                "part_of_day",
                "price_note",
                "runs",
            }
            | {"inhouse_possible", "flexible_start", "funding_kinds", "measure_number", "certificate", "outcome"}
            | {"booking_link"}
        ),
        notices=(
            "EMAIL: Die Adresse einer Person übernehmen wir nicht, nur die einer Einrichtung.",
            "Termin 4711-X (Zeile 131): Ohne START_DATE ist das kein Termin; wir haben ihn weggelassen.",
        ),
        unknown={"topics": ("C 2505-10",)},
    )


def test_prices_codes_and_gaps_of_a_full_catalogue():
    _, on_request, placeholder, *rest = opened(file("openqcat_full.xml")).entries
    assert on_request == CourseRecord(
        reference="4712",
        title="Buchführung für Betriebe",
        place="Angebot 3 (Zeile 56)",
        provider="Beispielwerk Weser",
        keywords="berufsbegleitend",
        format="online",
        flexible_start=True,
        price_state="on_request",
        said=frozenset(SAID | PRICE | {"contents", "keywords", "format", "flexible_start", "price_note", "runs"}),
    )
    assert placeholder == CourseRecord(
        reference="4713",
        title="Gabelstapler fahren",
        place="Angebot 4 (Zeile 71)",
        provider="Beispielwerk Weser",
        said=frozenset(SAID | PRICE | {"runs"}),
        unknown={"format": ("INSTRUCTION_FORM 299",)},
    )
    assert rest == [
        Rejection("Angebot 5 (Zeile 86)", ("TITLE fehlt.",), {"PRODUCT_ID": "4714", "TITLE": ""}),
        Rejection(
            "Angebot 6 (Zeile 101)",
            ("Die PRODUCT_ID 4711 hat schon Angebot 2 (Zeile 31).",),
            {"PRODUCT_ID": "4711", "TITLE": "Noch einmal"},
        ),
        CourseRecord(
            reference="4720",
            title="Erste Hilfe im Betrieb",
            place="Angebot 7 (Zeile 116)",
            provider="Beispielwerk Weser",
            runs=(RunRecord(starts_on=date(2027, 1, 15), ends_on=date(2027, 1, 15), reference="4720-F"),),
            said=frozenset(SAID | PRICE | {"runs"}),
            notices=(
                ZERO,
                "Der Kurs 4720 selbst steht nicht in der Datei; die Angaben sind die seines ersten Termins.",
            ),
        ),
    ]


def test_update_brings_courses_dates_and_what_is_gone():
    read = opened(file("openqcat_update.xml"))
    assert (read.facts.format, read.facts.is_full) == ("open-Q-cat 1.1 (Änderungen), ISO-8859-15", False)
    assert list(read.entries) == [
        Gone("4712", "Angebot 1 (Zeile 17)"),
        Rejection("Angebot 2 (Zeile 18)", ("PRODUCT_ID fehlt, also ist nicht zu erkennen, was gelöscht werden soll.",)),
        CourseRecord(
            reference="4713",
            title="Gabelstapler fahren (Flurförderzeuge)",
            place="Angebot 3 (Zeile 21)",
            provider="Beispielwerk Weser",
            price_state="amount",
            price=Decimal(390),
            said=frozenset(SAID | PRICE),
        ),
        RunsOf(
            "4711",
            "Angebot 4 (Zeile 36)",
            (RunRecord(starts_on=date(2027, 3, 1), reference="4711-S", **PLACE),),
        ),
        Gone("4711-F", "Angebot 5 (Zeile 51)"),
    ]


def test_what_an_update_deletes_and_brings_anew_stays():
    content = (
        "<OPENQCAT><UPDATE_CATALOG><DELETE><SERVICE><PRODUCT_ID>P1</PRODUCT_ID></SERVICE></DELETE>"
        f"<NEW>{service('P1', 'true')}</NEW></UPDATE_CATALOG></OPENQCAT>"
    )
    assert [(type(entry), entry.reference) for entry in opened(content.encode()).entries] == [(CourseRecord, "P1")]


def catalogue(*services: str) -> bytes:
    return f'<OPENQCAT><NEW_CATALOG FULLCATALOG="true">{"".join(services)}</NEW_CATALOG></OPENQCAT>'.encode()


def service(number: str, kind: str, course: str = "", start: str = "", more: str = "") -> str:
    return (
        f"<SERVICE><PRODUCT_ID>{number}</PRODUCT_ID><SERVICE_DETAILS><TITLE>Recht</TITLE>"
        f"<SERVICE_DATE><START_DATE>{start}</START_DATE></SERVICE_DATE><SERVICE_MODULE><EDUCATION type='{kind}'>"
        f"<COURSE_ID>{course}</COURSE_ID></EDUCATION></SERVICE_MODULE></SERVICE_DETAILS>{more}</SERVICE>"
    )


def dates_of(content: bytes) -> dict[str, list[str]]:
    return {
        entry.reference: [run.reference for run in entry.runs]
        for entry in opened(content).entries
        if isinstance(entry, CourseRecord)
    }


def test_dates_find_their_course_by_its_product_id_or_by_a_course_id_of_its_own():
    content = catalogue(
        service("T1", "false", "K-9", "2027-01-11"),
        service("P9", "true", "K-9", "2027-01-04"),
        service("T2", "false", "P9", "2027-01-18"),
    )
    assert dates_of(content) == {"P9": ["P9", "T2", "T1"]}


def test_date_that_is_told_twice_counts_once_and_a_date_that_names_no_course_is_one():
    content = catalogue(
        service("P1", "true", "", "2027-01-04"),
        service("P1-1", "false", "P1", "2027-01-04T00:00:00+01:00"),
        service("P2", "false", "", "2027-01-05"),
        service("P3", "false", "P3", "2027-01-06"),
    )
    assert dates_of(content) == {"P1": ["P1"], "P2": ["P2"], "P3": ["P3"]}


def test_price_that_a_date_shares_with_its_course_is_that_of_the_course():
    price = (
        "<SERVICE_PRICE_DETAILS><SERVICE_PRICE><PRICE_AMOUNT>90</PRICE_AMOUNT></SERVICE_PRICE></SERVICE_PRICE_DETAILS>"
    )
    content = catalogue(service("P1", "true", more=price), service("T1", "false", "P1", "2027-01-04", more=price))
    [course] = opened(content).entries
    assert (course.price, [run.price_state for run in course.runs]) == (Decimal(90), [""])


def test_prices_in_another_currency_are_unknown():
    price = (
        "<SERVICE_PRICE_DETAILS><SERVICE_PRICE><PRICE_AMOUNT>90</PRICE_AMOUNT><PRICE_CURRENCY>CHF</PRICE_CURRENCY>"
        "</SERVICE_PRICE></SERVICE_PRICE_DETAILS>"
    )
    [course] = opened(catalogue(service("P1", "true", more=price))).entries
    assert (course.price_state, course.notices) == (
        "unknown",
        ("PRICE_CURRENCY „CHF“: Preise lesen wir nur in Euro.",),
    )


@pytest.mark.parametrize(
    ("amount", "remarks", "state", "price", "note", "notice"),
    [
        ("450.0", "", "amount", Decimal(450), "", ""),
        ("0.0", "auf Anfrage", "on_request", None, "", ""),
        ("0.0", "Preis auf Anfrage, je nach Förderung", "on_request", None, "Preis auf Anfrage, je nach Förderung", ""),
        ("0.0", "kostenlos", "free", None, "", ""),
        ("0.0", "kostenlos mit Bildungsgutschein", "unknown", None, "kostenlos mit Bildungsgutschein", ZERO),
        ("0.0", "", "unknown", None, "", ZERO),
        ("99990.0", "", "unknown", None, "", ""),
        ("99990.0", "auf Anfrage", "on_request", None, "", ""),
        ("", "", "unknown", None, "", ""),
        ("viel", "", "unknown", None, "", "PRICE_AMOUNT „viel“: Das ist kein Betrag."),
        ("-5", "", "unknown", None, "", "PRICE_AMOUNT „-5“: Das ist kein Betrag."),
        ("NaN", "", "unknown", None, "", "PRICE_AMOUNT „NaN“: Das ist kein Betrag."),
        ("0.001", "", "unknown", None, "", ZERO),
        ("1e999999999", "", "unknown", None, "", "PRICE_AMOUNT „1e999999999“: So viel kostet kein Kurs."),
        ("9" * 61, "", "unknown", None, "", f"PRICE_AMOUNT „{'9' * 59}…“: Das ist kein Betrag."),
        ("12345678", "", "unknown", None, "", "PRICE_AMOUNT „12345678“: So viel kostet kein Kurs."),
    ],
)
def test_price_is_never_free_by_accident(amount, remarks, state, price, note, notice):
    read, said = price_of(amount, remarks, "PRICE_AMOUNT")
    assert (read.state, read.amount, read.note, said) == (state, price, note, notice)


@pytest.mark.parametrize(("text", "means"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_booleans_of_xml_are_yes_and_no(text, means):
    """Folding „ue“ to „u“ once made a word of „true“ that nobody knew."""
    assert yes_or_no(text) is means


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ("", "")),
        ("2026-11-02", ("2026-11-02", "")),
        ("2026-11-02+01:00", ("2026-11-02", "")),
        ("2026-11-02Z", ("2026-11-02", "")),
        ("2026-11-02T00:00:00", ("2026-11-02", "")),
        ("2026-11-02T00:00:00.000+01:00", ("2026-11-02", "")),
        ("2026-11-02T00:00:00Z", ("2026-11-02", "01:00")),
        ("2026-11-01T23:00:00Z", ("2026-11-02", "")),
        ("2026-99-01T00:00:00", ("2026-99-01T00:00:00", "")),
        ("2026-11-02T08:30:00+01:00", ("2026-11-02", "08:30")),
        ("2.11.2026", ("2.11.2026", "")),
        ("bald", ("bald", "")),
    ],
)
def test_day_and_time_in_germany(text, read):
    assert day_and_time(text) == read


def test_first_sentences_sum_a_course_up():
    assert first_sentences("<p>Kurz und gut.</p><ul><li>Recht</li></ul>") == "Kurz und gut."
    assert first_sentences(f"<p>{'Ein Satz mit vielen Worten. ' * 20}</p>").endswith("Worten.")
    assert first_sentences(f"<p>{'Wort ' * 100}</p>") == "Wort " * 59 + "Wort…"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (catalogue(), "Der Katalog enthält keinen einzigen Kurs."),
        (file("openqcat_full.xml")[:5000], f"Zeile 69: {CUT_SHORT}"),
        (
            b"<rss><channel/></rss>",
            "Diese Art von XML kennen wir nicht. Sie beginnt mit „rss“. Wir lesen open-Q-cat und Open-vhs.",
        ),
    ],
)
def test_file_is_refused_before_its_first_course(content, sentence):
    with pytest.raises(FileRefused) as refused:
        opened(content)
    assert str(refused.value) == sentence


def test_zipped_catalogue_is_read_like_the_catalogue():
    content = file("openqcat_full.xml")
    zipped, plain = opened(archive({"katalog.xml": content})), opened(content)
    assert (zipped.facts, list(zipped.entries)) == (plain.facts, list(plain.entries))


def test_visitors_may_not_send_what_unpacks_to_more_than_they_wait_for(monkeypatch):
    """A file of 200 MB packs to the 5 MB that the form takes, and would keep the server busy for a minute."""
    packed = archive({"katalog.xml": file("openqcat_full.xml")})
    monkeypatch.setattr("courses.catalogue.checking.MOST_UNPACKED", 1024)
    with pytest.raises(FileRefused, match="Hier lesen wir höchstens 0 MB"):
        check_file(BytesIO(packed), today=TODAY)
    monkeypatch.undo()
    report = check_file(BytesIO(packed), today=TODAY)
    assert (report.format, report.courses, report.runs, len(report.rejected)) == (
        "open-Q-cat 1.1 (Vollkatalog), ISO-8859-15",
        4,
        3,
        2,
    )


def test_same_file_twice_says_the_same():
    content = file("openqcat_full.xml")
    assert list(opened(content).entries) == list(opened(content).entries)


SMALL = catalogue(service("P1", "true", "K", "2027-01-04"), service("T1", "false", "K", "2027-01-11"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(max_size=4)), min_size=1, max_size=3))
def test_whatever_bytes_are_changed_the_file_is_read_or_refused(changes):
    content = SMALL
    for place, new in changes:
        content = content[:place] + new + content[place + len(new) :]
    try:
        entries = list(opened(content).entries)
    except FileRefused:
        return
    assert all(entry.place for entry in entries if not isinstance(entry, CourseRecord) or entry.title)


def test_memory_does_not_grow_with_the_catalogue(tmp_path):
    """By processes that do nothing else: what the parser keeps outside Python counts too. Long texts, to be quick."""
    path, peaks = tmp_path / "catalogue.xml", {}
    for megabytes in (2, 20):
        write(path, megabytes, sentences=300)
        _, peaks[megabytes] = read_apart(path)
    assert peaks[20] < 1.2 * peaks[2]
