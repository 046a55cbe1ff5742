"""A search as Atom: what is in it, who is told that nothing changed, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone

from courses.models import CoursePage
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site

pytestmark = pytest.mark.django_db
FEED = "/feeds/kurse/atom.xml"
BASE = "http://127.0.0.1:8000"
NAMES = {"a": "http://www.w3.org/2005/Atom"}
CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def course(index):
    runs = [
        {"starts_on": timezone.localdate() + timedelta(days=3), "town": "Hameln", "status": "full"},
        {"starts_on": timezone.localdate() + timedelta(days=9), "town": "Syke", "seats_max": 8, "seats_taken": 6}
        | {"guaranteed": True},
    ]
    course = CoursePageFactory(parent=index, title="Löten & <mehr>", slug="loeten", price_state="free", runs=runs)
    CoursePage.objects.update(first_published_at=CHANGED - timedelta(days=9), last_published_at=CHANGED)
    return course


def texts(element, *names):
    return [element.findtext(f"a:{name}", namespaces=NAMES) for name in names]


def read(client, address=FEED):
    feed = ElementTree.fromstring(client.get(address).content)
    return feed, feed.findall("a:entry", NAMES)


def test_feed_of_all_courses(client, index, course):
    response = client.get(FEED)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert (response.headers["X-Robots-Tag"], response.cookies) == ("noindex", {})
    feed, (entry,) = read(client)
    assert texts(feed, "id", "title", "updated") == [
        f"urn:uuid:{index.translation_key}",
        "Kurse von MehrWert",
        "2026-11-20T09:30:00+00:00",
    ]
    assert texts(entry, "id", "title", "published", "updated", "summary") == [
        f"urn:uuid:{course.translation_key}",
        "Löten & <mehr>",
        "2026-11-11T09:30:00+00:00",
        "2026-11-20T09:30:00+00:00",
        "Zwei Tage, danach können Sie mehr.",
    ]
    (content,) = texts(entry, "content")
    assert ", Hameln (ausgebucht)</li>" in content
    assert ", Syke (findet statt, noch 2 Plätze)</li>" in content
    assert "<p>vor Ort · kostenfrei · Weserbogen Bildung</p>" in content
    assert '<a href="http://testserver/kurse/loeten/">' in content


def test_feed_of_a_search_says_so_and_has_what_the_list_finds(client, index, course):
    CoursePageFactory(parent=index, title="Drehen", format="online")
    feed, entries = read(client, f"{FEED}?form=online&form=unsinn&text=dreehen&page=7")
    query = "?text=dreehen&form=online"
    assert texts(feed, "id", "title") == [f"{BASE}{FEED}{query}", "Kurse von MehrWert: Drehen · online"]
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", NAMES)} == {
        "alternate": f"http://testserver/kurse/{query}",
        "self": f"{BASE}{FEED}{query}",
    }
    assert [texts(entry, "title") for entry in entries] == [["Drehen"]]


def test_the_last_changed_come_first_and_no_more_than_fit(client, index, course, monkeypatch):
    for number in (1, 3, 2):
        other = CoursePageFactory(parent=index, title=f"Kurs {number}")
        CoursePage.objects.filter(pk=other.pk).update(last_published_at=CHANGED + timedelta(days=number))
    monkeypatch.setattr("courses.course_feed.ENTRIES", 3)
    assert [texts(entry, "title") for entry in read(client)[1]] == [["Kurs 3"], ["Kurs 2"], ["Kurs 1"]]


def test_nothing_found_is_a_whole_feed_of_no_day(client, index):
    feed, entries = read(client, f"{FEED}?text=Quantenphysik")
    assert (texts(feed, "updated"), entries) == (["1970-01-01T00:00:00+00:00"], [])


def test_who_has_it_already_hears_so(client, course):
    known = {"If-None-Match": client.get(FEED).headers["ETag"]}
    assert client.get(FEED, headers=known).status_code == 304
    CoursePage.objects.update(summary="Anderes.")
    assert client.get(FEED, headers=known).status_code == 200


def test_pages_of_the_list_name_the_feed_and_the_calendar_of_what_they_show(client, course):
    text = client.get("/kurse/?text=Löten&form=on_site&page=1").content.decode()
    query = "?text=L%C3%B6ten&amp;form=on_site"
    rel = 'rel="alternate" type="application/atom+xml" title="Feed: Kurse, Löten · vor Ort"'
    assert f'<link {rel} href="{FEED}{query}">' in text
    assert f'href="{FEED}{query}" rel="nofollow">Feed' in text
    assert f'href="/kurse.ics{query}" rel="nofollow">Kalender laden' in text
    assert f'href="webcal://127.0.0.1:8000/kurse.ics{query}" rel="nofollow">Kalender abonnieren' in text


def test_bad_addresses(client, index):
    assert client.get(f"{FEED}?text=%00{'x' * 4000}&km=NaN&kreis=%27").status_code == 200
    assert client.post(FEED).status_code == 405
    index.delete()
    assert client.get(FEED).status_code == 404


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(client, index, django_assert_num_queries, items):
    for _ in range(items):
        CoursePageFactory(parent=index, runs=[timezone.localdate() + timedelta(days=3)])
    client.get(FEED)
    with django_assert_num_queries(6):
        client.get(FEED)


def test_characters_that_xml_forbids_cost_no_feed(client, course):
    """A vertical tab out of a slide in one title was an error for all readers."""
    CoursePage.objects.update(title="Löten\x0bfür alle", summary="Zwei\x1f Tage")
    _, (entry,) = read(client)
    assert texts(entry, "title", "summary") == ["Löten für alle", "Zwei  Tage"]
