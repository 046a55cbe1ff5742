"""„Kursliste prüfen“: a report for anyone, and nothing left behind."""

from __future__ import annotations

import csv
from io import BytesIO
from threading import BoundedSemaphore

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses import file_check
from courses.catalogue import checking
from courses.catalogue.columns import COLUMNS
from tests.courses.catalogue.workbook_files import workbook

pytestmark = pytest.mark.django_db

LIST = (
    "Kursnummer;Titel;Beginn;Ort;Preis;Farbe\n"
    "1;Löten;3.12.2026;Hoya;99 €;rot\n"
    "1;Löten;10.12.2026;Syke;99 €;rot\n"
    "2;Drehen;32.12.2026;;0;\n"
    "3;;;;;\n"
)
BETWEEN = "Hier ist nur eine Zelle gefüllt: Das ist wohl eine Zwischenüberschrift und kein Kurs."
ZERO = "Eine 0 kann „kostenfrei“ heißen oder „nicht bekannt“; schreiben Sie bitte, was gilt."


@pytest.fixture(autouse=True)
def no_request_yet(db):
    """What earlier requests kept is of no account."""
    cache.clear()


@pytest.fixture(autouse=True)
def checked_here(monkeypatch):
    """The process in which files are checked has tests of its own (catalogue/test_apart.py)."""
    monkeypatch.setattr(
        file_check, "check_apart", lambda content, today: checking.check_file(BytesIO(content), today=today)
    )


def send(client, content, name="liste.csv", **more):
    upload = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("courses:file_check"), {"file": upload, **more})


def facts(response):
    page = BeautifulSoup(response.content, "html.parser")
    rows = page.select('section[aria-labelledby="bericht"] dl.facts > div')
    return {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in rows}


def rows_of_everything():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_page_asks_for_a_file_and_explains_the_columns(client, django_assert_num_queries):
    client.get("/kurse/datei-pruefen/")
    with django_assert_num_queries(1):
        response = client.get("/kurse/datei-pruefen/")
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.string == "Kursliste prüfen"
    assert [term.string for term in page.select("dl.facts dt")] == [column.name for column in COLUMNS]
    assert page.select_one("input[type=file]")["accept"] == ".csv,.tsv,.txt,.xlsx,.xml,.zip"
    assert not response.cookies


def test_report_says_what_was_read_and_what_was_not(client):
    response = send(client, LIST)
    assert response.status_code == 200
    assert facts(response) == {
        "Format": "CSV mit Semikolon, UTF-8",
        "Gelesen": "2 Kurse mit 2 Terminen",
        "Nicht angenommen": "1 Zeile",
        "Ohne „Kurzfassung“": "2 Kurse braucht ein Kurs, bevor er erscheint",
        "Ohne „Themen“": "2 Kurse braucht ein Kurs, bevor er erscheint",
        "Ohne „Preis“": "1 Kurs braucht ein Kurs, bevor er erscheint",
        "Ohne „Anmeldelink“": "2 Kurse braucht ein Kurs, bevor er erscheint",
        "Ohne „PLZ“": "1 Kurs eine Suche in der Nähe findet ihn nicht",
        "Zeile 5": f"{BETWEEN} Kursnummer: 3",
        "Kursnummer": "Kursnummer",
        "Titel": "Titel",
        "Beginn": "Beginn",
        "Ort": "Ort",
        "Preis": "Preis",
        "Farbe": "lesen wir nicht",
        "Zeilen 2, 3": "Löten 03.12.2026 Hoya, 10.12.2026 Syke · 99 €",
        "Zeile 4": "Drehen ohne Termin · Preis nicht bekannt",
    }
    page = BeautifulSoup(response.content, "html.parser")
    assert [item.string for item in page.select('section[aria-labelledby="bericht"] .prose li')] == [
        "Diese Spalten lesen wir nicht: „Farbe“.",
        "Bevor ein neuer Kurs erscheint, braucht er noch: „Kurzfassung“, „Themen“, „Form“, „Anmeldelink“.",
        f"Zeile 4, Spalte „Preis“, „0“: {ZERO}",
        "Zeile 4, Spalte „Beginn“, „32.12.2026“: Diesen Tag gibt es im Kalender nicht.",
    ]


def test_nothing_of_the_file_stays(client, settings, tmp_path, monkeypatch):
    """No row, no file, no cookie: not even a temporary file is made, however large the upload is."""
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    before = rows_of_everything()
    for content, name in ((LIST, "liste.csv"), (workbook(("Titel",), ("Kurs",)), "liste.xlsx"), ("Unsinn", "x.csv")):
        response = send(client, content, name)
        assert response.headers["Cache-Control"] == "no-store, private"
        assert not response.cookies
    assert rows_of_everything() == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_report_costs_no_more_for_more_courses(client, django_assert_num_queries, number):
    rows = "".join(f"{each};Kurs {each}\n" for each in range(number))
    client.get("/kurse/datei-pruefen/")
    with django_assert_num_queries(1):
        send(client, "Kursnummer;Titel\n" + rows)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Die Datei ist leer."),
        (
            b"%PDF-1.7",
            "Das ist ein PDF und keine Tabelle. Speichern Sie die Kursliste bitte als XLSX oder CSV.",
        ),
    ],
)
def test_file_that_is_none_comes_back_with_a_sentence(client, content, sentence):
    response = send(client, content)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one(".field__error").string == sentence
    assert page.select_one("[data-error-summary] a").string == f"Ihre Datei: {sentence}"


def test_form_without_a_file(client):
    response = client.post(reverse("courses:file_check"))
    assert response.status_code == 422
    assert "Bitte wählen Sie eine Datei aus." in response.content.decode()


def test_program_that_fills_in_everything(client):
    response = send(client, LIST, homepage="https://spam.example")
    assert response.status_code == 422
    assert "Ein verborgenes Feld war ausgefüllt" in response.content.decode()


def test_large_file_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(file_check, "MOST_BYTES", 1024 * 1024)
    response = send(client, "Titel\n" + "x" * (1024 * 1024 + 70_000))
    assert response.status_code == 413
    assert "Die Datei ist größer als 1 MB. Bitte prüfen Sie einen Teil davon." in response.content.decode()


def test_one_network_checks_so_many_files(client, monkeypatch):
    monkeypatch.setattr(file_check, "CHECKS", file_check.Limit("course-file-check", times=1, seconds=3600))
    assert send(client, LIST).status_code == 200
    response = send(client, LIST)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 3600


def test_checks_leave_threads_for_the_pages(client, monkeypatch):
    """Each file takes a thread as long as it is read; all of them were anybody's to take."""
    monkeypatch.setattr(file_check, "AT_ONCE", BoundedSemaphore(1))
    assert send(client, LIST).status_code == send(client, LIST).status_code == 200
    file_check.AT_ONCE.acquire()
    response = send(client, LIST)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Gerade werden viele Dateien geprüft." in response.content.decode()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://["}])
def test_form_of_another_site_is_refused(client, headers):
    """An origin that is no address was an error."""
    assert client.post(reverse("courses:file_check"), headers=headers).status_code == 403


def test_long_file_is_checked_at_its_beginning(client, monkeypatch):
    monkeypatch.setattr(checking, "MOST_CHECKED", 2)
    monkeypatch.setattr(file_check, "MOST_CHECKED", 2)
    response = send(client, "Titel;Ort\n" + "".join(f"Kurs {number};Syke\n" for number in range(3)))
    assert facts(response)["Gelesen"] == "2 Kurse mit 0 Terminen"
    assert "Hier prüfen wir nur die ersten 2 Zeilen" in response.content.decode()


def test_report_of_many_remarks_names_how_many_there_are(client, monkeypatch):
    monkeypatch.setattr(checking, "MOST_SHOWN", 2)
    monkeypatch.setattr(file_check, "MOST_SHOWN", 2)
    response = send(client, "Titel;Preis;Ort\n" + "Kurs;0;\n" * 3 + ";1;Syke\n" * 3)
    page = BeautifulSoup(response.content, "html.parser")
    assert facts(response)["Nicht angenommen"] == "3 Zeilen"
    assert [cut.string for cut in page.find_all("p") if "Gezeigt" in cut.get_text()] == [
        "Gezeigt sind die ersten 2 von 3.",
        "Gezeigt sind die ersten 2 von 5.",
    ]


def test_name_of_the_file_is_text(client):
    response = send(client, LIST, '"><script>alert(1)</script>.csv')
    assert "<script>alert" not in response.content.decode()


def test_template_has_all_columns_and_is_understood(client):
    response = client.get("/kurse/datei-pruefen/vorlage.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="kursliste-vorlage.csv"'
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == [column.name for column in COLUMNS]
    report = send(client, response.content)
    assert facts(report)["Gelesen"] == "1 Kurs mit 1 Termin"
    assert "Alles verstanden." in report.content.decode()
