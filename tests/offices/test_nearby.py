"""„In meiner Nähe“ on the page of all offices, by what somebody types."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Office
from offices.nearby import nearby
from offices.places import places_called, places_like
from tests.factories.home import OfficeIndexPageFactory, new_site
from tests.factories.offices import DistrictFactory, OfficeFactory, PostcodeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    hameln = DistrictFactory()
    vechta = DistrictFactory(name="Vechta", slug="vechta", latitude=52.7263, longitude=8.2860)
    diepholz = DistrictFactory(name="Diepholz", slug="diepholz", latitude=52.6078, longitude=8.3701)
    PostcodeFactory(code="31785", district=hameln, places="Hameln")
    PostcodeFactory(code="31787", district=hameln, places="Hameln, Halvestorf")
    PostcodeFactory(code="31848", district=hameln, places="Bad Münder am Deister")
    PostcodeFactory(code="49393", district=vechta, places="Lohne (Oldenburg)")
    PostcodeFactory(code="49434", district=vechta, places="Neuenkirchen-Vörden, Neuenkirchen")
    PostcodeFactory(code="27251", district=diepholz, places="Neuenkirchen")
    PostcodeFactory(code="27209", district=diepholz, kind="bulk")
    OfficeFactory(slug="hameln", districts=[hameln])
    OfficeFactory(slug="vechta", districts=[vechta, diepholz], latitude=52.7263, longitude=8.2860)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Hameln", ["31785 Hameln"]),
        ("HAMELN ", ["31785 Hameln"]),
        ("Bad Muender am Deister", ["31848 Bad Münder am Deister"]),
        ("münder", ["31848 Bad Münder am Deister"]),
        ("Lohne", ["49393 Lohne (Oldenburg)"]),
        ("Lohne Oldenburg", ["49393 Lohne (Oldenburg)"]),
        ("Neuenkirchen", ["27251 Neuenkirchen", "49434 Neuenkirchen"]),
        ("Neuenkirchen-Vörden", ["49434 Neuenkirchen-Vörden"]),
        ("Ha", []),
        ("Vechta!", []),
        ("?", []),
    ],
)
def test_a_place_is_found_by_its_name(network, typed, lines):
    assert [place.line for place in places_called(typed)] == lines


@pytest.mark.parametrize(
    ("typed", "lines"), [("Hamelm", ["31785 Hameln"]), ("Lone", ["49393 Lohne (Oldenburg)"]), ("Xyz", [])]
)
def test_a_typing_error_is_forgiven(network, typed, lines):
    assert [place.line for place in places_like(typed)] == lines


def test_a_name_of_brackets_alone_ends_no_search_in_an_error(network):
    """An editor's „Vechta, (Oldenburg)“: whoever mistyped a place got no page."""
    PostcodeFactory(code="49377", places="Vechta, (Oldenburg)")
    assert [place.line for place in places_like("Hamelm")] == ["31785 Hameln"]


@pytest.mark.parametrize(
    ("typed", "place", "slugs"),
    [
        ("49393", "49393", ["vechta", "hameln"]),
        ("D-49393", "49393", ["vechta", "hameln"]),
        ("49 393", "49393", ["vechta", "hameln"]),
        ("49393 Lohne", "49393 Lohne (Oldenburg)", ["vechta", "hameln"]),
        ("49393 <b>", "49393", ["vechta", "hameln"]),
        ("Lohne", "49393 Lohne (Oldenburg)", ["vechta", "hameln"]),
        ("Hameln", "31785 Hameln", ["hameln", "vechta"]),
        ("27209", "27209", ["vechta", "hameln"]),
        ("30159", "30159", ["hameln", "vechta"]),
    ],
)
def test_offices_stand_by_their_distance(network, typed, place, slugs):
    found = nearby(typed, None)
    assert (found.place, found.error, found.choices) == (place, "", [])
    assert [Office.objects.get(pk=office.office_id).slug for office in found.offices] == slugs
    assert found.found.office.slug == slugs[0]
    distances = [office.distance_km for office in found.offices]
    assert distances == sorted(distances)


def test_the_responsible_office_comes_before_a_nearer_one(network):
    far = DistrictFactory(name="Fern", slug="fern")
    PostcodeFactory(code="49377", district=far, places="Vechta")
    OfficeFactory(slug="fern", districts=[far])

    found = nearby("Vechta", None)

    assert found.found.office.slug == "fern"
    assert found.offices[0].office_id == found.found.office.pk
    assert found.offices[0].distance_km > found.offices[1].distance_km == 2


@pytest.mark.parametrize(
    ("typed", "error", "choices"),
    [
        ("3178", "Eine Postleitzahl hat fünf Ziffern. Sie können auch den Namen des Ortes eingeben.", []),
        ("00000", "Die Postleitzahl 00000 kennen wir nicht. Prüfen Sie die Ziffern.", []),
        ("Neuenkirchen", "", ["27251 Neuenkirchen", "49434 Neuenkirchen"]),
        (
            "Hamelm",
            "„Hamelm“ kennen wir nicht. Außerhalb der sieben Landkreise suchen Sie bitte mit der Postleitzahl.",
            ["31785 Hameln"],
        ),
    ],
)
def test_what_cannot_be_answered_says_how_to_go_on(network, typed, error, choices):
    found = nearby(typed, None)
    assert (found.error, [place.line for place in found.choices], found.offices) == (error, choices, [])


def test_without_any_office_it_says_so(db):
    PostcodeFactory(places="Hameln")
    assert nearby("Hameln", None).error.startswith("Zurzeit ist kein Büro geöffnet.")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_places_and_offices(network, number):
    for count in range(number):
        district = DistrictFactory(name=f"Kreis {count}", slug=f"kreis-{count}")
        PostcodeFactory(code=f"2000{count}", district=district, places="Neudorf, Altdorf")
        OfficeFactory(slug=f"buero-{count}", districts=[district])
    nearby("Lohne", None)
    with CaptureQueriesContext(connection) as queries:
        nearby("Hameln", None)
    assert len(queries) == 3


def test_page_of_the_offices_answers(network, client):
    OfficeIndexPageFactory(parent=new_site())

    html = client.get("/bueros/?ort=lohne").content.decode()
    assert Markup(html).complaints == []
    assert '<h2 id="alle-bueros">In der Nähe von 49393 Lohne (Oldenburg)</h2>' in html
    assert "Für den Landkreis Vechta ist das" in html
    assert 'href="/termin/vechta/?plz=49393"' in html
    assert "etwa 8 km entfernt" in html

    html = client.get("/bueros/?ort=Neuenkirchen").content.decode()
    assert '<a href="/bueros/?ort=27251%20Neuenkirchen">27251 Neuenkirchen</a>, Landkreis Diepholz' in html
    assert '<h2 id="alle-bueros">Alle Büros</h2>' in html

    html = client.get("/bueros/?ort=neu").content.decode()
    assert ">49434 Neuenkirchen-Vörden</a>" in html
    assert "Mehrere Orte passen dazu. Welchen meinen Sie?" in html  # it said that one name was theirs

    html = client.get("/bueros/", {"ort": "<script>"}).content.decode()
    assert "<script>" not in html.partition("<main")[2]
    assert '<p class="field__error" id="ort_error">„&lt;script&gt;“ kennen wir nicht.' in html
    assert "<title>Fehler – " in html
