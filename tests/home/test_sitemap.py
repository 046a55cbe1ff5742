"""What search engines are told: sitemap, canonical addresses, who we are, and where moved pages went."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction, get_page_models

from foundation.models import BasePage
from home.models import HomePage, StandardPage
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PictureFactory,
    StandardPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()


@pytest.fixture
def home() -> HomePage:
    return new_site()


def entries(client):
    cache.clear()
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(answer.content).findall("s:url", SPACES)


def paths(client) -> list[str]:
    found = [entry.findtext("s:loc", namespaces=SPACES) for entry in entries(client)]
    return [address.removeprefix("http://testserver") for address in found]


def one_of_each(home: HomePage) -> list[BasePage]:
    news, offices = NewsIndexPageFactory(parent=home), OfficeIndexPageFactory(parent=home)
    catalogue = CourseCataloguePageFactory(parent=home)
    return [
        home,
        news,
        NewsPageFactory(parent=news),
        offices,
        OfficePageFactory(parent=offices),
        catalogue,
        CoursePageFactory(parent=catalogue, runs=[timezone.localdate()]),
        StandardPageFactory(parent=home),
    ]


def test_every_page_class_is_in_the_sitemap_if_and_only_if_it_is_public_and_indexed(client, home, monkeypatch):
    pages = one_of_each(home)
    beside = {
        f"http://127.0.0.1:8000{path}" for path in ("/anbieter/weserbogen-bildung/", "/kurse/einbetten/", "/api/")
    }
    listed = {page.url for page in pages} | beside
    assert set(paths(client)) == listed
    for page in reversed(pages[1:]):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        below = {other.url for other in pages if other.path.startswith(page.path)}
        assert set(paths(client)) | beside == listed - below
        restriction.delete()
        monkeypatch.setattr(type(page), "is_indexed", False)
        assert set(paths(client)) == listed - {page.url}
        assert '<meta name="robots" content="noindex' in client.get(page.url).content.decode()
        monkeypatch.setattr(type(page), "is_indexed", True)
    StandardPageFactory(parent=home, live=False)
    assert set(paths(client)) == listed


def test_no_page_class_leaves_search_sitemap_and_picture_to_wagtail():
    """Each derives from the page of the site, which decides what is found, listed and shown beside links."""
    own = [model for model in get_page_models() if model._meta.app_label != "wagtailcore"]
    assert [model for model in own if not issubclass(model, BasePage)] == []
    for model in own:
        names = {field.field_name for field in model.search_fields}
        assert {"title", "searched_stems"} <= names, model


@pytest.mark.parametrize("number", [1, 3])
def test_pictures_and_news_are_named_in_a_number_of_queries_that_does_not_grow(
    client, home, django_assert_num_queries, number
):
    today = timezone.localdate()
    index, offices = NewsIndexPageFactory(parent=home), OfficeIndexPageFactory(parent=home)
    for count in range(number):
        pictures = stream(*[("picture", {"picture": picture_value(), "caption": ""})] * number)
        page = NewsPageFactory(parent=index, title=f"Neu & gut {count}", date=today, pictures=pictures)
        NewsPageFactory(parent=index, date=today - timedelta(days=3))
        office = OfficePageFactory(parent=offices, picture=PictureFactory())
        advisor = AdvisorFactory(office=office.office)
        for address in (page.url, office.url):
            client.get(address)
    cache.clear()
    with django_assert_num_queries(15):
        client.get("/sitemap.xml")
    with django_assert_num_queries(0):
        client.get("/sitemap.xml")

    found = entries(client)
    assert found[-1].findtext("s:loc", namespaces=SPACES) == f"http://testserver{office.url}team/{advisor.slug}/"
    images = [image.text for image in found[-2].iterfind(".//image:loc", SPACES)]
    assert len(images) == 1
    assert re.fullmatch(r"http://[\w.:]+/media/images/bild.*\.jpg", images[0])
    news = [entry for entry in found if entry.find("news:news", SPACES) is not None]
    assert [[node.text for node in entry.iter() if node.text and node.text.strip()][-4:] for entry in news] == [
        ["MehrWert", "de", today.isoformat(), f"Neu & gut {count}"] for count in range(number)
    ]
    assert [len(entry.findall(".//image:loc", SPACES)) for entry in news] == [number] * number


def test_pictures_are_not_made_for_the_sitemap(client, home):
    picture = PictureFactory()
    OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), picture=picture)
    assert entries(client)[-1].find("image:image", SPACES) is None
    assert picture.renditions.count() == 0


def test_a_picture_whose_right_has_ended_leaves_the_sitemap(client, home):
    picture = PictureFactory()
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), picture=picture)
    client.get(page.url)
    assert entries(client)[-1].find("image:image", SPACES) is not None
    picture.valid_until = timezone.localdate() - timedelta(days=1)
    picture.save()
    assert entries(client)[-1].find("image:image", SPACES) is None


def test_each_page_names_its_one_address_whatever_is_appended(client, home):
    for page in one_of_each(home):
        html = client.get(f"{page.url}?utm_source=brief").content.decode()
        assert re.findall(r'rel="canonical" href="([^"]+)"', html) == [f"http://testserver{page.url}"]
        assert f'<meta property="og:url" content="http://testserver{page.url}">' in html


def test_home_page_says_who_we_are_and_how_to_search(client, home, settings):
    html = client.get("/").content.decode()
    (data,) = [json.loads(found) for found in re.findall(r'ld\+json">(.*?)</script>', html)]
    organization, website, page = data["@graph"]
    base = settings.BASE_URL
    assert organization == {
        "@type": "Organization",
        "@id": f"{base}/#netz",
        "name": "MehrWert",
        "slogan": "Wir im ländlichen Raum können es auch!",
        "url": f"{base}/",
        "logo": f"{base}/apple-touch-icon.png",
        "email": "kontakt@mehrwert.example",
    }
    assert (page["@type"], page["isPartOf"]) == ("WebPage", {"@id": website["@id"]})
    assert website["publisher"] == {"@id": organization["@id"]}
    template = website["potentialAction"]["target"]["urlTemplate"]
    assert template == f"{base}/suche/?q={{search_term_string}}"
    assert client.get("/suche/?q=netz").status_code == 200


def test_moved_and_renamed_pages_are_found_at_their_old_addresses(client, home, django_capture_on_commit_callbacks):
    old = StandardPageFactory(parent=home, slug="alt")
    new = StandardPageFactory(parent=home, slug="neu")
    page = StandardPageFactory(parent=old, slug="seite")
    StandardPageFactory(parent=page, slug="darunter")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(StandardPage.objects.get(pk=new.pk), pos="last-child")
    for path, target in (("/alt/seite/", "/neu/seite/"), ("/alt/seite/darunter/?a=1", "/neu/seite/darunter/")):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, target)

    page = StandardPage.objects.get(pk=page.pk)
    page.slug = "umbenannt"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for path in ("/neu/seite/", "/alt/seite/"):
        assert client.get(path)["Location"] == "/neu/umbenannt/"

    StandardPageFactory(parent=StandardPage.objects.get(pk=old.pk), slug="seite", title="Wieder da")
    assert "Wieder da" in client.get("/alt/seite/").content.decode()
