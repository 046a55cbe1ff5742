"""The page of a person, contacts as vCards and QR codes, and the ways to maps of others."""

from __future__ import annotations

import re
from datetime import date

import pytest
import vobject
from django.core.cache import cache

from foundation.models import CreditedImage
from foundation.qr import qr_code
from offices.maps import map_address, route_address
from offices.models import Advisor, OfficePage
from offices.people import office_contact
from tests.factories.booking import AvailabilityRuleFactory
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, PictureFactory, new_site
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
PERSON = "/bueros/hameln/team/ada/"
CARD = "/kontakte/team/ada.vcf"


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))


@pytest.fixture
def page() -> OfficePage:
    office = OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")
    return OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office, slug="hameln")


@pytest.fixture
def advisor(page) -> Advisor:
    return AdvisorFactory(
        name="Ada Beispiel",
        slug="ada",
        office=page.office,
        role="Weiterbildungsberatung",
        focus="Metall; Pflege",
        about="<p>Gelernte <b>Tischlerin</b>.</p>",
        portrait=PictureFactory(),
        phone="05151 900",
        is_example=True,
    )


def test_a_withdrawn_portrait_leaves_the_pages_of_person_and_office(client, advisor):
    CreditedImage.objects.update(credit="Foto: Agentur", valid_until=date(2020, 1, 1), withdraw_when_expired=True)
    for address in (PERSON, "/bueros/hameln/"):
        text = client.get(address).content.decode()
        assert "Ada Beispiel" in text, address
        assert ("Agentur" in text, "<picture" in text) == (False, False), address


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_a_person(client, advisor, number, django_assert_num_queries):
    AvailabilityRuleFactory(advisor=advisor)
    for _ in range(number - 1):
        AdvisorFactory(office=advisor.office)
    client.get(PERSON)
    with django_assert_num_queries(3):
        response = client.get(PERSON)
    text = response.content.decode()
    markup = Markup(text)
    assert markup.complaints == []
    assert "<title>Ada Beispiel, MehrWert-Büro Hameln – MehrWert</title>" in text
    for words in ("Metall; Pflege", "Tischlerin", "05151 900", "Beispiel, Person erfunden", "Illustration: MehrWert"):
        assert words in text
    assert {"/bueros/hameln/", "/termin/hameln/?person=ada", CARD} <= set(markup.links)
    assert f'<link rel="canonical" href="http://testserver{PERSON}">' in text
    assert response.cookies == {}
    assert PERSON in Markup(client.get("/bueros/hameln/").content.decode()).links


def test_whoever_gives_no_times_leads_to_those_of_the_office(client, advisor):
    """The times page knows nobody else by name: a head without consultations, somebody whose hours are elsewhere."""
    AvailabilityRuleFactory(advisor=advisor, office=OfficeFactory())
    text = client.get(PERSON).content.decode()
    assert "Freie Zeiten im Büro ansehen" in text
    assert [link for link in Markup(text).links if link.startswith("/termin/hameln/")] == ["/termin/hameln/"]


@pytest.mark.parametrize("change", [{"is_public": False}, {"is_active": False}])
def test_nobody_who_is_not_shown_has_a_page(client, advisor, change):
    Advisor.objects.filter(pk=advisor.pk).update(**change)
    for path in (PERSON, CARD):
        assert client.get(path).status_code == 404


def test_preview_of_a_draft_leaves_no_address_of_its_own(client, page, advisor):
    """The new short name of a draft leads nowhere yet."""
    page.slug = "entwurf"
    page.set_url_path(page.get_parent())
    assert "/bueros/entwurf/team/ada/" in Markup(page.make_preview_request().content.decode()).links
    text = client.get("/bueros/hameln/").content.decode()
    assert PERSON in Markup(text).links
    assert "/entwurf/" not in text


def test_people_of_other_offices_have_no_page_here(client, page):
    AdvisorFactory(slug="fern")
    assert client.get("/bueros/hameln/team/fern/").status_code == 404


def test_card_of_a_person(client, advisor):
    response = client.get(CARD)
    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="ada.vcf"'
    assert response.content.decode() == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Beispiel\r\nN:Beispiel;Ada;;;\r\nORG:MehrWert;MehrWert-Büro Hameln\r\n"
        "TITLE:Weiterbildungsberatung\r\nADR;TYPE=WORK:;;Musterweg 1;Hameln;;31785;Deutschland\r\n"
        "TEL;TYPE=WORK:05151 900\r\nEMAIL;TYPE=WORK:ada@mehrwert.example\r\n"
        f"URL:http://testserver{PERSON}\r\nEND:VCARD\r\n"
    )


def test_a_shared_link_names_the_person_and_not_the_office(client, advisor):
    text = client.get(PERSON).content.decode()
    assert re.findall(r'<meta property="og:(title|description|url|type)" content="([^"]*)"', text) == [
        ("type", "profile"),
        ("title", "Ada Beispiel, MehrWert-Büro Hameln"),
        ("description", "Ada Beispiel berät im MehrWert-Büro Hameln: Metall; Pflege."),
        ("url", f"http://testserver{PERSON}"),
    ]


def test_an_office_that_is_closed_down_has_no_card_and_offers_none(client, page):
    assert "/kontakte/buero/hameln.vcf" in client.get("/bueros/hameln/").content.decode()
    page.office.is_active = False
    page.office.save()
    cache.clear()
    assert "/kontakte/buero/" not in client.get("/bueros/hameln/").content.decode()
    assert client.get("/kontakte/buero/hameln.vcf").status_code == 404
    assert client.post("/kontakte/buero/hameln.vcf").status_code == 405


def test_card_survives_what_people_type(client, page):
    """Nothing typed ends a line or a field, long lines are folded between letters (RFC 2426)."""
    office = page.office
    office.name, office.street, office.phone = "Büro; Hof, \\Haus", "Weg 1\r\nURL:https://boese.example", ""
    office.town = "Ü" * 60
    office.save()
    body = client.get("/kontakte/buero/hameln.vcf").content
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    card = vobject.readOne(body.decode())
    assert (card.fn.value, card.org.value) == ("Büro; Hof, \\Haus", ["MehrWert", "Büro; Hof, \\Haus"])
    assert (card.adr.value.street, card.adr.value.city) == ("Weg 1\nURL:https://boese.example", "Ü" * 60)
    assert [url.value for url in card.url_list] == ["http://testserver/bueros/hameln/"]
    assert not hasattr(card, "tel")


def test_qr_code_holds_the_card(client, page):
    body = client.get("/kontakte/buero/hameln.vcf").content.decode()
    contact = office_contact(page.office)
    assert (contact.card, contact.qr) == (body, qr_code(body))
    assert contact.qr in client.get("/bueros/hameln/").content.decode()


def test_maps_of_others_are_named_and_only_linked(client, page):
    text = client.get("/bueros/hameln/").content.decode()
    assert (
        map_address(52.1037, 9.3676) == "https://www.openstreetmap.org/?mlat=52.1037&mlon=9.3676#map=17/52.1037/9.3676"
    )
    assert route_address(52.1037, 9.3676) == "https://www.openstreetmap.org/directions?from=&to=52.1037%2C9.3676"
    way = route_address(52.1037, 9.3676).replace("&", "&amp;")
    assert (
        f'<a href="{way}" rel="nofollow noopener noreferrer external">Weg zu uns bei OpenStreetMap suchen</a>' in text
    )
    assert text.count('href="https://www.openstreetmap.org/') == 2
    assert 'src="https://' not in text
