"""The second step: service, kind, and free times."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from booking.enums import Kind
from booking.models import BusyCalendar
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, BusyCalendarFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]


def page(client, query="", status=200) -> str:
    response = client.get(f"/termin/hameln/{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def test_every_time_is_a_button_with_a_machine_readable_time(client):
    html = page(client)
    assert '<button class="slot" type="submit" name="zeit" value="2026-11-24T09:00+01:00" data-next>' in html
    assert '<time class="slot__time" datetime="2026-11-24T09:00+01:00">' in html
    assert "Dienstag, 24. November, </span>9:00 Uhr</time>" in html


def test_days_have_counts_and_the_month_has_links(client):
    html = page(client)
    assert "Dienstag, 24. November, 5 freie Termine" in html
    assert "Tage mit freien Terminen im November 2026" in html
    assert "Dienstag, 24. November, 5 frei" in html
    chosen = page(client, "?tag=2026-12-03")
    assert 'value="2026-12-03T11:00+01:00"' in chosen
    assert page(client, "?monat=2027-01").count("Januar 2027") >= 2


@pytest.mark.parametrize(
    "query",
    [
        "?anliegen=gibt-es-nicht", "?art=office_day_x", "?art=gibt-es-nicht", "?tag=2026-11-22", "?tag=2027-12-01",
        "?tag=heute", "?tag=2026-13-01", "?monat=2026-10", "?monat=2027-03", "?monat=9999-99", "?monat=x",
        "?tag=%00", "?monat=0000-01",
    ],
)  # fmt: skip
def test_f28_what_the_calendar_does_not_have_is_404(client, query):
    page(client, query, status=404)


def test_f28_a_crawler_finds_no_endless_space(client):
    """Whoever follows every month ends at the horizon and at today; well-behaved ones follow none at all."""
    known, todo = set(), [""]
    while todo:
        links = re.findall(r'<a [^>]*href="([^"#]*[?&](?:monat|tag)=[^"#]*)#[^>]*>', page(client, todo.pop()))
        months = {re.search(r"monat=[0-9-]+", link)[0] for link in links if "monat=" in link}
        todo += [f"?{month}" for month in months - known]
        known |= months
    assert known == {"monat=2026-11", "monat=2026-12", "monat=2027-01"}
    followed = re.findall(r"<a (?:(?!nofollow)[^>])*>", page(client))
    assert not [link for link in followed if "monat=" in link or "tag=" in link]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("31785", "Ihr Büro für 31785 im Landkreis Hameln-Pyrmont."),
        ("30159", "30159 liegt außerhalb unserer sieben Landkreise."),
        ("abcde", ""),
        ("00000", ""),
    ],
)
def test_the_postcode_is_answered_in_a_plain_sentence(client, code, sentence):
    html = page(client, f"?plz={code}")
    assert sentence in html
    assert ("außerhalb" in html) == (code == "30159")


def test_a_foreign_office_is_allowed_and_named(client):
    OfficeFactory(slug="vechta", latitude=52.7, longitude=8.3)
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=OfficeFactory(slug="diepholz")))
    response = client.get("/termin/vechta/?plz=31785")
    assert "eigentlich das MehrWert-Büro Hameln" in response.content.decode()


def test_the_kind_is_the_first_with_free_times(client, service, rule):
    rule.kinds = [Kind.PHONE]
    rule.save()
    html = page(client)
    assert '<input type="hidden" name="art" value="phone">' in html
    assert "im Büro <span" in " ".join(html.split())
    assert "Dafür ist zurzeit nichts frei." in page(client, "?art=office")


def test_an_unknown_office_is_404(client):
    assert client.get("/termin/gibt-es-nicht/").status_code == 404


def test_the_page_is_kept_for_the_way_back_but_by_nobody_else(client):
    response = client.get("/termin/hameln/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.cookies == {}


def test_a_calendar_that_cannot_be_read_is_a_plain_sentence_and_no_empty_calendar(
    client, office, advisor, django_assert_num_queries
):
    told = "Termine bei Ada Beispiel gibt es zurzeit nur auf Anfrage"
    own = BusyCalendarFactory(advisor=advisor)
    assert told not in page(client)
    BusyCalendar.objects.filter(pk=own.pk).update(trusted_until=NOW)
    with django_assert_num_queries(7):
        html = page(client)
    assert told in html
    assert 'name="zeit"' not in html


def test_the_number_of_queries_stays(client, office, service, django_assert_num_queries):
    client.get("/termin/hameln/")
    for more in (0, 4):
        for number in range(more):
            person = AdvisorFactory(office=office)
            AvailabilityRuleFactory(advisor=person)
            AppointmentFactory(advisor=person, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
            ServiceFactory(slug=f"s{number}", name=f"S{number}")
        with django_assert_num_queries(7):
            client.get("/termin/hameln/")
