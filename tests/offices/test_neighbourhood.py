"""What goes on around an office, and what search engines read of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from courses.models import CourseRun
from courses.selectors import courses_near
from home.selectors import news_of_office
from offices.models import OpeningHours
from tests.factories.booking import ClosureFactory
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    new_site,
)
from tests.factories.offices import DistrictFactory, OfficeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HAMELN = (52.1037, 9.3676)


def course(catalogue, slug: str, postcode: str, days: int, **facts):
    page = CoursePageFactory(parent=catalogue, slug=slug, runs=[TODAY + timedelta(days=days)])
    CourseRun.objects.filter(course=page).update(postcode=postcode, **facts)
    return page


@pytest.mark.parametrize("number", [1, 3])
def test_courses_near_are_the_next_within_reach(number, django_assert_num_queries):
    """Hameln and Holzminden (31 km) are neighbours, Bad Pyrmont lies within reach, Vechta does not."""
    catalogue = CourseCataloguePageFactory(parent=new_site())
    for count in range(number):
        course(catalogue, f"hier-{count}", "31785", 9 + count)
    course(catalogue, "fern", "49377", 1)
    course(catalogue, "voll", "31785", 1, status="full")
    course(catalogue, "zu", "31785", 1, registration_until=TODAY - timedelta(days=1))
    course(catalogue, "vorbei", "31785", -1)
    course(catalogue, "faellt-aus", "31785", 1, status="cancelled")
    course(catalogue, "ohne-ort", "", 1)
    nearby = course(catalogue, "pyrmont", "31812", 2)
    with django_assert_num_queries(4):
        found = courses_near(HAMELN, TODAY)
    assert [teaser.url for teaser in found] == [
        nearby.url,
        *(f"/kurse/hier-{count}/" for count in range(min(number, 2))),
    ]


def test_date_that_is_told_is_the_one_nearby():
    catalogue = CourseCataloguePageFactory(parent=new_site())
    page = course(catalogue, "zweimal", "49377", 1)
    CourseRun.objects.create(course=page, starts_on=TODAY + timedelta(days=5), postcode="31785", town="Hameln")
    (teaser,) = courses_near(HAMELN, TODAY)
    assert (teaser.next_date, teaser.place) == ("28. November 2026", "Hameln")


def test_courses_near_come_in_the_order_of_their_dates_nearby():
    """A date elsewhere tomorrow brings no course before one that is here next week."""
    catalogue = CourseCataloguePageFactory(parent=new_site())
    later, sooner = course(catalogue, "spaeter", "49377", 1), course(catalogue, "eher", "31785", 9)
    CourseRun.objects.create(course=later, starts_on=TODAY + timedelta(days=20), postcode="31785", town="Hameln")
    assert [teaser.url for teaser in courses_near(HAMELN, TODAY)] == [sooner.url, later.url]


def test_news_are_those_of_the_districts():
    home = new_site()
    mine, other = DistrictFactory(), DistrictFactory(name="Vechta", slug="vechta")
    office = OfficeFactory(districts=[mine])
    index = NewsIndexPageFactory(parent=home)
    for number in range(4):
        NewsPageFactory(parent=index, slug=f"hier-{number}", district=mine, date=TODAY + timedelta(days=number))
    NewsPageFactory(parent=index, slug="dort", district=other)
    NewsPageFactory(parent=index, slug="netz")
    shown = news_of_office(office)["news"]
    assert [teaser.url for teaser in shown] == [f"/nachrichten/hier-{number}/" for number in (3, 2, 1)]


def test_structured_data_say_what_the_page_says(client):
    office = OfficeFactory(name="Büro Hameln", slug="hameln", districts=[DistrictFactory()])
    for weekday, opens, closes in ((0, time(9), time(12, 30)), (4, time(20), time(0))):
        OpeningHours.objects.create(office=office, weekday=weekday, opens_at=opens, closes_at=closes)
    ClosureFactory(office=office, first_day=date(2026, 12, 7), start_time=time(9), end_time=time(11))
    OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office, slug="hameln")
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False):
        text = client.get("/bueros/hameln/").content.decode()
    found = [json.loads(data) for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)]
    kind = "OpeningHoursSpecification"
    assert next(data for data in found if data["@type"] == "GovernmentOffice") == {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": "http://testserver/bueros/hameln/#buero",
        "name": "Büro Hameln",
        "url": "http://testserver/bueros/hameln/",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Musterweg 1",
            "postalCode": "31785",
            "addressLocality": "Hameln",
            "addressCountry": "DE",
        },
        "telephone": "05151 000000",
        "hasMap": "https://www.openstreetmap.org/?mlat=52.1037&mlon=9.3676#map=17/52.1037/9.3676",
        "areaServed": [{"@type": "AdministrativeArea", "name": "Hameln-Pyrmont"}],
        "openingHoursSpecification": [
            {"@type": kind, "dayOfWeek": "https://schema.org/Monday", "opens": "09:00", "closes": "12:30"},
            {"@type": kind, "dayOfWeek": "https://schema.org/Friday", "opens": "20:00", "closes": "00:00"},
        ],
        "specialOpeningHoursSpecification": [
            {
                "@type": kind,
                "validFrom": "2026-12-07",
                "validThrough": "2026-12-07",
                "opens": "11:00",
                "closes": "12:30",
            },
            {
                "@type": kind,
                "validFrom": "2026-12-25",
                "validThrough": "2026-12-25",
                "opens": "00:00",
                "closes": "00:00",
            },
        ],
    }
