"""Files that are fetched by the clock: what is asked of the server, what is taken over, what waits, what failed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.importing.run import apply_import, preview_import
from courses.importing.sources import UNCHANGED, fetch_soon, read_due_source, read_source
from courses.importing.undo import undo_import
from courses.importing.waiting import PIECE, keep_file, opened_file
from courses.models import ColumnMapping, CourseImport, CoursePage, CourseSource, ImportFilePiece, Topic
from courses.services.take_in_file import KEPT_FOR, forget_files
from courses.tasks import read_course_source
from foundation.fetching.addresses import parse_address
from foundation.fetching.answers import Answer
from foundation.fetching.client import Client
from foundation.fetching.refusals import AddressRefused
from tests.courses.importing.files import NOW, file_of, new_import, record, take_in
from tests.factories.courses import TopicFactory
from tests.hostile_servers import hostile_server

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TABLE = "Kursnummer;Titel;Kurzfassung;Thema;Anmeldung;Beginn\n"
AS_TABLE = "heißt. Speichern Sie die Kursliste bitte als XLSX oder CSV."
ROWS = [
    f"K-{number};Stapler {number};Fahren lernen.;Digitalisierung;https://a.example/{number};12.01.2027\n"
    for number in range(4)
]


def csv(*numbers: int) -> bytes:
    return (TABLE + "".join(ROWS[number] for number in numbers)).encode()


def full(*numbers: int) -> bytes:
    """A full catalogue of these courses."""
    services = "".join(
        f"<SERVICE><PRODUCT_ID>K-{number}</PRODUCT_ID><SERVICE_DETAILS><TITLE>Stapler</TITLE></SERVICE_DETAILS></SERVICE>"
        for number in numbers
    )
    return f'<OPENQCAT><NEW_CATALOG FULLCATALOG="true">{services}</NEW_CATALOG></OPENQCAT>'.encode()


@pytest.fixture
def source(provider) -> CourseSource:
    return CourseSource.objects.create(provider=provider, address="http://127.0.0.1:9/kurse", next_at=NOW)


def read_from(source: CourseSource, behaviour, now=NOW) -> list[bytes]:
    """Reads the source from a server of this behaviour; the requests that it got."""
    with hostile_server(behaviour) as server:
        CourseSource.objects.filter(pk=source.pk).update(address=server.address)
        source.refresh_from_db()
        read_source(source, now=now, client=Client(user_agent="T", user_agents={}, allowed_inside={server.endpoint}))
    source.refresh_from_db()
    return server.requests


def content_of(imported: CourseImport) -> bytes:
    """Of the file that waits."""
    with opened_file(imported.file) as file:
        return file.read()


def references() -> set[str]:
    return set(CoursePage.objects.live().values_list("provider_reference", flat=True))


def test_file_is_taken_over_and_not_again_until_it_changes(source):
    tagged = ('ETag: "a"', "Last-Modified: Mon, 02 Nov 2026 00:00:00 GMT")
    [first] = read_from(source, lambda talk: talk.answer(csv(0, 1), *tagged))
    assert b"If-None-Match" not in first
    assert references() == {"K-0", "K-1"}
    assert (source.outcome, source.failing_since, source.looked_at, source.read_at, source.next_at) == (
        "Eingelesen: 2 neu.",
        None,
        NOW,
        NOW,
        NOW + timedelta(hours=24),
    )
    assert source.format.startswith("CSV")
    assert source.imported.state == CourseImport.State.DONE
    later = NOW + timedelta(days=1)
    [second] = read_from(source, lambda talk: talk.answer(status="304 Not Modified"), later)
    assert b'If-None-Match: "a"\r\nIf-Modified-Since: Mon, 02 Nov 2026 00:00:00 GMT' in second
    assert (source.outcome, source.looked_at, source.read_at) == (UNCHANGED, later, NOW)
    read_from(source, lambda talk: talk.answer(csv(0, 1)), later)
    assert source.outcome == UNCHANGED
    assert CourseImport.objects.count() == 1


def bring_four(source: CourseSource) -> None:
    """As if the source had brought them."""
    apply_import(
        new_import(source.provider, source=source), file_of(*(record(f"K-{each}") for each in range(4))), now=NOW
    )


def test_same_file_is_read_anew_by_other_settings(source):
    """It stayed unread: whoever chose a topic for what has none waited for it in vain."""
    unsorted = csv(0, 1).replace(b"Digitalisierung", b"Bogenbau").replace(b"Kurzfassung", b"Worum")

    def read() -> tuple[str, int]:
        read_from(source, lambda talk: talk.answer(unsorted, 'ETag: "a"'))
        return source.outcome, len(references())

    assert [read(), read()] == [("Eingelesen: 2 neu, 2 davon Entwurf.", 0), (UNCHANGED, 0)]
    ColumnMapping.objects.create(provider=source.provider, columns={"Worum": "summary"})
    assert [read(), read()] == [("Eingelesen: 2 geändert.", 0), (UNCHANGED, 0)]
    source.fallback_topic = Topic.objects.get()
    source.save()
    assert source.state == "noch nicht abgeholt"
    assert [read(), read()] == [("Eingelesen: 2 geändert.", 2), (UNCHANGED, 2)]
    TopicFactory(name="Bogenbau", slug="bogenbau")
    assert [read(), read()] == [("Eingelesen: 2 geändert.", 2), (UNCHANGED, 2)]
    assert set(CoursePage.objects.values_list("topics__name", flat=True)) == {"Bogenbau"}
    fetch_soon(source, now=NOW)
    source.refresh_from_db()
    assert read() == ("Eingelesen: 2 unverändert.", 2)


def test_more_than_the_safety_share_waits_for_a_person(source):
    bring_four(source)
    read_from(source, lambda talk: talk.answer(full(0)))
    assert references() == {"K-0", "K-1", "K-2", "K-3"}
    assert source.outcome == (
        "Wartet auf Ihre Zustimmung: 3 von 4 Kursen fallen weg, mehr als 30 Prozent. Bitte bestätigen Sie, dass das so "
        "sein soll."
    )
    waiting = source.imported
    assert (source.failing_since, waiting.state, content_of(waiting)) == (None, "ready", full(0))
    read_from(source, lambda talk: talk.answer(full(0)))
    assert (source.imported, source.outcome) == (waiting, "Wartet auf Ihre Zustimmung: 1 geändert, 3 fallen weg.")
    read_from(source, lambda talk: talk.answer(full(0, 1, 2)))
    assert references() == {"K-0", "K-1", "K-2"}
    assert not CourseImport.objects.filter(pk=waiting.pk).exists()


def test_file_that_waits_is_kept_in_pieces_and_comes_back_byte_by_byte(provider, django_assert_num_queries):
    large = full(0) + b"<!--" + b"\0\xff".join(b"%d" % number for number in range(250_000)) + b"-->"
    imported = new_import(provider)
    keep_file(imported, BytesIO(large))
    sizes = [len(content) for content in imported.file.pieces.order_by("number").values_list("content", flat=True)]
    assert sizes == [PIECE, len(large) - PIECE]
    with django_assert_num_queries(5):
        assert content_of(CourseImport.objects.get(pk=imported.pk)) == large
    with CaptureQueriesContext(connection) as asked:
        imported.delete()
    assert not ImportFilePiece.objects.exists()
    assert [query["sql"] for query in asked if "content" in query["sql"].replace("content_type", "")] == []


def test_table_with_all_courses_takes_away_what_is_not_in_it_unless_it_is_too_much(source):
    read_from(source, lambda talk: talk.answer(csv(0, 1, 2, 3)))
    read_from(source, lambda talk: talk.answer(csv(0, 1, 2)))
    assert (references(), source.outcome) == ({"K-0", "K-1", "K-2", "K-3"}, "Eingelesen: 3 unverändert.")
    source.is_full = True
    source.save()
    assert (source.digest, source.state) == ("", "noch nicht abgeholt")
    read_from(source, lambda talk: talk.answer(csv(0, 1, 2)))
    assert (references(), source.outcome) == ({"K-0", "K-1", "K-2"}, "Eingelesen: 1 fällt weg, 3 unverändert.")
    read_from(source, lambda talk: talk.answer(csv(0)))
    assert references() == {"K-0", "K-1", "K-2"}
    assert source.outcome.startswith("Wartet auf Ihre Zustimmung: 2 von 3 Kursen fallen weg")


def test_list_of_all_takes_away_only_what_came_from_where_it_comes_from(source, provider):
    """It switched off what another address or another file had brought, every night anew."""
    take_in(provider, [record("K-9")])
    other = CourseSource.objects.create(provider=provider, address="https://b.example/", next_at=NOW)
    take_in(provider, [record("B-1"), record("B-2"), record("B-3"), record("B-4")], source=other)
    read_from(source, lambda talk: talk.answer(full(0, 1, 2, 3)))
    take_in(provider, [record("K-0")], source_name="nachtrag.csv")
    kept = [
        "Nicht in dieser Datei, aber weiter online: 1 Kurs aus Dateien, die jemand gesendet hat, oder von Hand.",
        "Nicht in dieser Datei, aber weiter online: 4 Kurse von der Kursquelle https://b.example/.",
    ]
    assert source.imported.notices == kept
    CoursePage.objects.update(live=True)
    read_from(source, lambda talk: talk.answer(full(1, 2, 3)))
    assert (source.outcome, source.imported.notices) == ("Eingelesen: 1 fällt weg, 3 unverändert.", kept)
    assert references() == {"K-1", "K-2", "K-3", "K-9", "B-1", "B-2", "B-3", "B-4"}
    undo_import(source.imported, now=NOW)
    assert "K-0" in references()
    read_from(source, lambda talk: talk.answer(full(1, 2)))
    assert source.outcome.startswith("Wartet auf Ihre Zustimmung: 2 von 4 Kursen fallen weg")


def test_file_that_is_sent_takes_away_what_no_source_brings_any_more(source, provider):
    take_in(provider, [record("K-9")])
    bring_four(source)
    preview = new_import(provider, is_full=True)
    preview_import(preview, file_of(record("K-8")), now=NOW)
    assert (preview.counts["gone"], preview.notices) == (
        1,
        [f"Nicht in dieser Datei, aber weiter online: 4 Kurse von der Kursquelle {source.address}."],
    )
    take_in(provider, [record("K-8")], is_full=True, gone_is_meant=True)
    assert references() == {"K-0", "K-1", "K-2", "K-3", "K-8"}
    CourseSource.objects.update(is_active=False)
    take_in(provider, [record("K-8")], is_full=True, gone_is_meant=True)
    assert references() == {"K-8"}


def test_format_that_says_so_itself_counts_before_what_editors_say(source):
    CourseSource.objects.update(is_full=True)
    read_from(source, lambda talk: talk.answer(csv(0, 1)))
    update = full(0).replace(b'<NEW_CATALOG FULLCATALOG="true">', b"<UPDATE_CATALOG>")
    read_from(source, lambda talk: talk.answer(update.replace(b"</NEW_CATALOG>", b"</UPDATE_CATALOG>")))
    assert (source.imported.is_full, references()) == (False, {"K-0", "K-1"})


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (
            lambda talk: talk.answer(b"weg", status="404 Not Found"),
            "Der Server antwortet mit dem Fehler 404, nicht mit einer Datei.",
        ),
        (lambda talk: talk.send(b"nonsense\r\n"), "Die Antwort des Servers ist unvollständig oder nicht lesbar."),
        (
            lambda talk: talk.answer(b"<html><p>Bitte melden Sie sich an."),
            f"Das ist eine Seite aus dem Internet (HTML) und keine Tabelle, auch wenn die Datei anders {AS_TABLE}",
        ),
        (
            lambda talk: talk.answer(full(0)[:-30]),
            "Zeile 1: Hier endet die Datei mitten im Text. Vermutlich ist sie nur zum Teil angekommen.",
        ),
    ],
)
def test_failure_is_told_and_takes_nothing(source, behaviour, outcome):
    read_from(source, behaviour)
    assert (source.outcome, source.failing_since, source.next_at) == (outcome, NOW, NOW + HOUR)
    assert source.state == f"gescheitert seit 16. November 2026, 09:00 Uhr: {outcome}"
    assert not CoursePage.objects.exists()
    later = NOW + timedelta(days=1)
    read_from(source, behaviour, later)
    assert (source.failing_since, source.next_at) == (NOW, later + timedelta(hours=24))
    read_from(source, lambda talk: talk.answer(csv(0)), later)
    assert (source.failing_since, source.state) == (None, "Eingelesen: 1 neu.")


def test_file_that_nobody_took_in_for_a_week_is_asked_for_anew(source):
    bring_four(source)
    read_from(source, lambda talk: talk.answer(full(0), 'ETag: "a"'))
    CourseImport.objects.update(created_at=NOW)
    later = NOW + KEPT_FOR + HOUR
    assert forget_files(now=later) == 1
    [asked] = read_from(source, lambda talk: talk.answer(full(0), 'ETag: "a"'), later)
    assert b"If-None-Match" not in asked
    assert content_of(source.imported) == full(0)


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        (lambda sources: sources.update(every=168, is_active=False), [(168, False, "Eingelesen: 1 neu.")]),
        (lambda sources: sources.update(address="https://b.example/"), [(24, True, "")]),
        (lambda sources: sources.update(is_full=True), [(24, True, "")]),
        (lambda sources: sources.all().delete(), []),
    ],
    ids=["changed", "moved", "holds all", "deleted"],
)
def test_what_editors_do_while_it_is_read_stays(source, meanwhile, left):
    class Slow:
        def fetch(self, address, *, headers, seconds, into):
            meanwhile(CourseSource.objects)
            into.write(csv(0))
            return Answer(200, {}, b"", parse_address(address))

    read_source(source, now=NOW, client=Slow())
    assert list(CourseSource.objects.values_list("every", "is_active", "outcome")) == left


def test_one_that_had_to_wait_leaves_no_empty_import_behind(source, provider):
    other = new_import(provider, state="running", claimed_at=NOW)
    for _ in range(2):
        read_from(source, lambda talk: talk.answer(csv(0)))
        assert source.outcome == "Für diesen Anbieter läuft seit 09:00 Uhr schon ein Einlesen. Bitte warten Sie."
    assert CourseImport.objects.exclude(pk=other.pk).count() == 1


def test_only_what_is_due_is_read_one_at_a_time(source, provider):
    other = {"provider": provider, "next_at": NOW - HOUR}
    first = CourseSource.objects.create(address="http://127.0.0.1:9/a", **other)
    CourseSource.objects.create(address="http://127.0.0.1:9/b", is_active=False, **other)
    CourseSource.objects.create(address="http://127.0.0.1:9/c", provider=provider, next_at=NOW + HOUR)
    assert [read_due_source(now=NOW) for _ in range(3)] == [first, source, None]
    first.refresh_from_db()
    assert (first.outcome, first.failing_since, first.next_at) == (AddressRefused.text, NOW, NOW + HOUR)


def test_nobody_reads_what_another_process_has_taken(source):
    twice = CourseSource.objects.get(pk=source.pk)
    assert CourseSource.objects.claim(source, now=NOW, until=NOW + HOUR)
    assert not CourseSource.objects.claim(twice, now=NOW, until=NOW + HOUR)


def test_worker_tells_the_outcome(source):
    assert [read_course_source(), read_course_source()] == [AddressRefused.text, ""]


def test_new_address_is_read_as_if_nothing_was_known(source):
    source.etag, source.digest, source.failing_since = '"a"', "0" * 64, NOW
    source.save()
    source.address = "https://b.example/kurse"
    source.save()
    assert (source.etag, source.digest, source.failing_since, source.state) == ("", "", None, "noch nicht abgeholt")
    source.is_active = False
    assert source.state == "abgeschaltet"
    source.address = "https://nutzer:geheim@b.example/kurse"
    with pytest.raises(ValidationError, match="können wir nicht abholen"):
        source.full_clean()
    source.address = ""
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert len(refused.value.message_dict["address"]) == 1


def test_source_whose_reader_died_says_so_and_is_asked_less_often_in_time(source):
    client = Client(user_agent="T", user_agents={}, allowed_inside=set())
    long_ago = NOW - timedelta(days=1)
    CourseSource.objects.filter(pk=source.pk).update(begun_at=long_ago)
    source.refresh_from_db()
    assert source.state.startswith("Das letzte Lesen wurde unterbrochen.")
    read_due_source(now=NOW, client=client)
    source.refresh_from_db()
    assert (source.begun_at, source.failing_since, source.next_at) == (None, long_ago, NOW + timedelta(hours=24))
