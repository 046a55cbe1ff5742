"""Which office is there for a postcode."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.distance import distance_km
from offices.models import Office
from offices.postcodes import UnknownPostcode, coordinates, responsible_office
from tests.factories.offices import DistrictFactory, OfficeFactory, PostcodeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    hameln = DistrictFactory()
    vechta = DistrictFactory(name="Vechta", slug="vechta", latitude=52.7263, longitude=8.2860)
    PostcodeFactory(code="31785", district=hameln)
    PostcodeFactory(code="31020", district=hameln, crosses_border=True)
    PostcodeFactory(code="27209", district=vechta, kind="bulk")
    OfficeFactory(slug="hameln", districts=[hameln])
    OfficeFactory(slug="vechta", districts=[vechta], latitude=52.7263, longitude=8.2860)


def test_a_postcode_of_the_network_leads_to_its_districts_office(network):
    found = responsible_office("31785")
    assert (found.office.slug, found.district.name, found.distance_km, found.crosses_border) == (
        "hameln",
        "Hameln-Pyrmont",
        None,
        False,
    )


def test_a_code_on_the_border_says_so(network):
    assert responsible_office("31020").crosses_border is True


def test_a_bulk_code_without_coordinates_is_known(network):
    assert coordinates("27209") is None
    assert responsible_office("27209").office.slug == "vechta"


@pytest.mark.parametrize(("code", "slug", "km"), [("30159", "hameln", 40), ("49074", "vechta", 54)])
def test_a_foreign_postcode_gets_the_nearest_office(network, code, slug, km):
    found = responsible_office(code)
    assert (found.office.slug, found.district) == (slug, None)
    assert abs(found.distance_km - km) <= 3


def test_a_code_that_does_not_exist_is_refused(network):
    with pytest.raises(UnknownPostcode):
        responsible_office("00000")


def test_a_closed_office_is_passed_over(network):
    Office.objects.filter(slug="hameln").update(is_active=False)
    assert responsible_office("31785").office.slug == "vechta"


def test_the_number_of_queries_stays(network):
    for districts in (0, 5):
        for number in range(districts):
            extra = DistrictFactory(name=f"Kreis {number}", slug=f"kreis-{number}")
            OfficeFactory(districts=[extra])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            responsible_office("31785")
        assert len(queries) == 3


def test_distance_of_two_seats():
    assert round(distance_km((52.8475, 8.0450), (52.7263, 8.2860))) == 21
