"""„Kurse einlesen“ in the admin: from the file to the report and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import tasks
from courses.import_admin import MOST_POSTED
from courses.importing.sources import read_source
from courses.models import ColumnMapping, CourseImport, CoursePage, CourseSource, ImportFile
from courses.models.course_import import LEASE
from courses.services import take_in_file
from courses.services.take_in_file import KEPT_FOR, forget_files
from foundation.fetching.answers import Answer
from home.groups import ensure_groups
from tests.bench.catalogues import write
from tests.courses.importing.files import NOW, new_import, record, take_in
from tests.factories.accounts import advisor_with_account, client_of, editor
from tests.factories.courses import ProviderFactory

pytestmark = pytest.mark.django_db
HEAD = "Nr;Name des Angebots;Kurzfassung;Thema;Anmeldung;Beginn"
ROWS = (
    "K-1;Gabelstapler fahren;In drei Tagen.;Digitalisierung;https://a.example/1;12.01.2027",
    "K-2;;=HYPERLINK(1);Digitalisierung;https://a.example/2;13.01.2027",
)
LIST = "/admin/einlesen/"


@pytest.fixture
def client(provider):
    ensure_groups()
    return client_of(editor())


@pytest.fixture(autouse=True)
def worker(monkeypatch) -> Iterator[SimpleNamespace]:
    """Does at once what it is given."""
    monkeypatch.setattr(
        "courses.services.take_in_file.async_task",
        lambda name, *values, save, timeout: getattr(tasks, name.rpartition(".")[2])(*values),
    )
    return SimpleNamespace()


def send(client, provider, *lines: str, **values: str):
    file = SimpleUploadedFile("kurse.csv", "\n".join([HEAD, *lines]).encode("cp1252"))
    return client.post(LIST, {"provider": provider.pk, "file": file, **values})


def test_from_the_file_to_the_report_and_back(client, provider):
    columns = send(client, provider, *ROWS).headers["Location"]
    page = client.get(columns).content.decode()
    assert "Name des Angebots" in page
    number = CourseImport.objects.get().pk
    fields = {"spalte-0": "reference", "spalte-1": "title", "spalte-2": "summary", "spalte-3": "topics"}
    twice = client.post(columns, fields | {"spalte-4": "title"}).content.decode()
    assert "Mehr als eine Spalte ist jetzt: Titel." in twice
    detail = client.post(columns, fields | {"spalte-4": "booking_link", "spalte-5": "starts_on"}).headers["Location"]
    assert ColumnMapping.objects.get().columns["Name des Angebots"] == "title"
    preview = client.get(detail).content.decode()
    assert "1 neu, 1 abgelehnt" in preview
    assert 'href="?was=rejected">abgelehnt (1)</a>' in preview
    assert ("Gabelstapler fahren" in client.get(f"{detail}?was=rejected").content.decode()) is False
    assert CoursePage.objects.count() == 0
    done = client.post(f"{detail}einlesen/", follow=True).content.decode()
    assert "Eingelesen:" in done
    assert (CoursePage.objects.get().title, ImportFile.objects.count()) == ("Gabelstapler fahren", 0)
    rejected = client.get(f"{detail}abgelehnt.csv").content.decode("utf-8-sig").splitlines()
    assert rejected[0].endswith('"Warum"')
    assert '"\'=HYPERLINK(1)"' in rejected[1]
    undone = client.post(f"{detail}zuruecknehmen/", follow=True).content.decode()
    assert "Zurückgenommen:" in undone
    assert (CoursePage.objects.count(), CourseImport.objects.get(pk=number).state) == (0, "undone")


def test_a_file_that_is_none_is_refused_with_a_sentence(client, provider):
    file = SimpleUploadedFile("kurse.csv", b"%PDF-1.7 ...")
    answer = client.post(LIST, {"provider": provider.pk, "file": file})
    assert answer.status_code == 200
    assert "Das ist ein PDF und keine Tabelle." in answer.content.decode()
    assert CourseImport.objects.count() == 0


def test_catalogue_beyond_the_bound_of_all_forms_is_taken_in_pieces_from_importers_alone(
    client, provider, settings, tmp_path, monkeypatch
):
    """A megabyte stands for a hundred; the bounds are as much smaller."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr("foundation.uploads.MOST_BYTES", 100_000)
    catalogue = tmp_path / "katalog.xml"
    number = write(catalogue, 1)
    content, pieces = catalogue.read_bytes(), []
    accept = take_in_file.accept_file

    def watched(*, content, **values):
        return accept(content=(pieces.append(len(piece)) or piece for piece in content), **values)

    monkeypatch.setattr("courses.services.take_in_file.accept_file", watched)

    def answer(to: str = LIST, by=client, **values: str):
        return by.post(to, {"file": SimpleUploadedFile("katalog.xml", content), "provider": provider.pk, **values})

    detail = answer().headers["Location"]
    assert f"{-(-number // 3)} neu" in client.get(detail).content.decode()
    assert (sum(pieces), max(pieces)) == (len(content), 64 * 1024)
    assert CourseImport.objects.get().digest == sha256(content).hexdigest()

    assert answer("/admin/documents/add/").status_code == 413
    for other in (client_of(advisor_with_account().user), Client()):
        other.handler.enforce_csrf_checks = True  # which reads the form before any view is asked
        other.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
        assert answer(by=other).status_code == 413
    monkeypatch.setattr("courses.import_forms.LARGEST", 500_000)
    kept = answer(is_full="on").content.decode()
    assert "Die Datei ist größer als 200 MB. Bitte teilen Sie sie." in kept
    assert f'<option value="{provider.pk}" selected>' in kept
    assert CourseImport.objects.count() == 1


def test_f26_more_than_any_catalogue_is_refused_before_it_is_read(client):
    head = {"content_type": "multipart/form-data; boundary=grenze", "CONTENT_LENGTH": str(MOST_POSTED + 1)}
    assert client.generic("POST", LIST, b"--grenze", **head).status_code == 413


def test_many_falling_away_have_to_be_confirmed(client, provider):
    take_in(provider, [record("A-1"), record("A-2")])
    columns = send(client, provider, ROWS[0], is_full="on").headers["Location"]
    fields = ("reference", "title", "summary", "topics", "booking_link", "starts_on")
    detail = client.post(columns, {f"spalte-{index}": field for index, field in enumerate(fields)}).headers["Location"]
    assert "2 fallen weg" in client.get(detail).content.decode()
    asked = client.post(f"{detail}einlesen/", follow=True).content.decode()
    assert "Bitte bestätigen Sie zuerst" in asked
    client.post(f"{detail}einlesen/", {"wegfall": "on"})
    assert CoursePage.objects.live().get().provider_reference == "K-1"


def test_a_list_of_all_can_be_taken_in_without_taking_anything_away(client, provider):
    take_in(provider, [record("A-1"), record("A-2")])
    detail = previewed(client, provider, is_full="on")
    assert "Einlesen, aber nichts wegnehmen" in client.get(detail).content.decode()
    done = client.post(f"{detail}einlesen/", {"behalten": ""}, follow=True).content.decode()
    assert "</strong> 1 neu" in done
    assert "2 fallen weg" not in done
    assert "Was in der Datei fehlt, ist geblieben. So wurde es gewählt." in done
    assert CoursePage.objects.live().count() == 3


def previewed(client, provider, **values: str) -> str:
    """The address of an import that waits for consent."""
    columns = send(client, provider, ROWS[0], **values).headers["Location"]
    fields = ("reference", "title", "summary", "topics", "booking_link", "starts_on")
    return client.post(columns, {f"spalte-{index}": field for index, field in enumerate(fields)}).headers["Location"]


def test_who_waits_beside_another_import_of_the_provider_is_told(client, provider):
    detail = previewed(client, provider)
    new_import(provider, state="running", claimed_at=timezone.now())
    page = client.post(f"{detail}einlesen/", follow=True)
    assert "läuft seit" in page.content.decode()
    assert "Refresh" not in page.headers
    CourseImport.objects.exclude(counts={}).update(state="done")
    assert "läuft seit" in client.post(f"{detail}zuruecknehmen/", follow=True).content.decode()


def test_page_waits_for_what_was_refused_once_and_is_begun_again(client, provider, monkeypatch):
    detail = previewed(client, provider)
    CourseImport.objects.update(problem="Ein anderes Mal.", state="failed")
    assert "Abgebrochen, übernommen ist nichts.</strong> Geplant war: 1 neu" in client.get(detail).content.decode()
    monkeypatch.setattr("courses.services.take_in_file.async_task", lambda *_, **__: None)
    page = client.post(f"{detail}einlesen/", follow=True)
    assert page.headers["Refresh"] == "3"
    assert "<strong>Beginnt gleich:</strong> 1 neu" in page.content.decode()


def test_nothing_is_taken_in_that_nobody_has_looked_at(client, provider):
    detail = send(client, provider, ROWS[0]).headers["Location"].removesuffix("spalten/")
    page = client.get(detail).content.decode()
    assert "Vorschau steht noch aus" in page
    assert "Jetzt einlesen" not in page
    client.post(f"{detail}einlesen/")
    assert CoursePage.objects.count() == 0


def test_page_shows_how_far_it_is(client, provider):
    detail = previewed(client, provider)
    CourseImport.objects.update(state="running", claimed_at=timezone.now(), counts={"new": 40, "changed": 2})
    CourseImport.objects.get().note_progress(17)
    page = client.get(detail).content.decode()
    assert '<progress max="42" value="17" aria-label="Fortschritt">17 von 42</progress> 17 von 42 Kursen.' in page


def test_columns_of_the_last_table_are_chosen_for_the_next_one_that_is_sent_or_fetched(client, provider):
    table = b"Eins;Zwei;Titel\nStapler;Kurz.;Nicht dies"
    for chosen in ([[], [], ["title"]], [["title"], ["summary"], []]):
        sent = client.post(LIST, {"provider": provider.pk, "file": SimpleUploadedFile("kurse.csv", table)})
        _, *columns = client.get(sent.headers["Location"]).content.decode().split('<select name="spalte-')
        assert [re.findall(r'<option value="(\w+)" selected>', column) for column in columns] == chosen
        client.post(sent.headers["Location"], {"spalte-0": "title", "spalte-1": "summary", "spalte-2": ""})
    source = CourseSource.objects.create(provider=provider, address="http://127.0.0.1:9/kurse", next_at=NOW)
    fetched = SimpleNamespace(fetch=lambda *_, into, **__: into.write(table) and Answer(200, {}, b"", None))
    read_source(source, now=NOW, client=fetched)
    assert CoursePage.objects.get().title == "Stapler"


def test_whose_file_is_gone_can_only_be_sent_again(client, provider):
    detail = previewed(client, provider)
    ImportFile.objects.all().delete()
    page = client.get(detail).content.decode()
    assert "Die Datei ist nicht mehr hier." in page
    assert "Jetzt einlesen" not in page


def test_what_broke_off_says_what_is_in(client, provider):
    detail = previewed(client, provider)
    CourseImport.objects.update(state="running", claimed_at=timezone.now() - LEASE)
    assert "Das Einlesen ist abgebrochen. Übernommen ist nichts" in client.get(detail).content.decode()
    CourseImport.objects.update(finished_at=timezone.now())
    page = client.get(detail).content.decode()
    assert "Das Zurücknehmen ist abgebrochen. Es ist noch alles eingelesen" in page
    assert "Alles zurücknehmen" in page


def test_columns_that_hold_several_parts_can_be_chosen_and_are_suggested(client, provider):
    file = SimpleUploadedFile("kurse.csv", b"Titel;Termin;Dauer\nStapler;12.-14.01.2027;3 Tage")
    columns = client.post(LIST, {"provider": provider.pk, "file": file}).headers["Location"]
    page = client.get(columns).content.decode()
    for value, name in (("date_text", "Termin (Tage und Zeiten)"), ("duration", "Dauer (mit Einheit)")):
        assert f'<option value="{value}" selected>{name}</option>' in page
    detail = client.post(columns, {"spalte-0": "title", "spalte-1": "date_text"}).headers["Location"]
    client.post(f"{detail}einlesen/")
    assert CoursePage.objects.get().runs.get().ends_on == date(2027, 1, 14)


def test_columns_of_the_same_heading_are_told_apart(client, provider):
    file = SimpleUploadedFile("kurse.csv", b"Titel;Text;Text\nStapler;Kurz.;Lang.")
    columns = client.post(LIST, {"provider": provider.pk, "file": file}).headers["Location"]
    page = client.get(columns).content.decode()
    assert [name in page for name in ("Text (Spalte B)", "Text (Spalte C)", "Titel (Spalte A)")] == [True, True, False]
    detail = client.post(columns, {"spalte-0": "title", "spalte-2": "summary"}).headers["Location"]
    client.post(f"{detail}einlesen/")
    assert CoursePage.objects.get().summary == "Lang."


def test_catalogue_in_xml_has_no_columns_and_is_looked_at_at_once(client, provider):
    xml = b"<OPENQCAT><NEW_CATALOG><SERVICE><PRODUCT_ID>K-1</PRODUCT_ID><SERVICE_DETAILS><TITLE>Stapler</TITLE>"
    xml += b"</SERVICE_DETAILS></SERVICE></NEW_CATALOG></OPENQCAT>"
    file = SimpleUploadedFile("kurse.xml", xml)
    page = client.post(LIST, {"provider": provider.pk, "file": file}, follow=True).content.decode()
    assert "1 neu" in page
    assert "Jetzt einlesen" in page
    assert "Spalten" not in page


def test_all_rows_of_a_refused_course_come_back_whole(client, provider):
    other = ProviderFactory(name="Moorland Akademie", slug="moorland-akademie")
    text = f"Nummer;Titel;Anbieter;Beginn\nK-1;Stapler;{other.name};12.01.2027\nK-1;Stapler;{other.name};13.01.2027"
    columns = client.post(LIST, {"provider": provider.pk, "file": SimpleUploadedFile("kurse.csv", text.encode())})
    fields = {"spalte-0": "reference", "spalte-1": "title", "spalte-2": "provider", "spalte-3": "starts_on"}
    detail = client.post(columns.headers["Location"], fields).headers["Location"]
    assert "2 abgelehnt" in client.get(detail).content.decode()
    rows = client.get(f"{detail}abgelehnt.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == '"Nummer";"Titel";"Anbieter";"Beginn";"Warum"'
    for row, day in zip(rows[1:], ("12.01.2027", "13.01.2027"), strict=True):
        assert row.startswith(f'"K-1";"Stapler";"{other.name}";"{day}";"Der Kurs gehört laut Datei zu')


def test_only_editors_and_administrators_take_courses_in(provider):
    ensure_groups()
    imported = take_in(provider, [record("K-1")])
    advisor = client_of(advisor_with_account("beratung").user)
    for address in (
        LIST,
        f"{LIST}{imported.pk}/",
        f"{LIST}{imported.pk}/spalten/",
        f"{LIST}{imported.pk}/abgelehnt.csv",
    ):
        assert advisor.get(address).status_code == 302
    source = CourseSource.objects.create(provider=provider, address="http://127.0.0.1:9/kurse", next_at=NOW)
    for address in (
        f"{LIST}{imported.pk}/einlesen/",
        f"{LIST}{imported.pk}/zuruecknehmen/",
        f"/admin/kursquellen/holen/{source.pk}/",
    ):
        assert advisor.post(address).status_code == 302
    source.refresh_from_db()
    assert (source.next_at, source.looked_at) == (NOW, None)
    assert CoursePage.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_as_for_few(client, provider, number):
    imports = [take_in(provider, [record(f"K-{each}-{other}") for other in range(number)]) for each in range(number)]
    counts = []
    client.get(LIST)
    for address in (LIST, f"{LIST}{imports[0].pk}/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts == [13, 17]


def test_a_file_that_nobody_takes_in_is_forgotten(client, provider):
    send(client, provider, ROWS[0])
    now = timezone.now()
    assert (forget_files(now=now), forget_files(now=now + KEPT_FOR)) == (0, 1)


def test_preview_is_made_by_the_worker_and_outlives_its_death_once(client, provider, monkeypatch):
    columns = send(client, provider, ROWS[0]).headers["Location"]
    tasks_asked: list[str] = []
    monkeypatch.setattr("courses.services.take_in_file.async_task", lambda name, *_, **__: tasks_asked.append(name))
    fields = ("reference", "title", "summary", "topics", "booking_link", "starts_on")
    page = client.post(columns, {f"spalte-{index}": field for index, field in enumerate(fields)}, follow=True)
    assert tasks_asked == ["courses.tasks.look_at_file"]
    assert page.headers["Refresh"] == "3"
    assert "Die Datei wird gelesen." in page.content.decode()
    imported = CourseImport.objects.get()
    for attempts in (1, 2):  # processes that died with it
        CourseImport.objects.update(attempts=attempts, claimed_at=timezone.now() - LEASE)
        detail = client.get(f"{LIST}{imported.pk}/").content.decode()
        assert "Die Vorschau ist abgebrochen. Die Datei ist noch da" in detail
        assert "Weiter zur Vorschau" in detail
    tasks.look_at_file(imported.pk)
    assert "zweimal unterbrochen" in CourseImport.objects.get().problem
    client.post(columns, {"spalte-0": "reference", "spalte-1": "title"})
    CourseImport.objects.update(attempts=1, claimed_at=timezone.now() - LEASE)
    for _ in range(2):  # the same task comes twice
        tasks.look_at_file(imported.pk)
        imported.refresh_from_db()
        assert (imported.state, imported.attempts, imported.counts["new"]) == ("ready", 2, 1)


def test_what_takes_longer_than_the_worker_allows_says_so(client, provider, monkeypatch):
    detail = previewed(client, provider)
    ended = SystemExit("Task exceeded maximum timeout value")
    monkeypatch.setattr("courses.services.take_in_file.read_apart", Mock(side_effect=ended))
    with pytest.raises(SystemExit):
        client.post(f"{detail}einlesen/")
    page = client.get(detail).content.decode()
    assert "Das Einlesen hat zu lange gedauert und wurde beendet. Übernommen ist nichts." in page
    assert "Jetzt einlesen" in page


def test_report_and_undo_end_after_their_time(client, provider, settings):
    imported = take_in(provider, [record("K-1")])
    CourseImport.objects.update(created_at=timezone.now() - timedelta(days=settings.COURSE_IMPORT_REPORT_DAYS))
    assert tasks.forget_import_files() == 1
    page = client.get(f"{LIST}{imported.pk}/").content.decode()
    assert "Der Bericht ist gelöscht" in page
    assert "Alles zurücknehmen" not in page
    client.post(f"{LIST}{imported.pk}/zuruecknehmen/")
    assert CoursePage.objects.count() == 1


def test_source_is_fetched_at_a_click(client, provider, monkeypatch):
    source = CourseSource.objects.create(
        provider=provider, address="http://127.0.0.1:9/kurse", next_at=timezone.now() + LEASE
    )
    monkeypatch.setattr("courses.importing.sources.async_task", lambda name, pk, **_: tasks.read_course_source(pk))
    page = client.get("/admin/kursquellen/").content.decode()
    assert f'action="/admin/kursquellen/holen/{source.pk}/"' in page
    assert source.next_look in page
    assert "Wie es lief" not in client.get("/admin/kursquellen/new/").content.decode()
    page = client.post(f"/admin/kursquellen/holen/{source.pk}/", follow=True).content.decode()
    assert "Die Datei wird jetzt geholt." in page
    assert "gescheitert seit" in page
    CourseSource.objects.update(begun_at=timezone.now())
    page = client.post(f"/admin/kursquellen/holen/{source.pk}/", follow=True).content.decode()
    assert "Diese Datei wird gerade schon geholt." in page
    assert "wird gerade geholt" in page
