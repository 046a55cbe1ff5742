"""The first step: postcode in, office out."""

from __future__ import annotations

import pytest

from foundation.models import BrandSettings
from tests.factories.offices import DistrictFactory, OfficeFactory, PostcodeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["31785", " 31785 ", "D-31785", "d 31785", "31 785"])
def test_a_good_postcode_leads_to_the_offices_times(client, office, typed):
    response = client.get("/termin/", {"plz": typed, "anliegen": "kurzanruf", "kurs": "adr", "fremd": "x"})
    assert (response.status_code, response.url) == (302, "/termin/hameln/?plz=31785&anliegen=kurzanruf&kurs=adr")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3178", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("Hameln", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("٣١٧٨٥", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("3178\x00", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("<script>", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("9" * 5000, "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("00000", "Die Postleitzahl 00000 kennen wir nicht."),
    ],
)
def test_a_bad_postcode_gets_a_sentence_at_the_field(client, office, typed, sentence):
    response = client.get("/termin/", {"plz": typed})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<p class="field__error" id="plz_error">{sentence}' in html
    assert 'aria-describedby="plz_error"' in html
    assert "<script>" not in html.split("</head>")[1]


def test_without_an_office_it_says_so(client, db):
    PostcodeFactory()
    assert "Zurzeit ist kein Büro geöffnet" in client.get("/termin/", {"plz": "31785"}).content.decode()


def test_the_description_names_the_network_as_the_settings_do(client, office):
    BrandSettings.objects.create(wordmark="Lernnetz")
    assert "Beratung in Ihrem Lernnetz-Büro." in client.get("/termin/").content.decode()


def test_the_number_of_queries_stays(client, office, django_assert_num_queries):
    client.get("/termin/")
    for more in (0, 3):
        for number in range(more):
            OfficeFactory(districts=[DistrictFactory(name=f"Kreis {number}", slug=f"kreis-{number}")])
        with django_assert_num_queries(2):
            client.get("/termin/")


def test_no_cookie_and_only_safe_methods(client, office):
    assert client.get("/termin/").cookies == {}
    assert client.post("/termin/").status_code == 405
