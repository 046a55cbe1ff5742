"""„Nächster freier Termin“ on all four kinds of pages: the same line everywhere, live, and for no query while it is
warm."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.core.cache import cache

from booking.freshness import FREE_TIMES
from offices.models import District
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    new_site,
)
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
LINE = re.compile(
    r'<p class="next-free"> <a class="next-free__link" href="([^"]*)" rel="nofollow">Nächster freier Termin: '
    r'<time class="next-free__time" datetime="([^"]*)">([^<]*)</time>'
)
FIRST = ("2026-11-24T09:00+01:00", "Di., 24. November, 9:00 Uhr")
SECOND = ("2026-11-24T10:00+01:00", "Di., 24. November, 10:00 Uhr")


@pytest.fixture
def pages(office) -> dict[str, str]:
    """Addresses of the home page, an office, a course, and news with and without a district."""
    home = new_site()
    index = NewsIndexPageFactory(parent=home)
    district = District.objects.get()
    return {
        "home": "/",
        "office": OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office).url,
        "course": CoursePageFactory(parent=CourseCataloguePageFactory(parent=home), slug="sps").url,
        "news": NewsPageFactory(parent=index, slug="netz").url,
        "district": NewsPageFactory(parent=index, slug="kreis", district=district).url,
    }


def lines(client, address: str) -> list[tuple[str, str, str]]:
    """Each once: the page of an office tells its own time above, and among those of its neighbours again."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.cookies == {}
    return list(dict.fromkeys(LINE.findall(" ".join(unescape(response.content.decode()).split()))))


@pytest.mark.parametrize("kind", ["home", "office", "course", "news", "district"])
def test_the_line_leads_to_its_time_and_follows_a_booking(
    client, pages, kind, advisor, django_capture_on_commit_callbacks
):
    course = "&kurs=sps" if kind == "course" else ""
    url = "/termin/hameln/?anliegen=erstberatung&art=office&zeit=2026-11-24T{}%3A00%2B01%3A00" + course
    assert lines(client, pages[kind]) == [(url.format("09"), *FIRST)]
    with django_capture_on_commit_callbacks(execute=True):
        AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    assert lines(client, pages[kind]) == [(url.format("10"), *SECOND)]


@pytest.mark.parametrize(("kind", "warm"), [("home", 2), ("office", 3), ("course", 4), ("news", 3), ("district", 4)])
@pytest.mark.parametrize("offices", [1, 3])
def test_it_costs_five_queries_cold_and_none_warm_one_for_a_district(
    client, pages, kind, warm, offices, django_assert_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(offices - 1):
            AvailabilityRuleFactory(advisor=AdvisorFactory())
    lines(client, pages[kind])
    with django_assert_num_queries(warm):
        lines(client, pages[kind])
    cache.delete(FREE_TIMES.key)
    with django_assert_num_queries(warm + 5):
        lines(client, pages[kind])


def test_news_of_a_district_name_its_office_and_not_the_soonest(client, pages):
    OfficeFactory(slug="fern")
    AvailabilityRuleFactory(advisor=AdvisorFactory())
    assert len(lines(client, pages["district"])) == 1
    assert len(lines(client, pages["news"])) == 2
