"""„Mein Kalender“: addresses of feeds, for the advisor alone and for administrators."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from booking.links import feed_address
from booking.models import AdvisorFeed
from booking.services.feeds import MAX_FEEDS
from foundation.qr import qr_code
from tests.factories.accounts import administrator, client_of, editor, let_colleagues_see
from tests.factories.booking import AdvisorFeedFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def test_page_offers_the_address_in_three_ways(advisor, client):
    feed = AdvisorFeedFactory(
        advisor=advisor,
        last_fetched_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
        last_client="Gecko Thunderbird/128.3",
    )
    response = client.get(reverse("advisor_calendar"))
    page = response.content.decode()
    address = feed_address(feed)
    webcal = "webcal://" + address.partition("://")[2]
    assert f'value="{address}"' in page
    assert f'href="{webcal}"' in page
    assert f'href="https://calendar.google.com/calendar/r?cid={quote(webcal, safe="")}"' in page
    assert "20.11.2026, 09:00 Uhr von Thunderbird\n" in page
    assert "einen ganzen Tag" in page
    assert 'rel="noreferrer noopener"' in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Cache-Control"].startswith("private, no-store")
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_page_draws_the_webcal_link_as_squares(advisor, client):
    feed = AdvisorFeedFactory(advisor=advisor)
    page = client.get(reverse("advisor_calendar")).content.decode()
    drawn = re.search(r'aria-label="QR-Code mit der Adresse von „Outlook im Büro“">(<svg.*?</svg>)', page)
    assert drawn
    assert drawn[1] == qr_code("webcal://" + feed_address(feed).partition("://")[2])
    assert "style=" not in drawn[1]
    assert 'fill="#fff"' in drawn[1]


def test_page_guides_through_each_program(client):
    page = client.get(reverse("advisor_calendar")).content.decode()
    assert re.findall(r"<summary>(.*?)</summary>", page) == [
        "Outlook am Rechner (klassisch)",
        "Neues Outlook für Windows",
        "Outlook im Web",
        "Google Kalender",
        "iPhone, iPad und Mac",
        "Thunderbird",
        "Nextcloud",
    ]


@pytest.mark.parametrize("items", [1, 3])
def test_page_takes_as_many_queries_for_three_links_as_for_one(advisor, client, django_assert_num_queries, items):
    for _ in range(items):
        AdvisorFeedFactory(advisor=advisor)
    client.get(reverse("advisor_calendar"))
    with django_assert_num_queries(15):
        client.get(reverse("advisor_calendar"))


def test_new_link_hides_the_firm_unless_asked(advisor, client):
    assert 'value="title" required id="id_detail_1" checked' in client.get(reverse("advisor_calendar")).content.decode()
    client.post(reverse("advisor_calendar"), {"name": "Handy", "detail": "title"})
    feed = AdvisorFeed.objects.get()
    assert (feed.advisor, feed.name, feed.detail) == (advisor, "Handy", "title")


def test_link_without_a_name_comes_back(client):
    response = client.post(reverse("advisor_calendar"), {"name": "", "detail": "title"})
    assert response.status_code == 200
    assert response.context["form"].errors == {"name": ["Dieses Feld muss ausgefüllt werden."]}
    assert not AdvisorFeed.objects.exists()


def test_links_are_counted(advisor, client):
    for _ in range(MAX_FEEDS):
        AdvisorFeedFactory(advisor=advisor)
    response = client.post(reverse("advisor_calendar"), {"name": "Noch einer", "detail": "title"}, follow=True)
    assert f"Es gibt schon {MAX_FEEDS} Links." in response.content.decode()
    assert AdvisorFeed.objects.count() == MAX_FEEDS


def test_new_address_kills_the_old_one(advisor, client):
    feed = AdvisorFeedFactory(advisor=advisor, last_client="Outlook")
    old = feed_address(feed)
    client.post(reverse("advisor_calendar_renew", args=[feed.uid]))
    feed.refresh_from_db()
    assert (feed.version, feed.last_client) == (2, "")
    page = client.get(reverse("advisor_calendar")).content.decode()
    assert old not in page
    assert feed_address(feed) in page


def test_link_switched_off_stays_off(advisor, client):
    feed = AdvisorFeedFactory(advisor=advisor, name="Altes Handy")
    client.post(reverse("advisor_calendar_off", args=[feed.uid]))
    feed.refresh_from_db()
    assert feed.revoked_at is not None
    client.post(reverse("advisor_calendar_renew", args=[feed.uid]))
    revoked_version = feed.version
    feed.refresh_from_db()
    page = client.get(reverse("advisor_calendar")).content.decode()
    assert (feed.version, feed.revoked_at is None) == (revoked_version, False)
    assert "Altes Handy, abgeschaltet am" in page
    assert feed_address(feed) not in page


@pytest.mark.parametrize("route", ["advisor_calendar_renew", "advisor_calendar_off"])
def test_s2_nothing_changes_by_get_or_without_proof_of_origin(advisor, client, route):
    feed = AdvisorFeedFactory(advisor=advisor)
    assert client.get(reverse(route, args=[feed.uid])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(advisor.user)
    assert strict.post(reverse(route, args=[feed.uid])).status_code == 403
    assert strict.post(reverse("advisor_calendar"), {"name": "x", "detail": "full"}).status_code == 403
    feed.refresh_from_db()
    assert (feed.version, feed.revoked_at, AdvisorFeed.objects.count()) == (1, None, 1)


def test_administrator_chooses_an_advisor(advisor):
    client = client_of(administrator())
    feed = AdvisorFeedFactory(advisor=advisor)
    assert feed_address(feed) not in client.get(reverse("advisor_calendar")).content.decode()
    page = client.get(reverse("advisor_calendar") + f"?beratungsperson={advisor.pk}").content.decode()
    assert feed_address(feed) in page
    client.post(reverse("advisor_calendar"), {"name": "Neu", "detail": "full", "beratungsperson": advisor.pk})
    assert AdvisorFeed.objects.filter(advisor=advisor, name="Neu", detail="full").exists()


@pytest.mark.parametrize("page", ["advisor_calendar", "push_calendar", "busy_calendars"])
def test_a_form_that_comes_back_to_an_administrator_is_still_that_advisors(advisor, page):
    """The page asked for a person again, and the errors were gone."""
    values = {"beratungsperson": advisor.pk, "art": "ics"}
    shown = client_of(administrator()).post(reverse(page), values).content.decode()
    assert f'<option value="{advisor.pk}" selected>' in shown
    assert "Dieses Feld muss ausgefüllt werden." in shown


@pytest.mark.parametrize("wanted", ["0", "x", "-1", "9" * 30, "²"])
def test_advisor_that_is_none_is_not_found(wanted):
    assert client_of(administrator()).get(reverse("advisor_calendar"), {"beratungsperson": wanted}).status_code == 404


def test_editors_have_no_calendar():
    client = client_of(editor())
    assert client.get(reverse("advisor_calendar")).status_code == 302
    assert "Mein Kalender" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_team_makes_a_link_to_all_appointments_of_its_office(advisor, client):
    """Whoever may not see them is not asked, and gets an own link whatever the browser sends."""
    office = {"name": "Team", "detail": "title", "whose": "office"}
    assert 'name="whose"' not in client.get(reverse("advisor_calendar")).content.decode()
    client.post(reverse("advisor_calendar"), office)
    let_colleagues_see()
    page = client_of(advisor.user).get(reverse("advisor_calendar")).content.decode()
    assert f"alle: {advisor.office.name}" in page
    client_of(advisor.user).post(reverse("advisor_calendar"), office)
    assert list(AdvisorFeed.objects.values_list("office", flat=True)) == [None, advisor.office_id]
    page = " ".join(client_of(advisor.user).get(reverse("advisor_calendar")).content.decode().split())
    assert page.count(f"<dd>alle: {advisor.office.name}</dd>") == 1
    assert "gilt nicht mehr" not in page


def test_page_tells_that_a_link_of_the_team_has_ended(advisor, client):
    AdvisorFeedFactory(advisor=advisor, office=advisor.office)
    page = client.get(reverse("advisor_calendar")).content.decode()
    assert f"Dieser Link gilt nicht mehr: Nora Nord sieht die Termine von {advisor.office.name} nicht." in page


def test_each_guide_has_its_picture(client):
    """Drawings of our own; each symbol that the page names is in the file."""
    page = client.get(reverse("advisor_calendar")).content.decode()
    names = re.findall(r'<use href="/static/img/guides[^"#]*\.svg#([\w-]+)"', page)
    drawn = re.findall(r'<symbol id="([\w-]+)"', (ROOT / "site/static/img/guides.svg").read_text())
    assert names == drawn
    assert len(names) == len(re.findall(r'class="desk-picture" role="img" aria-label="Schema: [^"]{60,}"', page)) == 7
