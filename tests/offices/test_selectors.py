"""The network map and the page of an office."""

from __future__ import annotations

from datetime import date, time

import pytest

from home.demo.districts import DISTRICTS
from offices.projection import HEIGHT, WIDTH
from offices.sections import next_free_times
from offices.selectors import network_map, office_detail, office_teasers
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, new_site
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeDayFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts():
    return [
        DistrictFactory(
            name=text.name,
            slug=text.slug,
            ags=text.ags,
            seat=text.seat,
            latitude=text.latitude,
            longitude=text.longitude,
            position=position,
        )
        for position, text in enumerate(DISTRICTS)
    ]


def test_map_is_a_chain_inside_its_box(districts):
    nodes = network_map(None)
    assert [node.label for node in nodes] == [
        "Cloppenburg",
        "Vechta",
        "Diepholz",
        "Nienburg",
        "Stadthagen",
        "Hameln",
        "Holzminden",
    ]
    assert all(50 <= node.x <= WIDTH - 50 and 70 <= node.y <= HEIGHT - 70 for node in nodes)
    assert nodes[0].x < nodes[-1].x, "Holzminden lies east of Cloppenburg"
    assert nodes[0].y < nodes[-1].y, "and south of it"


def test_map_leads_to_the_office_that_serves_a_district(districts, monkeypatch):
    office = OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln", districts=districts[-2:])
    OfficeFactory(districts=districts[:1], is_active=False)
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office)
    monkeypatch.setattr(next_free_times, "_source", lambda: {office.pk: "morgen"})
    nodes = network_map(None, current=office)
    assert [(node.url, node.next_free, node.is_current) for node in nodes] == [
        *[("/termin/", "", False)] * 5,
        *[(page.url, "morgen", True)] * 2,
    ]


def test_every_office_is_listed_with_its_next_free_time(districts, monkeypatch):
    hameln = OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln", districts=districts[-2:])
    OfficeFactory(name="MehrWert-Büro Vechta", slug="vechta", districts=districts[:2])
    OfficeFactory(is_active=False)
    monkeypatch.setattr(next_free_times, "_source", lambda: {hameln.pk: "morgen"})
    assert [(office.title, office.district, office.next_free) for office in office_teasers(None)] == [
        ("MehrWert-Büro Hameln", "Hameln-Pyrmont · Holzminden", "morgen"),
        ("MehrWert-Büro Vechta", "Cloppenburg · Vechta", ""),
    ]


def test_office_detail_groups_hours_and_counts_days_ahead():
    office = OfficeFactory()
    for weekday, opens, closes in ((0, time(9), time(12, 30)), (0, time(14), time(17)), (2, time(8, 30), time(11))):
        office.opening_hours.create(weekday=weekday, opens_at=opens, closes_at=closes)
    AdvisorFactory(office=office, name="Ada Beispiel")
    AdvisorFactory(office=office, is_active=False)
    series = OfficeDayFactory(office=office, days=weekly(3))
    OfficeDayFactory(office=office, valid_until=date(2026, 6, 1))
    OfficeDayFactory(office=office, is_active=False)
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office)

    detail = office_detail(page, today=date(2026, 11, 23))

    assert [(day.weekday, day.iso) for day in detail.opening.week] == [
        (0, (("09:00", "12:30"), ("14:00", "17:00"))),
        (2, (("08:30", "11:00"),)),
    ]
    assert [person.name for person in detail.team] == ["Ada Beispiel"]
    assert [(entry.series, entry.dates) for entry in detail.office_days] == [
        (series, (date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10)))
    ]
