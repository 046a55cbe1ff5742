"""When the courses in the memory of a process are read anew, and who waits for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from courses import stock as holding
from courses import stock_reader
from courses.freshness import COURSES, PAGES
from courses.models import CoursePage, CourseRun, CourseWords, Provider, ProviderMark, Synonym, Topic
from courses.stock import stock
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, QualityMarkFactory, SynonymFactory
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, OfficeFactory, PostcodeFactory

TODAY = date(2026, 11, 26)


@pytest.fixture
def index(db, committed):
    with committed():
        PostcodeFactory(code="27232", places="Sulingen")
        SynonymFactory()
        index = CourseCataloguePageFactory(parent=new_site())
        for title in ("Gabelstapler fahren", "Kranführer"):
            CoursePageFactory(parent=index, title=title, runs=[date(2026, 12, 7)])
    return index


CHANGES = {
    "course": lambda: CoursePage.objects.first().save(),
    "many courses": lambda: CoursePage.objects.update(part_of_day="evening"),
    "title alone": lambda: CoursePage.objects.filter(title="Kranführer").update(title="Baggerführer"),
    "not live any more": lambda: CoursePage.objects.filter(title="Kranführer").update(live=False),
    "restriction": lambda: PageViewRestriction.objects.create(
        page=CoursePage.objects.first(), restriction_type="login"
    ),
    "dates": lambda: CourseRun.objects.update(status="full"),
    "words": lambda: CourseWords.objects.update(words={}),
    "link": lambda: CoursePage.topics.through.objects.all().delete(),
    "provider": lambda: Provider.objects.update(name="Neu"),
    "topic": lambda: Topic.objects.update(name="Neu"),
    "mark": lambda: ProviderMark.objects.create(provider=Provider.objects.first(), mark=QualityMarkFactory()),
    "address": lambda: CoursePage.objects.filter(title="Kranführer").update(url_path="/startseite/kurse/kran/"),
    "site": lambda: Site.objects.update(hostname="kurse.example"),
    "synonym": lambda: Synonym.objects.all().delete(),
    "district": lambda: DistrictFactory(slug="neu", name="Neu"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_the_list_shows_is_read_anew(index, committed, change):
    before = stock(TODAY)
    with committed():
        change()
    assert stock(TODAY) is not before
    with CaptureQueriesContext(connection) as captured:
        stock(TODAY)
    assert not captured.captured_queries


def test_what_else_is_written_has_nothing_read(index, committed, django_assert_num_queries):
    before = stock(TODAY)
    with committed():
        OfficeFactory()
    with django_assert_num_queries(0):
        assert stock(TODAY) is before


def test_other_pages_have_titles_read_and_no_more(index, committed, django_assert_num_queries):
    """News were published, and each process read ten thousand courses."""
    before = stock(TODAY)
    with committed():
        index.title = "Alle Kurse"
        index.save()
    with django_assert_num_queries(2):  # one of them for restrictions
        assert stock(TODAY) is before
    with django_assert_num_queries(0):
        assert stock(TODAY) is before


def test_queries_are_the_same_for_any_number_of_courses(index, django_assert_num_queries):
    for number in (2, 3):
        cache.clear()
        with django_assert_num_queries(10):  # one of them for restrictions
            assert len(stock(TODAY).keys) == number
        CoursePageFactory(parent=index, runs=[date(2026, 12, 8)] * 3)


@pytest.fixture
def no_cache(monkeypatch):
    """It fails: nothing is found again."""
    monkeypatch.setattr(cache, "get", lambda *_, **__: None)
    monkeypatch.setattr(cache, "set", lambda *_, **__: None)


def test_without_a_cache_courses_are_held_for_a_minute(index, no_cache):
    """Every visit read all of them."""
    before = stock(TODAY)
    assert stock(TODAY) is before
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert stock(TODAY) is not before


def test_without_a_cache_a_process_knows_what_it_wrote_itself(index, no_cache, committed):
    before = stock(TODAY)
    with committed():
        CourseRun.objects.update(status="full")
    assert stock(TODAY) is not before


@pytest.mark.parametrize("mark", [COURSES, PAGES])
def test_a_statement_that_nobody_can_read_renews_each_mark(mark, db, committed):
    before = mark.value()
    with committed(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE aside (id integer)")
    assert mark.value() != before


class Reading:
    """Stands for the reader; it comes to its end when it is let."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.found = Event(), Event(), []

    def __call__(self, today: date) -> object:
        self.begun.set()
        self.may_end.wait(timeout=30)
        self.found.append(object())
        return self.found[-1]


@pytest.fixture
def reading(monkeypatch):
    """Something is held already, and since then a course has been saved."""
    reading = Reading()
    monkeypatch.setattr(holding, "_held", None)
    monkeypatch.setattr(holding, "headlines", lambda: 0)
    monkeypatch.setattr(holding, "read_stock", lambda today: "old")
    assert stock(TODAY) == "old"
    monkeypatch.setattr(holding, "read_stock", reading)
    COURSES.renew()
    return reading


def test_threads_read_the_courses_once_and_who_saved_waits(reading):
    """Each of them read all courses by itself after a change."""
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(stock, TODAY) for _ in range(4)]
        assert reading.begun.wait(timeout=30)
        reading.may_end.set()
        assert [each.result() for each in asked] == reading.found * 4


def test_visitors_do_not_wait_while_another_thread_reads(reading):
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(stock, TODAY, may_be_old=True)
        assert reading.begun.wait(timeout=30)
        assert stock(TODAY, may_be_old=True) == "old"
        reading.may_end.set()
        assert first.result() is reading.found[0]
        assert stock(TODAY, may_be_old=True) is reading.found[0]


def test_nobody_is_shown_yesterday(reading):
    reading.may_end.set()
    tomorrow = TODAY + timedelta(days=1)
    with patch.object(holding, "_loading", wraps=holding._loading) as lock:
        assert stock(tomorrow, may_be_old=True) is reading.found[0]
    assert lock.acquire.call_args.kwargs == {}


def test_words_that_are_written_while_courses_are_read_are_no_error(index, committed, monkeypatch):
    with committed():
        CourseWords.objects.all().delete()
    monkeypatch.setattr(stock_reader._Reader, "_unwritten", {})
    assert len(stock(TODAY).keys) == 2
