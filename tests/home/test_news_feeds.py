"""The news as Atom and as JSON Feed: what is in them, who is told that nothing changed, and what is not found."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.core.cache import cache

from home.models import NewsIndexPage, NewsPage
from tests.factories.courses import TopicFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, new_site
from tests.factories.offices import DistrictFactory

pytestmark = pytest.mark.django_db
ATOM = "/feeds/nachrichten/atom.xml"
JSON = "/feeds/nachrichten/feed.json"
BASE = "http://127.0.0.1:8000"
CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NAMES = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def clean_cache(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def index() -> NewsIndexPage:
    return NewsIndexPageFactory(parent=new_site(), lead="Was sich tut.")


@pytest.fixture
def news(index) -> NewsPage:
    page = NewsPageFactory(
        parent=index,
        title="Wir & <ihr>",
        slug="wir",
        date=date(2026, 11, 1),
        lead="Mehr als „Kurse“ & Co.",
        author_initials="mm",
        topics=[TopicFactory()],
        district=DistrictFactory(name="Vechta", slug="vechta"),
    )
    NewsPage.objects.update(last_published_at=CHANGED)
    return page


def test_atom(client, news):
    response = client.get(ATOM)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 09:30:00 GMT"
    assert response.cookies == {}
    feed = ElementTree.fromstring(response.content)
    entry = feed.find("a:entry", NAMES)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert [feed.findtext(f"a:{name}", namespaces=NAMES) for name in ("title", "subtitle", "updated")] == [
        "Nachrichten von MehrWert",
        "Was sich tut.",
        "2026-11-20T09:30:00+00:00",
    ]
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", NAMES)} == {
        "alternate": "http://testserver/nachrichten/",
        "self": BASE + ATOM,
    }
    assert {
        name: entry.findtext(f"a:{name}", namespaces=NAMES) for name in ("id", "title", "published", "summary")
    } == {
        "id": f"urn:uuid:{news.translation_key}",
        "title": "Wir & <ihr>",
        "published": "2026-11-01T00:00:00+01:00",
        "summary": "Mehr als „Kurse“ & Co.",
    }
    assert entry.find("a:link", NAMES).get("href") == "http://testserver/nachrichten/wir/"
    assert [category.get("term") for category in entry.findall("a:category", NAMES)] == ["Digitalisierung", "Vechta"]
    content = entry.findtext("a:content", namespaces=NAMES)
    assert f'<img src="{BASE}/media/images/' in content
    assert "<figcaption>Illustration: MehrWert</figcaption>" in content
    assert "<p>Mehr als „Kurse“ &amp; Co.</p>" in content


def test_json_feed(client, news):
    response = client.get(JSON)
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    feed = json.loads(response.content)
    item = feed.pop("items")[0]
    content, image = item.pop("content_html"), item.pop("image")
    assert image.startswith(f"{BASE}/media/images/")
    assert image in content
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Nachrichten von MehrWert",
        "description": "Was sich tut.",
        "home_page_url": "http://testserver/nachrichten/",
        "feed_url": BASE + JSON,
        "language": "de",
        "authors": [{"name": "MehrWert"}],
    }
    assert item == {
        "id": f"urn:uuid:{news.translation_key}",
        "url": "http://testserver/nachrichten/wir/",
        "title": "Wir & <ihr>",
        "summary": "Mehr als „Kurse“ & Co.",
        "date_published": "2026-11-01T00:00:00+01:00",
        "date_modified": "2026-11-20T09:30:00+00:00",
        "authors": [{"name": "mm"}],
        "tags": ["Digitalisierung", "Vechta"],
    }


@pytest.mark.parametrize("address", [ATOM, JSON])
def test_who_has_it_already_hears_so(client, news, address, django_capture_on_commit_callbacks):
    first = client.get(address)
    for asked in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = client.get(address, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
    with django_capture_on_commit_callbacks(execute=True):
        news.title = "Ganz neu"
        news.save_revision().publish()
    after = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert "Ganz neu" in after.content.decode()


def test_feed_of_a_topic_and_a_district(client, index, news):
    NewsPageFactory(parent=index, title="Anderswo", topics=[TopicFactory()])
    path = "/feeds/nachrichten/thema/digitalisierung/landkreis/vechta/feed.json"
    feed = json.loads(client.get(path).content)
    assert [item["title"] for item in feed["items"]] == ["Wir & <ihr>"]
    assert feed["title"] == "Nachrichten von MehrWert – Digitalisierung – Vechta"
    assert feed["home_page_url"] == "http://testserver/nachrichten/thema/digitalisierung/landkreis/vechta/"
    assert feed["feed_url"] == BASE + path
    listed = client.get("/nachrichten/thema/digitalisierung/landkreis/vechta/").content.decode()
    assert (
        f'<link rel="alternate" type="application/feed+json" title="JSON Feed: Nachrichten" href="{BASE}{path}">'
        in listed
    )


def test_nothing_is_not_found(client, index):
    NewsPageFactory(parent=index, title="Entwurf", live=False)
    assert json.loads(client.get(JSON).content)["items"] == []
    assert client.get(ATOM).content == client.get(ATOM).content
    for path in ("thema/gibt-es-nicht/atom.xml", "landkreis/gibt-es-nicht/feed.json", "rss.xml"):
        assert client.get(f"/feeds/nachrichten/{path}").status_code == 404
    assert client.post(ATOM).status_code == 405
    index.unpublish()
    cache.clear()
    assert client.get(ATOM).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, index, django_assert_num_queries, number):
    for _ in range(number):
        NewsPageFactory(parent=index, topics=[TopicFactory()])
    client.get(ATOM)
    cache.clear()
    with django_assert_num_queries(7):
        client.get(ATOM)
    with django_assert_num_queries(0):
        client.get(ATOM)
