"""The files of all courses: what they hold, that a failure leaves the last ones, how they and their page are served."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import cache

from courses.models import CourseSettings
from courses.open_data.dump import folder, latest_dump
from courses.open_data.writing import write_dump
from courses.selectors import whole_courses
from courses.tasks import write_open_data
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site
from tests.home.markup import Markup
from tests.schema_org import complaints

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 2, 15, tzinfo=UTC)
PAGE, LINES, TABLE = "/offene-daten/", "/offene-daten/kurse.jsonl.gz", "/offene-daten/kurse.csv.gz"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(autouse=True)
def night(tmp_path, settings):
    cache.clear()
    settings.OPEN_DATA_DIR = tmp_path / "offen"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def index():
    CourseSettings.objects.create(open_data_licence=CC_BY)
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def courses(index):
    CoursePageFactory(
        parent=index,
        title="Stapler fahren",
        slug="stapler",
        provider_reference="S-1",
        price_state="amount",
        price="189.00",
        runs=[date(2026, 12, 7), date(2026, 12, 8), date(2026, 11, 1)],
    )
    CoursePageFactory(parent=index, title="=Excel", slug="excel", runs=[date(2026, 12, 1)])
    CoursePageFactory(parent=index, title="Entwurf", live=False)


def unpacked(answer) -> str:
    return gzip.decompress(b"".join(answer.streaming_content)).decode()


def test_lines_are_the_data_of_the_pages(client, courses):
    assert write_open_data() == 2
    lines = [json.loads(line) for line in unpacked(client.get(LINES)).splitlines()]
    pages = [Markup(client.get(f"/kurse/{slug}/").content.decode()).data[-1] for slug in ("stapler", "excel")]
    assert lines == pages
    assert [complaints(line) for line in lines] == [[], []]
    assert [len(line["hasCourseInstance"]) for line in lines] == [2, 1]
    assert "offers" not in lines[1]


def test_table_has_a_row_for_each_date_and_no_formula(client, courses):
    write_open_data()
    rows = list(csv.DictReader(StringIO(unpacked(client.get(TABLE)).removeprefix("\ufeff")), delimiter=";"))
    said = [(row["Titel"], row["Beginn"], row["Preis"]) for row in rows]
    assert said == [
        ("Stapler fahren", "07.12.2026", "189,00 €"),
        ("Stapler fahren", "08.12.2026", "189,00 €"),
        ("'=Excel", "01.12.2026", "nicht bekannt"),
    ]


def test_without_a_licence_nothing_is_written_or_offered(client, courses):
    write_open_data()
    CourseSettings.objects.update(open_data_licence="")
    cache.clear()
    text = client.get(PAGE).content.decode()
    assert "Hier gibt es zurzeit nichts herunterzuladen." in text
    assert 'content="noindex"' in text
    assert "kurse.csv.gz" not in text
    assert client.get(LINES).status_code == 404
    before = latest_dump()
    assert write_open_data() == 0
    assert latest_dump() == before


def test_sitemap_has_the_page_once_it_offers_something(client, courses):
    assert PAGE not in client.get("/sitemap.xml").content.decode()
    write_open_data()
    cache.clear()
    assert f"<loc>http://127.0.0.1:8000{PAGE}</loc>" in client.get("/sitemap.xml").content.decode()
    CourseSettings.objects.update(open_data_licence="")
    cache.clear()
    assert PAGE not in client.get("/sitemap.xml").content.decode()


def test_few_courses_are_held_at_once(client, index):
    made = [CoursePageFactory(parent=index, slug=f"kurs-{each}", runs=[date(2026, 12, 1)]) for each in range(5)]
    sizes = []

    def counted(keys, today):
        sizes.append(len(keys))
        return whole_courses(keys, today)

    with patch("courses.open_data.writing._AT_ONCE", 2), patch("courses.open_data.writing.whole_courses", counted):
        write_dump(now=NOW)
    assert sizes == [2, 2, 1]
    names = [json.loads(line)["name"] for line in unpacked(client.get(LINES)).splitlines()]
    assert names == [course.title for course in made]


def test_before_the_first_night(client, index):
    assert "Die ersten Dateien entstehen in der kommenden Nacht." in client.get(PAGE).content.decode()
    assert client.get(LINES).status_code == 404


@pytest.mark.parametrize("spoilt", [b"", b'{"made_at": "2026-11-26T02:15:00Z", "files": []}'])
def test_list_that_nobody_can_read_is_none(client, courses, spoilt):
    """Of another release, or of a machine that lost its power. The page and the sitemap failed."""
    write_open_data()
    (folder() / "liste.json").write_bytes(spoilt)
    assert "Die ersten Dateien entstehen in der kommenden Nacht." in client.get(PAGE).content.decode()
    assert (client.get(LINES).status_code, client.get("/sitemap.xml").status_code) == (404, 200)


def test_failure_leaves_the_last_dump_whole(client, courses):
    write_dump(now=NOW)
    files = sorted(path.name for path in folder().iterdir())
    with patch("courses.open_data.writing.course_data", side_effect=OSError("Platte voll")):
        with pytest.raises(OSError, match="Platte voll"):
            write_dump(now=NOW + timedelta(days=1))
    assert sorted(path.name for path in folder().iterdir()) == files
    assert len(unpacked(client.get(LINES)).splitlines()) == 2


def test_next_dump_takes_the_place_of_the_last(client, index, courses):
    write_dump(now=NOW)
    reading = client.get(LINES)
    CoursePageFactory(parent=index, slug="neu", runs=[date(2026, 12, 1)])
    write_dump(now=NOW + timedelta(days=1))
    assert len(list(folder().iterdir())) == 3
    assert len(unpacked(reading).splitlines()) == 2
    assert len(unpacked(client.get(LINES)).splitlines()) == 3


def test_file_says_its_length_and_is_not_sent_twice(client, courses):
    write_dump(now=NOW)
    whole = client.get(LINES)
    body = b"".join(whole.streaming_content)
    wanted = {
        "Content-Type": "application/gzip",
        "Content-Length": str(len(body)),
        "Content-Disposition": 'attachment; filename="kurse.jsonl.gz"',
        "ETag": f'"{hashlib.sha256(body).hexdigest()}"',
        "Last-Modified": "Thu, 26 Nov 2026 02:15:00 GMT",
        "Cache-Control": "public, max-age=900",
        "Access-Control-Allow-Origin": "*",
        "X-Robots-Tag": "noindex",
    }
    assert {name: whole[name] for name in wanted} == wanted
    assert "Content-Encoding" not in whole
    assert client.get(LINES, headers={"if-none-match": whole["ETag"]}).status_code == 304
    assert client.post(LINES).status_code == 405
    assert client.get("/offene-daten/liste.json").status_code == 404


def test_page_says_what_there_is(client, courses):
    write_dump(now=NOW)
    text = client.get(PAGE).content.decode()
    markup = Markup(text)
    assert markup.complaints == []
    for said in ("2 Kurse mit 3 Terminen", "26. November 2026, 03:15 Uhr", "CC BY 4.0", 'rel="license external"'):
        assert said in text, said
    dataset = markup.data[-1]
    assert (dataset["@type"], dataset["license"]) == ("Dataset", CC_BY)
    dump = latest_dump()
    assert [(each["contentUrl"], each["sha256"]) for each in dataset["distribution"]] == [
        (f"http://127.0.0.1:8000{LINES}", dump.files[0].sha256),
        (f"http://127.0.0.1:8000{TABLE}", dump.files[1].sha256),
    ]
    assert all(file.sha256 in text for file in dump.files)


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, index, django_assert_num_queries, number):
    for each in range(number):
        CoursePageFactory(parent=index, slug=f"kurs-{each}", runs=[date(2026, 12, 1)])
    client.get("/kurse/")
    with django_assert_num_queries(7):
        write_dump(now=NOW)
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)
    with django_assert_num_queries(0):
        client.get(LINES).close()
