"""A named advisor and a part of the day: chosen by plain links, carried through to the appointment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html import unescape

import pytest

from booking.enums import Kind
from booking.models import Appointment
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = "2026-11-24T09:00+01:00"


@pytest.fixture
def colleague(office):
    """Bea is there on the same days from 15 to 18 o'clock, and speaks by video, too."""
    person = AdvisorFactory(name="Bea Beispiel", slug="bea", office=office)
    kinds = [Kind.OFFICE, Kind.VIDEO]
    AvailabilityRuleFactory(advisor=person, start_time=time(15), end_time=time(18), kinds=kinds)
    return person


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def page(client, query="", status=200) -> str:
    response = client.get(f"/termin/hameln/{query}")
    assert response.status_code == status
    return text(response)


def choices(html: str, heading: str) -> dict[str, tuple[str, int]]:
    """Address and number of free times of each choice below a heading."""
    nav = re.search(rf'<nav aria-labelledby="{heading}">.*?</nav>', html)
    found = re.findall(r'href="([^"]*)" rel="nofollow" ?[^>]*> (.*?) <span class="choices__(\w+)">(\d*)', nav[0])
    return {label: (url, int(number or 0)) for url, label, _, number in found}


def offered(html: str) -> set[str]:
    return {value[11:16] for value in re.findall(r'name="zeit" value="([^"]*)"', html)}


def test_each_choice_says_how_many_times_it_leaves(client, colleague):
    html = page(client, "?tag=2026-11-24&monat=2026-11")
    days = choices(html, "person")["Ada Beispiel"][1] // 5
    assert choices(html, "person") == {
        "beliebige Beratung": ("/termin/hameln/", days * 10),
        "Ada Beispiel": ("/termin/hameln/?person=ada", days * 5),
        "Bea Beispiel": ("/termin/hameln/?person=bea", days * 5),
    }
    assert choices(html, "tageszeit") == {
        "zu jeder Tageszeit": ("/termin/hameln/", days * 10),
        "vormittags, bis 12 Uhr": ("/termin/hameln/?tageszeit=vormittag", days * 5),
        "nachmittags, ab 12 Uhr": ("/termin/hameln/?tageszeit=nachmittag", days * 4),
        "abends, ab 17 Uhr": ("/termin/hameln/?tageszeit=abend", days),
    }


def test_a_time_that_two_people_could_give_counts_once(client, colleague, office):
    before = choices(page(client), "person")["beliebige Beratung"]
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
    assert choices(page(client), "person")["beliebige Beratung"] == before


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ("?person=ada", {"09:00", "09:30", "10:00", "10:30", "11:00"}),
        ("?person=bea", {"15:00", "15:30", "16:00", "16:30", "17:00"}),
        ("?tageszeit=abend", {"17:00"}),
        ("?person=bea&tageszeit=nachmittag", {"15:00", "15:30", "16:00", "16:30"}),
        ("?person=bea&tageszeit=vormittag", set()),
    ],
)
def test_only_times_of_the_wish_are_shown(client, colleague, query, times):
    assert offered(page(client, f"{query}&tag=2026-11-24")) == times


def test_the_kind_follows_the_person(client, colleague, office):
    video_only = AdvisorFactory(name="Cem", slug="cem", office=office)
    AvailabilityRuleFactory(advisor=video_only, kinds=[Kind.VIDEO])
    assert '<input type="hidden" name="art" value="video">' in page(client, "?person=cem")


@pytest.mark.parametrize(
    "query", ["?person=niemand", "?person=fern", "?person=fort", "?tageszeit=nacht", "?person=%00"]
)
def test_who_gives_no_times_here_is_404(client, office, query):
    AvailabilityRuleFactory(advisor=AdvisorFactory(slug="fern", office=OfficeFactory(slug="fern")))
    AvailabilityRuleFactory(advisor=AdvisorFactory(slug="fort", office=office, is_active=False))
    page(client, query, status=404)
    slug = query.partition("person=")[2]
    if slug:
        wish = {"anliegen": "erstberatung", "art": "office", "zeit": NINE, "person": slug}
        assert client.post("/termin/hameln/reservieren/", wish).status_code == 404
    assert not Appointment.objects.exists()


def test_who_sits_only_on_office_days_can_be_named(client, office):
    guest = AdvisorFactory(name="Gast Beispiel", slug="gast", office=OfficeFactory(slug="fern"))
    OfficeDayFactory(office=office, advisors=[guest])
    assert offered(page(client, "?person=gast&tag=2026-11-24")) >= {"09:00", "11:00"}


def test_an_empty_result_says_which_filter_to_drop(client, colleague):
    html = page(client, "?art=office&person=bea&tageszeit=vormittag")
    ways = re.search(r'id="auswege">.*?</ul>', html)[0]
    assert '<a href="/termin/hameln/?art=office&tageszeit=vormittag" rel="nofollow">Mit allen Beraterinnen' in ways
    assert '<a href="/termin/hameln/?art=office&person=bea" rel="nofollow">Zu jeder Tageszeit</a>' in ways
    other = page(client, "?art=video&person=ada")
    assert '<a href="/termin/hameln/?art=video" rel="nofollow">Mit allen Beraterinnen' in other
    assert "auswege" not in page(client, "?person=bea")
    kinds = re.search(r'id="auswege">.*?</ul>', page(client, "?art=firm&plz=31785"))[0]
    assert '<a href="/termin/hameln/?art=phone&plz=31785" rel="nofollow">Stattdessen am Telefon</a>' in kinds


def reserve(client, **more):
    wish = {"anliegen": "erstberatung", "art": "office", "zeit": NINE, "besuch": "one"}
    return client.post("/termin/hameln/reservieren/", wish | more)


def test_the_named_person_is_reserved_and_stays_named(client, advisor, office):
    colleague = AdvisorFactory(name="Aab", slug="aab", office=office)
    AvailabilityRuleFactory(advisor=colleague)
    for slug in ("aab", "ada"):
        form = reserve(client, person=slug, besuch=slug)
        assert form.url.endswith(f"?person={slug}")
        hold = Appointment.objects.get(visit=slug)
        assert hold.advisor.slug == slug
        html = text(client.get(form.url))
        assert f'<input type="hidden" name="person" value="{slug}">' in html
        assert hold.advisor.name in html
        released = client.post(form.url.replace("?", "freigeben/?"), {"person": slug})
        assert released.url == f"/termin/hameln/?anliegen=erstberatung&art=office&person={slug}"


def test_a_refusal_offers_the_same_person_and_beside_her_the_others(client, advisor, colleague):
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    response = reserve(client, person="ada")
    assert response.status_code == 409
    html = text(response)
    assert "Am nächsten an Ihrem Wunsch, mit Ada Beispiel" in html
    here, *beside = re.findall(r"<form .*?</form>", html)
    assert '<input type="hidden" name="person" value="ada">' in here
    assert offered(here) == {"10:00", "10:30", "11:00"}
    assert [re.search(r"<h3[^>]*>([^<]*)<", form)[1] for form in beside] == [
        "Mit anderen Beraterinnen und Beratern",
        "Am Telefon",
    ]
    assert 'name="person"' not in beside[0]
    assert offered(beside[0]) == {"15:00", "15:30", "16:00"}
    assert '<input type="hidden" name="person" value="ada">' in beside[1]
    assert "mit Ada Beispiel, MehrWert-Büro Hameln" in beside[1]
    assert "/termin/hameln/?anliegen=erstberatung&art=office&person=ada" in html


def test_a_reservation_that_ran_out_keeps_the_person(client, now, advisor, colleague):
    form = reserve(client, person="ada")
    now.shift(3600)
    html = text(client.post(form.url, {"name": "Kim Muster", "person": "ada"}))
    assert "Am nächsten an Ihrem Wunsch, mit Ada Beispiel" in html
    assert 'name="name" value="Kim Muster"' in html


def test_the_number_of_queries_stays_with_every_filter(client, office, service, django_assert_num_queries):
    client.get("/termin/hameln/")
    for more in (0, 3):
        for _ in range(more):
            AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
        with django_assert_num_queries(7):
            client.get("/termin/hameln/?person=ada&tageszeit=vormittag&art=office")
