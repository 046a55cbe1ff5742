"""JSON-LD of a course with all its facts, against schema.org's own vocabulary; the demo's pages are in tests/home."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    TargetGroupFactory,
)
from tests.factories.home import new_site
from tests.home.markup import Markup
from tests.schema_org import complaints

LONG_AHEAD = date(2099, 12, 7)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["on_site", "online", "blended", "self_paced"])
@pytest.mark.parametrize("price", [("amount", "189.00"), ("from", "189.00"), ("free", None), ("unknown", None)])
def test_course_speaks_the_vocabulary(client, form, price):
    cache.clear()
    place = {"postcode": "31785", "town": "Hameln", "street": "Osterstr. 1"} if form != "online" else {}
    seats = {"seats_max": 8, "seats_taken": 3}
    times = {"start_time": "09:00", "end_time": "16:30"}
    course = CoursePageFactory(
        parent=CourseCataloguePageFactory(parent=new_site()),
        format=form,
        price_state=price[0],
        price=price[1],
        outcome="Stapler fahren",
        requirements="18 Jahre",
        audience="Lager",
        certificate="Fahrausweis",
        teaching_units=16,
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        runs=[{"starts_on": LONG_AHEAD, **place, **seats, **times}, LONG_AHEAD],
    )
    found = Markup(client.get(course.url).content.decode())
    assert found.complaints == []
    assert [block["@type"] for block in found.data] == ["WebPage", "BreadcrumbList", "Course"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "positions"),
    [
        ("/kurse/?merken=1", range(1, 13)),
        ("/kurse/?page=2", [13]),
        ("/kurse/?text=Quantenphysik", None),
        ("/anbieter/weserbogen-bildung/", range(1, 14)),
        ("/foerderungen/bildungsgutschein/", range(1, 14)),
    ],
)
def test_lists_name_the_courses_that_they_show(client, address, positions):
    cache.clear()
    index, kind = CourseCataloguePageFactory(parent=new_site()), FundingKindFactory()
    for number in range(13):
        facts = {"title": f"Kurs {number:02}", "slug": f"kurs-{number:02}", "funding_kinds": [kind]}
        CoursePageFactory(parent=index, runs=[LONG_AHEAD], **facts)
    found = Markup(client.get(address).content.decode())
    assert found.complaints == []
    lists = [block["itemListElement"] for block in found.data if block["@type"] == "ItemList"]
    assert lists == [
        [
            {
                "@type": "ListItem",
                "position": position,
                "url": f"{settings.BASE_URL}/kurse/kurs-{position - 1:02}/",
                "name": f"Kurs {position - 1:02}",
            }
            for position in shown
        ]
        for shown in ([positions] if positions else [])
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"@type": "Kurs"}, "type Kurs"),
        ({"@type": "Course", "startDate": "2026-01-01"}, "Course has no startDate"),
        ({"@type": "Course", "preis": 3}, "Course has no preis"),
        ({"@type": "Offer", "price": None}, "Offer.price: None is none of Number, Text"),
        ({"@type": "Course", "fileFormat": "text/html"}, "Course.fileFormat is superseded by encodingFormat"),
        (
            {"@type": "Course", "provider": "Werkschule"},
            "Course.provider: 'Werkschule' is none of Organization, Person",
        ),
        (
            {"@type": "Course", "offers": [{"@type": "Place"}]},
            "Course.offers: Place is none of Demand, Offer",
        ),
        (
            {"@type": "CourseInstance", "startDate": "bald"},
            "CourseInstance.startDate: 'bald' is none of Date, DateTime",
        ),
        (
            {"@type": "CourseInstance", "eventStatus": "https://schema.org/Planned"},
            "CourseInstance.eventStatus: 'https://schema.org/Planned' is none of EventStatusType",
        ),
        ({"@type": "Course", "timeRequired": "2 Tage"}, "Course.timeRequired: '2 Tage' is none of Duration"),
        (
            {"@type": "CourseInstance", "maximumAttendeeCapacity": "viele"},
            "CourseInstance.maximumAttendeeCapacity: 'viele' is none of Integer",
        ),
    ],
)
def test_checker_sees(wrong, said):
    assert complaints({"@context": "https://schema.org", **wrong}) == [said]
