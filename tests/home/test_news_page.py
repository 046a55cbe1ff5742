"""A piece of news: what goes with it, what machines read of it, and how it is passed on."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from foundation.documents import kind_and_size
from foundation.sharing import ShareLink, share_links
from foundation.templatetags.structured_data_tags import structured_data
from home.models import NewsIndexPage, NewsPage
from home.reading import reading_minutes
from home.surroundings import related_news
from tests.factories.courses import TopicFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, new_site, picture_value, stream
from tests.factories.offices import DistrictFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
PERSON = {"name": "Till Beispiel", "role": "Presse", "phone": "0511 000-1", "mobile": "", "email": ""}


@pytest.fixture(autouse=True)
def clean_cache(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def index() -> NewsIndexPage:
    return NewsIndexPageFactory(parent=new_site(), press_contact=stream(("person", PERSON)))


def news(index: NewsIndexPage, title: str, **values) -> NewsPage:
    return NewsPageFactory(parent=index, title=title, slug=title.lower(), teaser_picture=None, **values)


def test_related_share_a_topic_then_the_district_then_are_new(index):
    topic, vechta = TopicFactory(), DistrictFactory(name="Vechta", slug="vechta")
    page = news(index, "Diese", topics=[topic], district=vechta, date=date(2026, 11, 20))
    news(index, "Neu", date=date(2026, 11, 19))
    news(index, "Nah", district=vechta, date=date(2025, 1, 1))
    news(index, "Alt", topics=[topic], date=date(2023, 1, 1))
    news(index, "Entwurf", topics=[topic], live=False)
    assert [found.title for found in related_news(page, [topic.pk])] == ["Alt", "Nah", "Neu"]


def test_editors_choose_what_goes_with_it(index):
    others = [news(index, title) for title in ("Eins", "Zwei", "Entwurf", "Intern")]
    others[2].unpublish()
    PageViewRestriction.objects.create(page=others[3], restriction_type=PageViewRestriction.LOGIN)
    page = news(index, "Diese", related=stream(*[("news", other.pk) for other in reversed(others)]))
    assert [found.title for found in related_news(page, [])] == ["Zwei", "Eins"]


def test_machines_read_what_people_see(client, index):
    news(
        index,
        "Diese",
        kicker="Aus dem Netz",
        topics=[TopicFactory()],
        district=DistrictFactory(name="Vechta", slug="vechta"),
        author_initials="mm",
        lead="Kurz & gut.",
        pictures=stream(("picture", {"picture": picture_value(), "caption": "Ein Feld"})),
        updated_on=date(2026, 11, 5),
        update_note="Telefonnummer berichtigt.",
    )
    text = client.get("/nachrichten/diese/").content.decode()
    _page, way, article = Markup(text).data
    assert [(item["position"], item["name"], item["item"]) for item in way["itemListElement"]] == [
        (1, "Startseite", "http://127.0.0.1:8000/"),
        (2, "Nachrichten", "http://127.0.0.1:8000/nachrichten/"),
        (3, "Diese", "http://testserver/nachrichten/diese/"),
    ]
    (image,) = article.pop("image")
    assert image.startswith("http://127.0.0.1:8000/media/images/")
    network = {"@type": "Organization", "name": "MehrWert", "url": "http://127.0.0.1:8000/"}
    assert article == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": "http://testserver/nachrichten/diese/",
        "headline": "Diese",
        "description": "Kurz & gut.",
        "datePublished": "2026-11-01T00:00:00+01:00",
        "dateModified": "2026-11-05T00:00:00+01:00",
        "inLanguage": "de",
        "author": {"@type": "Person", "name": "mm"},
        "publisher": network,
        "keywords": ["Digitalisierung", "Landkreis Vechta"],
    }
    for words in (
        '<meta property="article:published_time" content="2026-11-01T00:00:00+01:00">',
        '<meta property="article:tag" content="Landkreis Vechta">',
        'href="http://127.0.0.1:8000/feeds/nachrichten/atom.xml"',
        'Aktualisiert am <time datetime="2026-11-05">5. November 2026</time>:</strong> Telefonnummer berichtigt.',
        "· 1 Minute Lesezeit",
        '<a class="tag" href="/nachrichten/thema/digitalisierung/">Digitalisierung</a>',
        '<a class="tag" href="/nachrichten/landkreis/vechta/">Landkreis Vechta</a>',
        "Till Beispiel",
    ):
        assert words in text


def test_nobody_stands_on_the_page_twice(client, index):
    news(index, "Diese", contact=stream(("person", PERSON)))
    text = client.get("/nachrichten/diese/").content.decode()
    assert text.count("Till Beispiel") == 1
    assert "Für die Presse" not in text


def test_no_text_ends_the_block_of_data():
    written = structured_data({"name": "</script><b>&"})
    assert written == (
        '<script type="application/ld+json">{"name": "\\u003C/script\\u003E\\u003Cb\\u003E\\u0026"}</script>'
    )


def test_update_needs_a_day_and_a_word(index):
    page = news(index, "Diese")
    for day, note in ((date(2026, 11, 5), ""), (None, "Neu"), (date(2026, 10, 31), "Neu")):
        page.updated_on, page.update_note = day, note
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert list(refused.value.message_dict) == ["updated_on"]
    page.updated_on, page.update_note = page.date, "Neu"
    page.full_clean()


def test_links_name_who_receives_the_click():
    address = "http://testserver/nachrichten/a/"
    assert share_links("Wir & ihr", address) == [
        ShareLink(
            "E-Mail",
            "",
            "mailto:?subject=Wir%20%26%20ihr&body=Wir%20%26%20ihr%0Ahttp%3A%2F%2Ftestserver%2Fnachrichten%2Fa%2F",
        ),
        ShareLink(
            "WhatsApp",
            "wa.me",
            "https://wa.me/?text=Wir%20%26%20ihr%20http%3A%2F%2Ftestserver%2Fnachrichten%2Fa%2F",
        ),
        ShareLink(
            "LinkedIn",
            "linkedin.com",
            "https://www.linkedin.com/sharing/share-offsite/?url=http%3A%2F%2Ftestserver%2Fnachrichten%2Fa%2F",
        ),
        ShareLink(
            "Facebook",
            "facebook.com",
            "https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2Ftestserver%2Fnachrichten%2Fa%2F",
        ),
    ]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (290, 1), (310, 2), (1000, 5)])
def test_reading_time(words, minutes):
    assert reading_minutes(["Wort " * words, ""]) == minutes


@pytest.mark.parametrize(
    ("extension", "size", "said"),
    [("pdf", 1_258_291, "PDF, 1,2 MB"), ("csv", 512, "Tabelle (CSV), 512 Bytes"), ("zip", None, "ZIP, 7 Bytes")],
)
def test_files_say_kind_and_size(extension, size, said):
    document = SimpleNamespace(file_extension=extension, file_size=size, file=SimpleNamespace(size=7))
    assert kind_and_size(document) == said
