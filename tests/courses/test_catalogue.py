"""The list of courses and what it says of dates and prices."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from courses.course_list import CourseList, course_list
from courses.models import CoursePage, CourseRun
from courses.selectors import courses_soon
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, TopicFactory
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def index(db):
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


def run(days: int, **facts: object) -> dict[str, object]:
    return {"starts_on": TODAY + timedelta(days=days), **facts}


def listed(**chosen: object) -> CourseList:
    cache.clear()
    return course_list("/kurse/", RequestFactory().get("/kurse/", chosen), TODAY)


def titles(**chosen: object) -> list[str]:
    return [course.title for course in listed(**chosen).courses]


def test_soonest_first_and_without_date_last(index):
    CoursePageFactory(parent=index, title="vorbei", runs=[run(-1)])
    CoursePageFactory(parent=index, title="später", runs=[run(9)])
    CoursePageFactory(parent=index, title="bald", runs=[run(-9), run(2), run(30)])
    CoursePageFactory(parent=index, title="fällt aus", runs=[run(1, status="cancelled")])
    assert titles() == ["bald", "später", "fällt aus", "vorbei"]


def test_date_with_seats_counts(index):
    CoursePageFactory(parent=index, title="erst voll", runs=[run(1, status="full"), run(20)])
    CoursePageFactory(parent=index, title="ganz voll", runs=[run(5, status="full")])
    CoursePageFactory(parent=index, title="frei", runs=[run(10, status="runs", town="Hameln")])
    shown = list(listed().courses)
    assert [(course.title, course.badge) for course in shown] == [
        ("ganz voll", "Ausgebucht"),
        ("frei", "Findet sicher statt"),
        ("erst voll", ""),
    ]
    assert [course.title for course in courses_soon(TODAY, None)] == ["frei", "erst voll"]
    assert shown[1].place == "Hameln"


def test_date_without_a_seat_left_counts_as_full(index):
    """Its page said „ausgebucht“, the lists invited to it."""
    taken = {"seats_max": 8, "seats_taken": 8}
    CoursePageFactory(parent=index, title="erst voll", runs=[run(1, **taken), run(20, seats_max=8)])
    CoursePageFactory(parent=index, title="ganz voll", runs=[run(5, **taken)])
    CoursePageFactory(parent=index, title="frei", runs=[run(10, seats_max=8, seats_taken=7)])
    assert [(course.title, course.badge) for course in listed().courses] == [
        ("ganz voll", "Ausgebucht"),
        ("frei", ""),
        ("erst voll", ""),
    ]
    assert [course.title for course in courses_soon(TODAY, None)] == ["frei", "erst voll"]
    starts = CoursePage.objects.with_start(TODAY).soonest_first().values_list("title", "next_start")
    assert list(starts) == [
        ("ganz voll", TODAY + timedelta(days=5)),
        ("frei", TODAY + timedelta(days=10)),
        ("erst voll", TODAY + timedelta(days=20)),
    ]


def test_date_after_the_end_of_registration_is_not_offered(index):
    """Its page said „Anmeldung geschlossen“, the lists invited to it with „freie Plätze“."""
    over, last_day = {"registration_until": TODAY - timedelta(days=1)}, {"registration_until": TODAY}
    seats = {"seats_max": 8, "seats_taken": 3}
    CoursePageFactory(parent=index, title="erst zu", runs=[run(1, **over, **seats), run(20, **seats)])
    CoursePageFactory(parent=index, title="ganz zu", runs=[run(5, **over, **seats, status="runs")])
    CoursePageFactory(parent=index, title="heute noch", runs=[run(10, **last_day, **seats)])
    assert [(course.title, course.badge) for course in listed().courses] == [
        ("ganz zu", "Anmeldung geschlossen"),
        ("heute noch", ""),
        ("erst zu", ""),
    ]
    assert titles(frei="ja") == ["heute noch", "erst zu"]
    assert [course.title for course in courses_soon(TODAY, None)] == ["heute noch", "erst zu"]
    assert [course.title for course in courses_soon(TODAY + timedelta(days=1), None)] == ["erst zu"]
    starts = CoursePage.objects.with_start(TODAY).soonest_first().values_list("title", "next_start")
    assert dict(starts)["erst zu"] == TODAY + timedelta(days=20)


def test_filters(index):
    energy = TopicFactory(name="Energie", slug="energie")
    CoursePageFactory(parent=index, title="Wärmepumpe", topics=[energy], format="blended", runs=[run(1)])
    CoursePageFactory(parent=index, title="Tabellen", summary="Rechnen mit Excel", format="online", runs=[run(2)])
    assert titles(thema="energie") == ["Wärmepumpe"]
    assert titles(form="online") == ["Tabellen"]
    assert titles(text="excel rechnen") == ["Tabellen"]
    assert titles(text="excel", thema="energie") == []


def test_page_of_the_list_keeps_its_filters(client, index):
    for _ in range(13):
        CoursePageFactory(parent=index, runs=[run(3)], format="online")
    text = client.get("/kurse/?form=online&thema=gibt-es-nicht&text=").content.decode()
    assert 'href="?form=online&amp;page=2"' in text
    assert "Seite 1 von 2" in text
    assert client.get("/kurse/?form=online&page=2").status_code == 200
    assert client.get("/kurse/?page=unsinn&form=unsinn").status_code == 404
    assert client.get("/kurse/?page=1&form=unsinn").status_code == 200


def test_nothing_found_leads_on(client, index):
    text = client.get("/kurse/?text=Quantenphysik").content.decode()
    assert "Diesen Kurs gibt es noch nicht?" in text
    assert "0 Kurse" in text


def test_course_without_date_stays_and_says_so(client, index):
    course = CoursePageFactory(parent=index, slug="alt", runs=[run(-3)])
    text = client.get(course.url).content.decode()
    assert "Zurzeit gibt es keinen Termin" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<table" not in text


def test_course_with_date_is_indexed(client, index):
    course = CoursePageFactory(parent=index, slug="neu", runs=[run(3, seats_max=10, seats_taken=4)])
    text = client.get(course.url).content.decode()
    assert "noindex" not in text
    assert "6 von 10 Plätzen frei" in text


@pytest.mark.parametrize(
    ("state", "price", "text"),
    [
        ("amount", Decimal("1249.00"), "1.249 €"),
        ("amount", Decimal("49.50"), "49,50 €"),
        ("from", Decimal("49.50"), "ab 49,50 €"),
        ("free", None, "kostenfrei"),
        ("on_request", None, "Preis auf Anfrage"),
        ("unknown", None, "Preis nicht bekannt"),
    ],
)
def test_price_is_said_as_it_is(client, index, state, price, text):
    course = CoursePageFactory(parent=index, price_state=state, price=price, runs=[run(3)])
    page = client.get(course.url).content.decode()
    assert text in page
    assert ("kostenfrei" in page.split("<main")[1]) == (state == "free")


def test_list_says_the_price_of_the_date_that_it_names(index):
    """A date whose price nobody knows was listed as free, because the course is."""
    CoursePageFactory(
        parent=index, price_state="free", runs=[run(1, price_state="unknown"), run(2, price_state="amount", price=80)]
    )
    CoursePageFactory(parent=index, price_state="free", runs=[run(3)])
    assert [course.price for course in listed().courses] == ["Preis nicht bekannt", "kostenfrei"]
    assert [course.price for course in listed(preis="100").courses] == ["80 €"]
    assert [course.price for course in courses_soon(TODAY, None)] == ["Preis nicht bekannt", "kostenfrei"]


def test_a_lowest_price_is_nowhere_taken_for_the_price(client, index):
    """„ab 5 €“ of a file was sold as 5 €, with the words of the file beside it on the page alone."""
    course = CoursePageFactory(parent=index, price_state="from", price=5, runs=[run(3)])
    assert [course.price for course in listed().courses] == ["ab 5 €"]
    assert [[*listed(**asked).courses] for asked in ({"preis": "100"}, {"text": "bis 100 €"})] == [[], []]
    assert [course.price for course in listed(preis="ab").courses] == ["ab 5 €"]
    page = client.get(course.url).content.decode()
    least = {"@type": "PriceSpecification", "minPrice": "5.00", "priceCurrency": "EUR"}
    (told,) = re.findall(r'"offers": ?({.*?}})', page)
    assert json.loads(told) == {"@type": "Offer", "category": "Paid", "priceSpecification": least}


def test_seats_left():
    assert CourseRun(seats_max=10, seats_taken=4).seats_left == 6
    assert CourseRun(seats_max=10, seats_taken=12).seats_left == 0
    assert CourseRun(seats_max=10).seats_left is None


def test_draft_is_not_listed(index):
    CoursePageFactory(parent=index, title="Entwurf", live=False, runs=[run(3)])
    assert titles() == []
    assert CoursePage.objects.count() == 1
