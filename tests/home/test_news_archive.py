"""The list of news by topic, district, year and month: addresses, counts, pages, and what search engines hear."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from home.models import NewsIndexPage
from home.news_archive import Choice, Selection, archive
from tests.factories.courses import TopicFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, new_site
from tests.factories.offices import DistrictFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clean_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def index(monkeypatch) -> NewsIndexPage:
    """Four news of two topics, two districts and three months, two on a page, and one that is nobody's business."""
    monkeypatch.setattr("home.news_archive.NEWS_PER_PAGE", 2)
    index = NewsIndexPageFactory(parent=new_site())
    digital, people = TopicFactory(name="Digitalisierung", slug="digital"), TopicFactory(name="Köpfe", slug="koepfe")
    TopicFactory(name="Energie", slug="energie")
    vechta = DistrictFactory(name="Vechta", slug="vechta", position=1)
    hameln = DistrictFactory(name="Hameln-Pyrmont", slug="hameln-pyrmont", position=2)
    for title, day, topics, district in (
        ("Eins", date(2022, 2, 21), [digital, people], None),
        ("Zwei", date(2026, 10, 31), [digital], vechta),
        ("Drei", date(2026, 11, 1), [digital], hameln),
        ("Vier", date(2026, 11, 30), [], vechta),
    ):
        NewsPageFactory(
            parent=index,
            title=title,
            date=day,
            topics=topics,
            district=district,
            slug=title.lower(),
            teaser_picture=None,
        )
    NewsPageFactory(parent=index, title="Entwurf", live=False, topics=[people], date=date(2019, 1, 1))
    hidden = NewsPageFactory(parent=index, title="Intern", topics=[people], date=date(2019, 1, 1))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    return index


def shown(index: NewsIndexPage, **chosen) -> dict[str, list[tuple[str, str, int, bool]]]:
    found = archive(index, Selection(**chosen), None)
    return {
        facet.name: [(choice.label, choice.url, choice.number, choice.is_chosen) for choice in facet.choices]
        for facet in found.facets
    }


def test_choices_count_what_they_lead_to(index):
    assert shown(index) == {
        "Thema": [
            ("Digitalisierung", "/nachrichten/thema/digital/", 3, False),
            ("Köpfe", "/nachrichten/thema/koepfe/", 1, False),
        ],
        "Landkreis": [
            ("Vechta", "/nachrichten/landkreis/vechta/", 2, False),
            ("Hameln-Pyrmont", "/nachrichten/landkreis/hameln-pyrmont/", 1, False),
        ],
        "Jahr": [("2026", "/nachrichten/2026/", 3, False), ("2022", "/nachrichten/2022/", 1, False)],
        "Monat": [],
    }


def test_choices_carry_one_another(index):
    there = "/nachrichten/thema/digital/"
    assert shown(index, topic="digital", year=2026, month=11) == {
        "Thema": [("Digitalisierung", f"{there}2026/11/", 1, True)],
        "Landkreis": [("Hameln-Pyrmont", f"{there}landkreis/hameln-pyrmont/2026/11/", 1, False)],
        "Jahr": [("2026", f"{there}2026/", 2, True), ("2022", f"{there}2022/", 1, False)],
        "Monat": [("November", f"{there}2026/11/", 1, True), ("Oktober", f"{there}2026/10/", 1, False)],
    }
    facets = archive(index, Selection(topic="digital", year=2026, month=11), None).facets
    assert [(facet.all_label, facet.all_url) for facet in facets] == [
        ("Alle Themen", "/nachrichten/2026/11/"),
        ("Alle Landkreise", f"{there}2026/11/"),
        ("Alle Jahre", there),
        ("Das ganze Jahr", f"{there}2026/"),
    ]


LISTS = {
    "": ["Vier", "Drei"],
    "?page=2": ["Zwei", "Eins"],
    "thema/digital/": ["Drei", "Zwei"],
    "thema/digital/?page=2": ["Eins"],
    "landkreis/vechta/": ["Vier", "Zwei"],
    "thema/digital/landkreis/vechta/2026/10/": ["Zwei"],
    "2026/11/": ["Vier", "Drei"],
    "2022/": ["Eins"],
    "thema/energie/": [],
}
NOWHERE = [
    *("?page=3", "?page=0", "?page=x", "?page=-1", "2026/?page=3", "2021/", "2022/03/", "2026/13/", "0999/"),
    *("thema/unbekannt/", "landkreis/unbekannt/", "thema/koepfe/2026/", "landkreis/vechta/thema/digital/"),
    "2019/",  # a draft and a page that only some may read
]
FOR_SEARCH_ENGINES = {
    # Asked, the one address of it, whether it is listed.
    "": ("", True),
    "?page=1": ("", True),
    "?page=2": ("?page=2", True),
    "?quelle=rundbrief": ("", True),
    "thema/digital/?page=2": ("thema/digital/?page=2", True),
    "landkreis/vechta/": ("landkreis/vechta/", True),
    "thema/digital/landkreis/vechta/": ("thema/digital/landkreis/vechta/", False),
    "thema/energie/": ("thema/energie/", False),
    "2026/": ("2026/", False),
    "2026/11/": ("2026/11/", False),
}


def test_addresses(client, index):
    for path, found in LISTS.items():
        response = client.get(f"/nachrichten/{path}")
        assert [news.title for news in response.context["news"]] == found, path
        assert Markup(response.content.decode()).complaints == [], path


def test_what_is_not_there_is_not_found(client, index):
    assert {path: client.get(f"/nachrichten/{path}").status_code for path in NOWHERE} == dict.fromkeys(NOWHERE, 404)


def test_search_engines_hear_one_address_for_each_list(client, index):
    for path, (canonical, is_listed) in FOR_SEARCH_ENGINES.items():
        text = client.get(f"/nachrichten/{path}").content.decode()
        assert f'<link rel="canonical" href="http://testserver/nachrichten/{canonical}">' in text, path
        assert ('<meta name="robots" content="noindex, follow">' not in text) is is_listed, path


def test_who_shares_or_prints_a_list_passes_on_that_list(client, index):
    text = client.get("/nachrichten/thema/digital/?page=2").content.decode()
    address = "http://testserver/nachrichten/thema/digital/?page=2"
    assert f'<meta property="og:url" content="{address}">' in text
    assert f"Diese Seite im Netz: {address}</p>" in text


def test_title_and_heading_say_what_is_chosen(client, index):
    text = client.get("/nachrichten/thema/digital/?page=2").content.decode()
    assert "<title>Nachrichten: Digitalisierung – Seite 2 – MehrWert</title>" in text
    assert "<h1>Nachrichten: Digitalisierung</h1>" in text
    assert '3 Nachrichten. <a href="/nachrichten/">Alle Nachrichten zeigen</a>' in text
    text = client.get("/nachrichten/thema/digital/2026/11/").content.decode()
    assert "<h1>Nachrichten: Digitalisierung, November 2026</h1>" in text


def test_a_choice_without_news_is_still_marked(index):
    choices = archive(index, Selection(topic="energie"), None).facets[0].choices
    assert [choice for choice in choices if choice.is_chosen] == [
        Choice("Energie", "/nachrichten/thema/energie/", 0, is_chosen=True)
    ]
