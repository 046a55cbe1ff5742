"""Public pages of providers and of ways to have a course paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from courses import selectors
from courses.models import ProviderMark
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    QualityMarkFactory,
)
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PROVIDER, FUNDING = "/anbieter/weserbogen-bildung/", "/foerderungen/bildungsgutschein/"


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def provider(index):
    provider = ProviderFactory(description="Wir lehren.", phone="05151 1", email="kurse@weserbogen.example")
    mark = QualityMarkFactory()
    ProviderMark.objects.create(provider=provider, mark=mark, valid_until=TODAY)
    ended = QualityMarkFactory(name="Altes Siegel", slug="alt")
    ProviderMark.objects.create(provider=provider, mark=ended, valid_until=TODAY - timedelta(days=1))
    return provider


def text_of(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_provider_tells_of_itself_its_marks_and_its_courses(client, index, provider):
    CoursePageFactory(parent=index, title="Seiner", provider=provider, runs=[TODAY])
    CoursePageFactory(parent=index, title="Entwurf", provider=provider, live=False)
    CoursePageFactory(parent=index, title="Fremder", provider=ProviderFactory(name="Anderer", slug="anderer"))
    text = text_of(client, PROVIDER)
    assert "<h1>Weserbogen Bildung</h1>" in text
    assert 'href="/kurse/"' in text
    for said in ("Wir lehren.", "AZAV", "Seiner", 'rel="canonical" href="http://127.0.0.1:8000/anbieter/', "05151 1"):
        assert said in text, said
    for hidden in ("Altes Siegel", "Entwurf", "Fremder", "kurse@weserbogen.example"):
        assert hidden not in text, hidden


@pytest.mark.parametrize("website", ["", "https://weserbogen-bildung.example/"])
def test_provider_without_words_leads_to_the_website_that_it_has(client, index, website):
    ProviderFactory(website=website)
    assert ("erfahren Sie auf seiner Website" in text_of(client, PROVIDER)) == bool(website)


def test_funding_says_its_rule_its_date_and_its_courses(client, index):
    kind = FundingKindFactory(details="Fragen Sie vorher.")
    CoursePageFactory(parent=index, title="Gefördert", funding_kinds=[kind], runs=[TODAY])
    CoursePageFactory(parent=index, title="Ohne", runs=[TODAY])
    text = text_of(client, FUNDING)
    for said in (kind.rule, "Stand 2. November 2026", "§ 81 SGB III", "Fragen Sie vorher.", "Gefördert"):
        assert said in text, said
    assert "Ohne" not in text


@pytest.mark.parametrize(
    ("address", "label", "query"),
    [
        (PROVIDER, "Alle 3 Kurse dieses Anbieters", "anbieter=weserbogen-bildung"),
        (FUNDING, "Alle 3 Kurse mit dieser Förderung", "foerderung=bildungsgutschein"),
    ],
)
def test_courses_that_are_not_shown_are_one_link_away(client, index, provider, monkeypatch, address, label, query):
    """The page ended with the sixtieth, as if there were no more."""
    kind = FundingKindFactory()
    for _ in range(3):
        CoursePageFactory(parent=index, provider=provider, funding_kinds=[kind], runs=[TODAY])
    way = f'<a href="/kurse/?{query}">{label}</a>'
    assert way not in text_of(client, address)
    monkeypatch.setattr(selectors, "SHOWN_AT_ONCE", 2)
    text = text_of(client, address)
    assert way in text
    assert text.count("course-card__facts") == 2
    assert "<strong>3 Kurse</strong> gefunden" in text_of(client, f"/kurse/?{query}")


@pytest.mark.parametrize("address", ["/anbieter/keiner/", "/foerderungen/keine/"])
def test_unknown_name_leads_nowhere(client, index, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [PROVIDER, FUNDING])
def test_posting_is_refused_and_no_cookie_is_set(client, index, provider, address):
    FundingKindFactory()
    assert client.post(address).status_code == 405
    assert not client.get(address).cookies


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_courses(client, index, provider, django_assert_num_queries, number):
    kind = FundingKindFactory()
    for _ in range(number):
        CoursePageFactory(parent=index, provider=provider, funding_kinds=[kind], runs=[TODAY])
    for address, queries in ((PROVIDER, 8), (FUNDING, 7)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_sitemap_lists_who_offers_something_and_every_funding(client, index, provider):
    FundingKindFactory()
    assert PROVIDER not in client.get("/sitemap.xml").content.decode()
    course = CoursePageFactory(parent=index, provider=provider, runs=[TODAY - timedelta(days=1)])
    cache.clear()
    text = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://127.0.0.1:8000{PROVIDER}</loc>" in text
    assert f"<loc>http://127.0.0.1:8000{FUNDING}</loc>" in text
    assert course.url not in text, "its page says noindex"


def test_search_finds_them(client, index, provider):
    FundingKindFactory()
    assert PROVIDER in client.get("/suche/?q=Weserbogen").content.decode()
    assert FUNDING in client.get("/suche/?q=Bildungsgutschein").content.decode()
