"""Pages that gather what is kept elsewhere: files, partners, press, and the themes of the network."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from foundation.pdfs.check import UNREADABLE
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, ProviderFactory, TopicFactory
from tests.factories.home import (
    AccessibilityPageFactory,
    DocumentFactory,
    DownloadsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PartnersPageFactory,
    PictureFactory,
    PressPageFactory,
    TopicPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
NUMBERS = (1, 3)
PRESS = {"name": "Till Muster", "role": "Presse", "phone": "", "mobile": "", "email": ""}


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    yield
    cache.clear()


def shown(client, address: str, queries: int, django_assert_num_queries) -> str:
    """Once its frame is kept and its pictures are made."""
    client.get(address)
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    assert Markup(text).complaints == []
    return text


@pytest.mark.parametrize("number", NUMBERS)
def test_files_tell_kind_size_language_and_check(client, number, django_assert_num_queries):
    files = [
        {"document": DocumentFactory().pk, "label": "", "description": "Für Chefs.", "language": "de-simple"}
        | {"is_accessible": count == 0}
        for count in range(number)
    ]
    DownloadsPageFactory(parent=new_site(), groups=stream(("group", {"heading": "Vorlagen", "files": files})))
    text = shown(client, "/herunterladen/", 4, django_assert_num_queries)
    assert text.count('hreflang="de-simple"') == number
    assert text.count("PDF, 1,6 KB, Leichte Sprache") == number
    assert text.count("Für Chefs.") == number
    assert text.count("barrierefrei geprüft") == 1


@pytest.mark.parametrize(("lacks", "is_told"), [(["tags"], True), ([UNREADABLE], False)])
def test_no_pdf_file_with_obstacles_is_called_accessible(client, lacks, is_told):
    """Who cannot read it is told before loading it, and where to ask for its content; of what nobody could look at,
    nothing is said."""
    file = {"document": DocumentFactory(pdf_lacks=lacks).pk, "language": "de", "is_accessible": True}
    home = new_site()
    AccessibilityPageFactory(parent=home, slug="barrierefreiheit")
    DownloadsPageFactory(parent=home, groups=stream(("group", {"heading": "Vorlagen", "files": [file]})))
    text = client.get("/herunterladen/").text
    assert "barrierefrei geprüft" not in text
    assert ("Noch nicht barrierefrei." in text) is is_told
    assert ('<a href="/barrierefreiheit/#formular">Wir schicken Ihnen den Inhalt gern anders</a>' in text) is is_told


@pytest.mark.parametrize("number", NUMBERS)
def test_partners_are_sponsors_districts_and_providers(client, number, django_assert_num_queries):
    home = new_site()
    offices = OfficeIndexPageFactory(parent=home)
    for count in range(number):
        district = DistrictFactory(name=f"Kreis {count}", slug=f"kreis-{count}", position=count)
        OfficePageFactory(parent=offices, office=OfficeFactory(districts=[district]))
        ProviderFactory(name=f"Akademie {count}", slug=f"akademie-{count}", website="https://akademie.example/")
    DistrictFactory(name="Kreis ohne Büro", slug="ohne", position=9)
    sponsor = {"name": "Kammer", "role": "Trägerin", "text": "", "website": "", "logo": picture_value(PictureFactory())}
    PartnersPageFactory(parent=home, sponsors=stream(*[("partner", sponsor)] * number))
    text = shown(client, "/partner/", 8, django_assert_num_queries)
    assert text.count('<h3 class="partner__name">Kammer</h3>') == number
    assert text.count('<div class="partner__logo"><picture>') == number
    assert text.count('<h3 class="partner__name">Landkreis Kreis') == number + 1
    assert text.count('<h3 class="partner__name">Akademie') == number
    assert text.count('<a href="https://akademie.example/">Zur Website') == number


@pytest.mark.parametrize("number", NUMBERS)
def test_press_page_names_a_person_a_paragraph_and_the_news(client, number, django_assert_num_queries):
    home = new_site()
    index = NewsIndexPageFactory(parent=home)
    for _ in range(number):
        NewsPageFactory(parent=index)
    PressPageFactory(parent=home, contact=stream(("person", PRESS)))
    text = shown(client, "/presse/", 5, django_assert_num_queries)
    assert "Till Muster" in text
    assert "Wir sind sieben Landkreise." in text
    assert text.count('<article class="card news-card">') == number
    assert '/feeds/nachrichten/atom.xml" type="application/atom+xml"' in text


@pytest.mark.parametrize("number", NUMBERS)
def test_theme_gathers_its_courses_news_and_people(client, number, django_assert_num_queries):
    home = new_site()
    news, catalogue = NewsIndexPageFactory(parent=home), CourseCataloguePageFactory(parent=home)
    other = TopicFactory(name="Energie", slug="energie")
    page = TopicPageFactory(parent=home)
    for count in range(number):
        CoursePageFactory(parent=catalogue, title=f"Kurs {count}", runs=[timezone.localdate() + timedelta(days=9)])
        NewsPageFactory(parent=news, title=f"Meldung {count}", topics=[page.topic], date=date(2026, 11, 1))
    CoursePageFactory(parent=catalogue, title="Fremder Kurs", topics=[other])
    NewsPageFactory(parent=news, title="Fremde Meldung", topics=[other])
    people = [AdvisorFactory(name=f"Person {count}") for count in range(number)]
    hidden = AdvisorFactory(name="Verborgene Person", is_public=False)
    page.people = [*people, hidden, AdvisorFactory(name="Gegangene Person", is_active=False)]
    page.save()
    text = shown(client, "/digitalisierung/", 10, django_assert_num_queries)
    assert [text.count(f"{what} {number - 1}") > 0 for what in ("Kurs", "Meldung", "Person")] == [True] * 3
    assert text.count("course-card__facts") == text.count("news-card") == text.count("contact-person__name") == number
    for foreign in ("Fremder Kurs", "Fremde Meldung", "Gegangene Person", "Verborgene Person"):
        assert foreign not in text
    assert 'href="/kurse/?thema=digitalisierung"' in text
    assert 'href="/nachrichten/thema/digitalisierung/"' in text


def test_a_draft_of_a_theme_can_be_looked_at():
    """The people of a draft are no query; its page failed."""
    page = TopicPageFactory(parent=new_site())
    page.people = [AdvisorFactory(name="Ada Muster"), AdvisorFactory(name="Gegangene Person", is_active=False)]
    page.save_revision()
    preview = type(page).objects.get().get_latest_revision_as_object().make_preview_request()
    text = preview.content.decode()
    assert preview.status_code == 200
    assert "Ada Muster" in text
    assert "Gegangene Person" not in text


def test_theme_without_courses_says_so(client):
    TopicPageFactory(parent=new_site())
    assert "Gerade beginnt hier kein Kurs." in client.get("/digitalisierung/").content.decode()
