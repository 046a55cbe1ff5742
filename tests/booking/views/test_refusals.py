"""A time that is gone: what stands beside it, in one page, with every answer kept."""

from __future__ import annotations

import re
from datetime import time, timedelta
from html import unescape

import pytest

from booking.enums import Kind
from booking.models import Appointment, BookingSettings
from offices.models import Office
from offices.neighbours import neighbours_of
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = "2026-11-24T09:00+01:00"
ANSWERS = {"organization": "Beispiel Metallbau GmbH", "email": "kim@metallbau.example", "message": "Zeile\nzwei"}


@pytest.fixture
def taken(advisor) -> Appointment:
    return AppointmentFactory(advisor=advisor, starts_at=NOW + timedelta(days=1, hours=1))


def office_at(name: str, latitude: float, kinds: list[Kind]) -> Office:
    office = OfficeFactory(name=f"MehrWert-Büro {name}", slug=name.lower(), latitude=latitude)
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=office), kinds=kinds)
    return office


@pytest.fixture
def neighbours(office) -> list[Office]:
    return [
        office_at("Vechta", office.latitude + 0.9, [Kind.OFFICE]),
        office_at("Schaumburg", office.latitude + 0.2, [Kind.PHONE]),
        office_at("Holzminden", office.latitude - 0.3, [Kind.OFFICE, Kind.VIDEO]),
    ]


def refuse(client, **more):
    wish = {"anliegen": "erstberatung", "art": "office", "zeit": NINE, "besuch": "one"}
    return client.post("/termin/hameln/reservieren/", wish | ANSWERS | more)


def offers(response) -> list[tuple[str, str, list[str]]]:
    """Title, note and times of each offer beside."""
    html = unescape(response.content.decode())
    return [
        (
            re.search(r"<h3[^>]*>([^<]*)</h3>", form)[1],
            re.search(r'card__meta">([^<]*)<', form)[1],
            [value[5:16] for value in re.findall(r'name="zeit" value="([^"]*)"', form)],
        )
        for form in re.findall(r'<form class="card".*?</form>', html, flags=re.DOTALL)
    ]


def test_other_means_and_the_nearest_offices_stand_beside(client, rule, taken, neighbours):
    rule.kinds = [Kind.OFFICE, Kind.VIDEO, Kind.PHONE, Kind.FIRM]
    rule.save()
    nearest = ["11-24T10:00", "11-24T10:30", "11-24T11:00"]
    elsewhere = ["11-24T09:00", "11-24T09:30", "11-24T10:00"]
    assert offers(refuse(client)) == [
        ("Am Telefon", "MehrWert-Büro Hameln", nearest),
        ("Per Video", "MehrWert-Büro Hameln", nearest),
        ("MehrWert-Büro Schaumburg", "am Telefon, etwa 22 km entfernt", elsewhere),
        ("MehrWert-Büro Holzminden", "im Büro, etwa 33 km entfernt", elsewhere),
    ]


def test_each_offer_carries_every_answer_and_can_be_taken(client, taken, neighbours):
    html = unescape(refuse(client, kurs="").content.decode())
    forms = re.findall(r'<form class="card" method="post" action="([^"]*)">(.*?)</form>', html, flags=re.DOTALL)
    assert [action for action, _ in forms] == [
        "/termin/hameln/reservieren/",
        "/termin/schaumburg/reservieren/",
        "/termin/holzminden/reservieren/",
    ]
    for action, form in forms:
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        assert {name: fields[name] for name in ANSWERS} == ANSWERS
        assert fields["besuch"] == "one"
        held = client.post(action, fields)
        assert held.url.startswith("/termin/reserviert/")
        assert 'value="Beispiel Metallbau GmbH"' in unescape(client.get(held.url).content.decode())
    # One visit holds one time.
    assert Appointment.objects.filter(status="held").count() == 1


def test_nothing_beside_where_there_is_nothing(client, rule, taken):
    rule.kinds = [Kind.OFFICE]
    rule.save()
    response = refuse(client)
    assert offers(response) == []
    assert "Oder so" not in response.content.decode()


def test_an_empty_office_still_shows_the_ways_beside(client, rule, neighbours):
    rule.kinds = [Kind.PHONE]
    rule.save()
    response = refuse(client)
    assert "Hier ist zurzeit nichts frei." in response.content.decode()
    assert [title for title, _, _ in offers(response)] == [
        "Am Telefon",
        "MehrWert-Büro Schaumburg",
        "MehrWert-Büro Holzminden",
    ]


def test_too_many_reservations_show_them_too(client, neighbours):
    BookingSettings.objects.update_or_create(defaults={"holds_per_network": 1})
    refuse(client)
    response = refuse(client, zeit="2026-11-24T10:30+01:00", besuch="two")
    assert response.status_code == 429
    assert len(offers(response)) == 3


def test_ids_of_the_page_are_unique(client, taken, neighbours):
    ids = re.findall(r'\bid="([^"]+)"', refuse(client).content.decode())
    assert len(ids) == len(set(ids))


def test_offices_out_of_operation_are_no_neighbours(office, neighbours):
    Office.objects.filter(slug="schaumburg").update(is_active=False)
    assert [(found.office.slug, found.distance_km) for found in neighbours_of(office)] == [
        ("holzminden", 33),
        ("vechta", 100),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_stays(client, office, advisor, taken, django_assert_num_queries, number):
    for index in range(number):
        place = office_at(f"Nachbar{index}", office.latitude + 0.1 * (index + 1), [Kind.OFFICE, Kind.VIDEO])
        for hour in range(number):
            AvailabilityRuleFactory(advisor=AdvisorFactory(office=place), start_time=time(8 + hour))
    refuse(client)
    with django_assert_num_queries(19):
        refuse(client)
