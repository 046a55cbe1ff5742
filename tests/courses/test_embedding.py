"""The list in the frame of another site, and the page where its address is put together."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache

from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, TopicFactory
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, PostcodeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
COMPOSER, LIST = "/kurse/einbetten/", "/kurse/einbetten/liste/"
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": " ".join(
        f"https://{host} https://www.{host}"
        for host in (
            "lkclp.de",
            "landkreis-vechta.de",
            "diepholz.de",
            "lk-nienburg.de",
            "schaumburg.de",
            "hameln-pyrmont.de",
            "landkreis-holzminden.de",
        )
    ),
}


@pytest.fixture(autouse=True)
def now():
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def index():
    diepholz = DistrictFactory(name="Diepholz", slug="diepholz", latitude=52.6, longitude=8.4)
    PostcodeFactory(code="27232", places="Sulingen", district=diepholz)
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def courses(index):
    lager, digital = TopicFactory(name="Lager", slug="lager"), TopicFactory(name="Digital", slug="digital")
    sulingen = {"postcode": "27232", "town": "Sulingen"}
    CoursePageFactory(
        parent=index,
        title="Stapler fahren",
        slug="stapler",
        topics=[lager],
        runs=[{"starts_on": date(2026, 12, 7), **sulingen}],
    )
    for number in range(7):
        runs = [date(2026, 12, 1 + number)]
        CoursePageFactory(parent=index, title=f"Excel {number}", slug=f"excel-{number}", topics=[digital], runs=runs)


def policy_of(answer) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))


def links(answer) -> list[str]:
    return Markup(answer.content.decode()).links


def test_list_shows_what_is_chosen_and_leads_to_the_site(client, courses):
    answer = client.get(LIST + "?thema=lager&kreis=diepholz&anzahl=3")
    text = answer.content.decode()
    assert '<h1 class="embedded__title">Kurse: Lager, Diepholz</h1>' in text
    assert '<base target="_top">' in text
    assert links(answer) == ["/kurse/stapler/", "/kurse/"]
    assert Markup(text).complaints == []
    assert "<script" not in text


@pytest.mark.parametrize(("query", "shown"), [("", 6), ("?anzahl=3", 3), ("?anzahl=99&thema=gibtesnicht", 6)])
def test_list_ends_with_the_way_to_all(client, courses, query, shown):
    *found, everything = links(client.get(LIST + query))
    assert (len(found), everything) == (shown, "/kurse/")
    assert ">Alle 8 Kurse</a>" in client.get(LIST + query).content.decode()


def test_all_courses_are_said_to_be_about_it_only_where_something_is_chosen(client, courses):
    assert ">Alle 7 Kurse dazu</a>" in client.get(LIST + "?thema=digital").content.decode()


@pytest.mark.parametrize(("query", "said"), [("?kreis=diepholz&text=Quanten", "Dazu steht"), ("", "Hier steht")])
def test_list_without_courses_says_so(client, index, query, said):
    answer = client.get(LIST + query)
    assert f"{said} zurzeit kein Kurs." in answer.content.decode()
    assert links(answer) == ["/kurse/"]


def test_list_alone_may_be_framed(client, courses):
    """Its policy is narrower than that of every other page but for the frame around it."""
    answer = client.get(LIST)
    assert policy_of(answer) == POLICY
    assert "X-Frame-Options" not in answer
    wanted = {"X-Robots-Tag": "noindex", "Cache-Control": "public, max-age=900", "Referrer-Policy": "same-origin"}
    assert {name: answer[name] for name in wanted} == wanted
    assert not answer.cookies
    assert "Vary" not in answer
    for other in (COMPOSER, "/kurse/", "/kurse/stapler/", "/api/", "/api/v1/kurse", LIST + "x/"):
        refusing = client.get(other)
        assert refusing["X-Frame-Options"] == "DENY", other
        assert policy_of(refusing)["frame-ancestors"] == "'none'", other


def test_list_is_not_sent_twice_and_takes_nothing(client, courses):
    known = client.get(LIST)["ETag"]
    assert client.get(LIST, headers={"if-none-match": known}).status_code == 304
    assert client.head(LIST).status_code == 200
    assert (client.post(LIST).status_code, client.post(COMPOSER).status_code) == (405, 405)


def test_composer_writes_the_frame(client, courses):
    answer = client.get(COMPOSER + "?thema=lager&kreis=diepholz&anzahl=12")
    address = "http://127.0.0.1:8000/kurse/einbetten/liste/?thema=lager&amp;kreis=diepholz&amp;anzahl=12"
    frame = (
        f'<iframe src="{address}" title="Kurse von MehrWert" width="100%" height="800" loading="lazy" '
        'style="border: 0"></iframe>'
    )
    text = answer.content.decode()
    escaped = frame.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert f'<code class="copy__text" id="einbetten">{escaped}</code>' in text
    assert f'<a href="{address}">So sieht die Liste aus</a>' in text
    assert '<option value="lager" selected>Lager</option>' in text
    assert Markup(text).complaints == []


@pytest.mark.parametrize("query", ["", "?thema=gibtesnicht&kreis=&anzahl=7", "?thema=%00&anzahl=%00"])
def test_composer_takes_the_usual_for_what_is_wrong(client, courses, query):
    text = client.get(COMPOSER + query).content.decode()
    assert "\0" not in text
    assert '<a href="http://127.0.0.1:8000/kurse/einbetten/liste/">So sieht die Liste aus</a>' in text


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        (["https://kreis.example", "https://www.kreis.example", "https://b.example"], "kreis.example, b.example. Auf"),
        ([], "keine Website freigegeben"),
        (["https:"], "Ihre Seite muss verschlüsselt sein (https)."),
    ],
)
def test_composer_names_the_sites_that_may(client, index, settings, sites, said):
    settings.EMBEDDING_SITES = sites
    text = client.get(COMPOSER).content.decode()
    assert said in text
    assert ('<a href="/kontakt/">Schreiben Sie uns ihre Adresse</a>' in text) == (sites != ["https:"])
    assert Markup(text).complaints == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, index, django_assert_num_queries, number):
    for each in range(number):
        CoursePageFactory(parent=index, slug=f"kurs-{each}", runs=[date(2026, 12, 1)])
    client.get(LIST)
    with django_assert_num_queries(3):
        client.get(LIST)
    client.get(COMPOSER)
    with django_assert_num_queries(3):
        client.get(COMPOSER)
