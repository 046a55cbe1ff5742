"""Which statements give the content a new mark, and when."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.db import connection, transaction

from foundation.caching.marks import CONTENT
from foundation.caching.writes import WriteWatch, marks_altered, watch_writes
from home.models import FundingNotice
from tests.factories.offices import DistrictFactory, OfficeFactory


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('SELECT "id" FROM "offices_office" FOR UPDATE', False),
        # PostgreSQL's form of a union, which the pages of free times ask: each visit emptied the cache.
        ('(SELECT "id" FROM "offices_office") UNION ALL (SELECT 1)', False),
        ("  (( SELECT 1) UNION (SELECT 2))", False),
        ("BEGIN IMMEDIATE", False),
        ('SAVEPOINT "s1"', False),
        ("PRAGMA foreign_keys = ON", False),
        ('UPDATE "offices_office" SET "name" = %s', True),
        ('INSERT INTO "offices_office" ("name") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "offices_office_districts" VALUES (%s)', True),
        ("delete from offices_office", True),
        ('\n  UPDATE wagtailcore_page SET path = ""', True),
        ('INSERT INTO "django_session" VALUES (%s)', False),
        ('UPDATE "booking_appointment" SET "status" = %s', False),
        ('DELETE FROM "wagtailcore_referenceindex" WHERE "id" = %s', False),
        ('WITH gone AS (DELETE FROM "offices_office") SELECT 1', True),
        ('TRUNCATE "offices_office"', True),
    ],
)
def test_in_doubt_a_statement_alters_the_content(sql, expected):
    assert (CONTENT in marks_altered(sql)) is expected


CHANGES = {
    "one row": OfficeFactory,
    "many rows": lambda: FundingNotice.objects.update(sentence="Neu"),
    "rows at once": lambda: FundingNotice.objects.bulk_create([FundingNotice(sentence="x", valid_from="2026-01-01")]),
    "link": lambda: OfficeFactory(districts=[DistrictFactory()]),
    "statement": lambda: connection.cursor().execute("UPDATE home_fundingnotice SET sentence = 'Neu'"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_write_renews_the_mark_when_it_is_committed(committed, change):
    before = CONTENT.value()
    with committed():
        change()
        assert CONTENT.value() == before, "not before the change is committed"
    assert CONTENT.value() != before


@pytest.mark.django_db
def test_what_is_rolled_back_alters_nothing_and_hides_no_later_change(committed):
    before = CONTENT.value()
    with committed(), transaction.atomic():
        OfficeFactory()
        transaction.set_rollback(True)
    assert CONTENT.value() == before
    with committed():
        OfficeFactory()
    assert CONTENT.value() != before


@pytest.mark.django_db
def test_many_writes_renew_the_mark_once(committed, monkeypatch):
    renewed = []
    monkeypatch.setattr("foundation.caching.marks.cache.set", lambda *values: renewed.append(values[0]))
    with committed():
        FundingNotice.objects.update(sentence="a")
        FundingNotice.objects.update(sentence="b")
    assert renewed == [CONTENT.key]


def test_a_connection_that_comes_back_is_watched_once():
    watch_writes(connection)
    watch_writes(connection)
    assert [type(wrapper) for wrapper in connection.execute_wrappers].count(WriteWatch) == 1


@pytest.mark.django_db
def test_bug_a_connection_outside_the_settings_can_write():
    """PostgreSQL's test database is created through one that has no entry there."""
    before = CONTENT.value()
    with closing(connection.copy(alias="__no_db__")) as apart:
        WriteWatch()(lambda *_: None, "CREATE DATABASE test", None, False, {"connection": apart})
    assert CONTENT.value() != before
