"""The days of the whole network: numbers that the offices' own pages confirm."""

from __future__ import annotations

import re
from datetime import date, time
from html import unescape

import pytest

from booking.choices import Filters
from booking.domain.dayparts import DayPart
from booking.enums import Kind
from booking.network_times import NetworkTimes
from booking.selectors import free_starts_of_network, free_times
from booking.times import by_day
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

PAGE = "/termin/tage/"


def page(client, query="", status=200) -> str:
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def vechta():
    """A second office with two people, mornings and afternoons, in the office and by phone."""
    place = OfficeFactory(name="MehrWert-Büro Vechta", slug="vechta")
    for _ in range(2):
        person = AdvisorFactory(office=place)
        AvailabilityRuleFactory(advisor=person, kinds=[Kind.OFFICE, Kind.PHONE])
        AvailabilityRuleFactory(advisor=person, kinds=[Kind.PHONE], start_time=time(13), end_time=time(16))
    ClosureFactory(office=place, first_day=date(2026, 11, 26))
    return place


def test_each_day_says_how_many_times_there_are_in_all_offices(client, advisor, vechta):
    AppointmentFactory(advisor=advisor, starts_at=NOW.replace(day=25, hour=8))
    html = page(client)
    assert "Tage mit freien Terminen im November 2026" in html
    for label, number in {"Dienstag, 24.": 10, "Mittwoch, 25.": 8, "Donnerstag, 26.": 5}.items():
        assert f'<span class="visually-hidden">{label} November, {number} frei</span>' in html
    assert "Sonntag, 29. November," not in html


def test_a_day_lists_its_offices_each_leading_to_its_times(client, vechta):
    html = page(client, "?tag=2026-11-24&art=phone&tageszeit=nachmittag")
    assert re.findall(r'card__kicker">(.*?)</p>.*?<a href="(.*?)" rel="nofollow">(.*?)</a>', html) == [
        (
            "5 freie Zeiten, die erste um 13:00 Uhr",
            "/termin/vechta/?tageszeit=nachmittag&art=phone&tag=2026-11-24#tag",
            "MehrWert-Büro Vechta",
        )
    ]
    times = unescape(client.get("/termin/vechta/?tageszeit=nachmittag&art=phone&tag=2026-11-24").content.decode())
    assert times.partition('<div id="tag">')[2].partition("</div>")[0].count('name="zeit"') == 5


def test_without_a_chosen_day_the_first_of_the_month_with_times_is_shown(client):
    assert '<h2 id="bueros">Dienstag, 24. November</h2>' in page(client)
    assert '<h2 id="bueros">Dienstag, 1. Dezember</h2>' in page(client, "?monat=2026-12")
    assert '<h2 id="bueros">Nichts frei</h2>' in page(client, "?tag=2026-11-29")
    assert '<h2 id="bueros">Nichts frei</h2>' in page(client, "?art=video")


def test_in_the_last_week_the_next_month_is_shown_where_nothing_is_left_of_this_one(client, now):
    now.move_to(NOW.replace(day=30, hour=20))
    html = page(client)
    assert '<h2 id="bueros">Mittwoch, 2. Dezember</h2>' in html
    assert "Tage mit freien Terminen im Dezember 2026" in html


@pytest.mark.parametrize("part", [None, *DayPart])
@pytest.mark.parametrize("kind", [Kind.OFFICE, Kind.PHONE])
def test_the_numbers_are_those_of_the_offices_pages(service, office, advisor, vechta, kind, part):
    AppointmentFactory(advisor=advisor, starts_at=NOW.replace(day=25, hour=8))
    filters = Filters(kind, part=part)
    span = {"now": NOW, "first": date(2026, 11, 1), "last": date(2026, 12, 15)}
    found = NetworkTimes(free_starts_of_network(service, **span).found).of(filters)
    for place in (office, vechta):
        shown = by_day(slot.start for slot in filters.of(free_times(service, offices=[place], **span)))
        assert {day: sorted(offices[place.pk]) for day, offices in found.items() if place.pk in offices} == shown


@pytest.mark.parametrize(
    "query",
    [
        *("?anliegen=gibt-es-nicht", "?art=gibt-es-nicht", "?tageszeit=nachts", "?tag=2026-11-22", "?tag=x"),
        *("?tag=9999-12-31", "?tag=%00", "?monat=2026-10", "?monat=2027-02", "?monat=x", "?monat=0000-01"),
    ],
)
def test_f28_what_the_calendar_does_not_have_is_404(client, query):
    page(client, query, status=404)


def test_f28_crawlers_are_asked_to_leave_every_state(client, vechta):
    links = re.findall(r'<a [^>]*href="[^"]*\?[^>]*>', page(client))
    assert len(links) > 10
    assert not [link for link in links if 'rel="nofollow"' not in link]
    assert "Weiter<span" not in page(client, "?monat=2027-01")


def test_visits_stand_on_the_pages_of_the_offices(client, service):
    service.kinds = [Kind.FIRM, Kind.OFFICE]
    service.save()
    html = page(client, "?art=firm")
    assert "Dienstag, 24. November, 5 frei" in html
    assert "in Ihrem Betrieb" not in html
    service.kinds = [Kind.FIRM]
    service.save()
    assert '<h2 id="bueros">Nichts frei</h2>' in page(client)


def test_it_is_found_from_the_first_step_and_from_the_times(client):
    assert f'href="{PAGE}"' in client.get("/termin/").content.decode()
    carried = "?anliegen=erstberatung&art=phone&kurs=sps"
    assert f'href="{PAGE}{carried}"' in unescape(client.get(f"/termin/{carried}").content.decode())
    times = unescape(client.get("/termin/hameln/").content.decode())
    assert f'href="{PAGE}?anliegen=erstberatung&art=office"' in times


def test_only_get_and_no_cookie(client):
    assert client.post(PAGE).status_code == 405
    response = client.get(PAGE)
    assert (response.cookies, response.headers["Cache-Control"]) == ({}, "private, no-cache")


@pytest.mark.parametrize("offices", [1, 3])
def test_the_number_of_queries_stays(client, django_assert_num_queries, offices):
    for number in range(offices - 1):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=OfficeFactory()))
        ServiceFactory(slug=f"s{number}", name=f"S{number}")
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
