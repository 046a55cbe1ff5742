"""A search as a table: what is in it, that it is read in again unchanged, and what it costs."""

from __future__ import annotations

import csv
import io
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache

from courses.catalogue.opening import open_file
from courses.course_table import record_of
from courses.freshness import COURSES
from courses.models import CoursePage
from courses.selectors import whole_courses
from foundation.limits import Limit
from foundation.spreadsheets import restored
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
TABLE = "/kurse.csv"


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def course(index):
    day = TODAY + timedelta(days=7)
    weekly = {
        "provider_reference": "@1",
        "starts_on": day,
        "ends_on": day + timedelta(days=14),
        "days": "RRULE:FREQ=WEEKLY",
        "start_time": time(17, 30),
        "end_time": time(20, 45),
        "venue": "=cmd|' /C calc'!A0",
        "postcode": "01067",
        "town": "Dresden",
        "seats_min": 3,
        "seats_max": 8,
        "seats_taken": 5,
        "step_free": True,
    }
    return CoursePageFactory(
        parent=index,
        title='Löten; "sicher"',
        provider_reference="+1-2;3",
        contents='<p data-block-key="a1">Recht &amp; <b>Technik</b></p>',
        topics=[TopicFactory(name="Metall, Blech", slug="metall"), TopicFactory(name="Technik", slug="technik")],
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        price_state="amount",
        price=Decimal("1249.50"),
        teaching_units=24,
        dqr_level=4,
        contact_phone="+49 5021 000000",
        part_of_day="evening",
        runs=[weekly, {"starts_on": day + timedelta(days=60), "price_state": "free", "status": "full"}],
    )


def body(client, query=""):
    return b"".join(client.get(TABLE + query).streaming_content)


def rows(client, query=""):
    return list(csv.DictReader(io.StringIO(body(client, query).decode("utf-8-sig")), delimiter=";"))


def test_one_row_for_each_date_that_no_spreadsheet_calculates(client, course):
    response = client.get(TABLE)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="kurse-{TODAY}.csv"'
    assert (response.headers["X-Robots-Tag"], response.cookies) == ("noindex", {})
    assert body(client).startswith(b'\xef\xbb\xbf"Kursnummer";"Titel";')
    first, second = rows(client)
    assert [first[name] for name in ("Kursnummer", "Titel", "Preis", "Telefon", "Themen", "Tageszeit")] == [
        "'+1-2;3",
        'Löten; "sicher"',
        "1.249,50 €",
        "'+49 5021 000000",
        "Metall, Blech; Technik",
        "abends",
    ]
    assert [first[name] for name in ("Uhrzeit von", "Veranstaltungsort", "PLZ", "Plätze belegt", "Stufenlos")] == [
        "17:30",
        "'=cmd|' /C calc'!A0",
        "01067",
        "5",
        "ja",
    ]
    assert [row["Preis des Termins"] for row in (first, second)] == ["", "kostenfrei"]
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in (first, second) for cell in row.values())


def test_what_is_exported_is_read_in_again_without_change(client, course):
    (read,) = open_file(io.BytesIO(body(client)), today=TODAY).entries
    stored = record_of(whole_courses([course.pk], TODAY)[course.pk])
    left_out = {"place", "said", "notices", "unknown", "rows"}
    for name in set(read.__dataclass_fields__) - left_out:
        assert getattr(read, name) == getattr(stored, name), name
    assert read.notices == ()


def test_table_has_the_courses_of_the_list_in_its_order(client, index, course):
    CoursePageFactory(parent=index, title="Drehen", format="online", runs=[TODAY])
    CoursePageFactory(parent=index, title="Geheim", live=False, runs=[TODAY])
    CoursePageFactory(parent=index, title="Fräsen", format="self_paced")
    assert [row["Titel"] for row in rows(client)] == ["Drehen", 'Löten; "sicher"', 'Löten; "sicher"', "Fräsen"]
    assert [row["Titel"] for row in rows(client, "?form=online&form=self_paced&page=3")] == ["Drehen", "Fräsen"]
    assert rows(client, "?text=Quantenphysik") == []
    assert restored(rows(client)[1]["Kursnummer"]) == "+1-2;3"


def test_all_parts_of_a_long_list_are_sent(client, index, monkeypatch):
    monkeypatch.setattr("courses.course_table._AT_ONCE", 2)
    for number in range(5):
        CoursePageFactory(parent=index, title=f"Kurs {number}", runs=[TODAY + timedelta(days=number)])
    assert [row["Titel"] for row in rows(client)] == [f"Kurs {number}" for number in range(5)]


def test_who_has_it_already_hears_so_without_a_query(client, course, django_assert_num_queries):
    known = {"If-None-Match": client.get(TABLE).headers["ETag"]}
    with django_assert_num_queries(0):
        assert client.get(TABLE, headers=known).status_code == 304
    assert client.get(f"{TABLE}?form=online", headers=known).status_code == 200
    COURSES.renew()
    assert client.get(TABLE, headers=known).status_code == 200


def test_who_asks_for_whole_tables_again_and_again_has_to_wait(client, course, monkeypatch):
    monkeypatch.setattr("courses.views.WHOLE_TABLES", Limit("course_table", times=2, seconds=600))
    first = client.get(TABLE)
    assert client.get(f"{TABLE}?form=online").status_code == 200
    refused = client.get(TABLE)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (429, "no-store")
    assert "ETag" not in refused.headers, "an empty answer is no table"
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert client.get(TABLE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(TABLE, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_bad_addresses(client, index):
    assert client.get(f"{TABLE}?text=%00{'x' * 4000}&km=NaN&kreis=%27").status_code == 200
    assert client.post(TABLE).status_code == 405


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(client, index, django_assert_num_queries, items):
    funding, group = FundingKindFactory(), TargetGroupFactory()
    for _ in range(items):
        links = {"funding_kinds": [funding], "target_groups": [group]}
        CoursePageFactory(parent=index, runs=[TODAY + timedelta(days=n) for n in range(items)], **links)
    body(client)
    with django_assert_num_queries(5):
        assert body(client).count(b"\n") == items * items + 1
    assert CoursePage.objects.count() == items
