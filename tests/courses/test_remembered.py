"""The list of remembered courses: what an address says, what the pages keep of it, and the comparison."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import icalendar
import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses.models import CoursePage
from courses.remembered import MOST, Remembered, RememberLink, remember_link, remembered_in
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = pytest.mark.usefixtures("noon")

LIST = "/kurse/merkliste/"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ()),
        ("kurs=5&kurs=3&kurs=5", (5, 3)),
        ("kurs=&kurs=-1&kurs=1e3&kurs=%D9%A3&kurs=%00&kurs=1234567890&kurs=7", (7,)),
        ("&".join(f"kurs={pk}" for pk in range(1, 400)), tuple(range(1, MOST + 1))),
    ],
)
def test_ids_in_an_address(query, ids):
    assert remembered_in(QueryDict(query)) == Remembered(ids)


def test_link_puts_a_course_on_the_list_or_takes_it_off():
    two = Remembered((5, 3))
    here = "/kurse/?thema=technik"
    assert remember_link(two, 7, "Löten", here) == RememberLink(
        7, "Löten", f"{here}&kurs=5&kurs=3&kurs=7#merken-7", is_remembered=False
    )
    assert remember_link(two, 5, "Löten", here).url == f"{here}&kurs=3#merken-5"
    assert remember_link(Remembered((5,)), 5, "Löten", "/kurse/").url == "/kurse/#merken-5"
    full = Remembered(tuple(range(MOST)))
    assert (remember_link(full, 99, "Löten", here).url, remember_link(full, 0, "Löten", here).url != "") == ("", True)


@pytest.fixture
def index(db):
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def two(index):
    """Alike in their form alone."""
    first = CoursePageFactory(
        parent=index,
        title="Stapler & Kran",
        slug="stapler",
        price_state="amount",
        price=189,
        duration_hours=18,
        duration_weeks=1,
        funding_kinds=[FundingKindFactory()],
        certificate="Fahrausweis",
        confirmed_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        runs=[
            {
                "starts_on": TODAY + timedelta(days=number),
                "postcode": "31582",
                "town": "Nienburg",
                "seats_max": 8,
                "seats_taken": 6,
            }
            for number in range(1, 5)
        ],
    )
    other = ProviderFactory(name="Solling-Lernhaus", slug="solling")
    return first, CoursePageFactory(parent=index, title="Löten", slug="loeten", provider=other, flexible_start=True)


def address(*courses) -> str:
    return f"{LIST}?{'&'.join(f'kurs={course.pk}' for course in courses)}"


def rows_of(response):
    return {row.name: (row.values, row.verdict) for row in response.context["found"].rows}


def test_comparison_says_what_differs_and_what_nobody_knows(client, two):
    response = client.get(f"{address(*two)}&plz=27232")
    rows = rows_of(response)
    dates, _ = rows.pop("Nächste Termine")
    assert (len(dates[0]), dates[0][-1], dates[1]) == (4, "und 1 weitere", ["jederzeit"])
    unknown = ["nicht bekannt"]
    assert rows == {
        "Ort": ([["31582 Nienburg", "etwa 30 km Luftlinie"], unknown], ""),
        "Kosten": ([["189 €"], unknown], ""),
        "Förderung": ([["Bildungsgutschein"], unknown], ""),
        "Umfang": ([["18 Stunden in 1 Woche"], unknown], ""),
        "Form": ([["vor Ort"], ["vor Ort"]], "gleich"),
        "Abschluss": ([["Fahrausweis"], unknown], ""),
        "Plätze": ([["noch 2 Plätze"], unknown], ""),
        "Anbieter": ([["Weserbogen Bildung"], ["Solling-Lernhaus"]], "verschieden"),
        "Bestätigt": ([["2. November 2026"], unknown], ""),
    }
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert response.cookies == {}
    assert f'href="{LIST}?kurs={two[1].pk}&amp;plz=27232"' in html
    assert f'<input type="hidden" name="kurs" value="{two[1].pk}">' in html


def test_an_unknown_price_is_not_like_another_unknown_one(client, two):
    CoursePage.objects.update(price_state="unknown", price=None, price_note="")
    assert "Kosten" not in rows_of(client.get(address(*two)))


def test_one_course_has_nothing_to_be_compared_with(client, two):
    assert {verdict for _, verdict in rows_of(client.get(address(two[0]))).values()} == {""}


def test_mail_is_a_draft_with_the_address_of_what_is_there(client, two):
    mail = client.get(f"{address(*two)}&kurs=99999").context["found"].mail
    assert unquote(mail) == (
        "mailto:?subject=Kurse im Vergleich&body=- Stapler & Kran\n- Löten\n\nAlle nebeneinander:\n"
        f"http://127.0.0.1:8000{address(*two)}"
    )


def test_unknown_ids_are_passed_over_and_courses_that_went_are_named_if_they_were_public(client, index, two):
    gone = CoursePageFactory(parent=index, title="Beendetes", live=False, first_published_at=timezone.now())
    draft = CoursePageFactory(parent=index, title="Geheimes", live=False)
    private = CoursePageFactory(parent=index, title="Nur für uns")
    was_private = CoursePageFactory(parent=index, title="Nie für alle", live=False, first_published_at=timezone.now())
    for page in (private, was_private):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = client.get(f"{address(two[0], gone, draft, private, was_private)}&kurs=99999")
    html = response.content.decode()
    assert [column.title for column in response.context["found"].columns] == ["Stapler & Kran"]
    assert response.context["found"].gone == ["Beendetes"]
    assert "Dieser Kurs Ihrer Liste steht hier nicht mehr." in html
    assert all(name not in html for name in ("Geheimes", "Nur für uns", "Nie für alle"))
    assert response.context["found"].address == f"http://127.0.0.1:8000{address(two[0])}"


def test_empty_list_and_bad_addresses_lead_to_the_courses(client, index):
    for query in ("", "?kurs=", f"?kurs={'9' * 4000}", "?kurs=%00&plz=%00", "?kurs=1&plz=abc"):
        response = client.get(LIST + query)
        assert response.status_code == 200
        assert "Auf Ihrer Merkliste steht noch kein Kurs." in response.content.decode()
        assert response.context["list_url"] == "/kurse/"
    assert client.post(LIST).status_code == 405


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(client, index, django_assert_num_queries, items):
    funding = FundingKindFactory()
    courses = [
        CoursePageFactory(parent=index, funding_kinds=[funding], runs=[TODAY + timedelta(days=n) for n in range(items)])
        for _ in range(items)
    ]
    client.get(address(*courses))
    with django_assert_num_queries(7):
        client.get(address(*courses))


def test_all_ways_of_the_list_keep_what_is_remembered(client, two):
    first, second = two
    html = client.get(f"/kurse/?text=Stapler&form=on_site&kurs={second.pk}").content.decode()
    kept = f"kurs={second.pk}"
    assert f'href="/kurse/?form=on_site&amp;{kept}"' in html  # a chip
    assert f'href="/kurse/?{kept}">Alle zeigen' in html
    assert f'<input type="hidden" name="kurs" value="{second.pk}">' in html
    assert f'href="/kurse/stapler/?{kept}"' in html
    assert f'href="/kurse/?text=Stapler&amp;form=on_site&amp;{kept}&amp;kurs={first.pk}#merken-{first.pk}"' in html
    assert f'href="{LIST}?{kept}"' in html
    assert "1 Kurs gemerkt" in html
    assert '<meta name="robots" content="noindex, follow">' in html
    files = "/kurse.ics?text=Stapler&amp;form=on_site"
    assert f'href="{files}"' in html


def test_ways_on_from_a_course_keep_what_is_remembered(client, index):
    """The way back to the list and the courses below lost it where no script keeps it."""
    topic, group = TopicFactory(), TargetGroupFactory()
    here, other = (
        CoursePageFactory(parent=index, slug=slug, topics=[topic], target_groups=[group], runs=[TODAY])
        for slug in ("stapler", "kran")
    )
    html = client.get(f"/kurse/stapler/?kurs={here.pk}").content.decode()
    kept = f"kurs={here.pk}"
    assert f'<a href="/kurse/?{kept}" rel="nofollow">' in html
    assert f'<a href="/kurse/kran/?{kept}">{other.title}</a>' in html
    assert f'href="/kurse/?zielgruppe={group.slug}&amp;{kept}"' in html
    plain = client.get("/kurse/stapler/").content.decode()
    assert '<a href="/kurse/">' in plain


def test_page_of_a_course_remembers_it_from_where_the_visitor_starts(client, two):
    first, second = two
    html = client.get(f"/kurse/stapler/?plz=27232&kurs={second.pk}").content.decode()
    way = f"/kurse/stapler/?plz=27232&amp;kurs={second.pk}&amp;kurs={first.pk}#merken-{first.pk}"
    assert f'href="{way}"' in html
    assert f'<input type="hidden" name="kurs" value="{second.pk}">' in html
    assert f'href="/kurse/stapler/?kurs={first.pk}#merken-{first.pk}"' in client.get("/kurse/stapler/").content.decode()


def test_calendar_of_the_list_has_the_dates_ahead_of_its_courses(client, two, index):
    hidden = CoursePageFactory(parent=index, live=False, runs=[TODAY])
    response = client.get(f"/kurse/merkliste.ics?kurs={two[0].pk}&kurs={hidden.pk}&kurs=x")
    calendar = icalendar.Calendar.from_ical(response.content)
    days = [event["DTSTART"].dt for event in calendar.events]
    assert days == [TODAY + timedelta(days=number) for number in range(1, 5)]
    assert isinstance(days[0], date)
    assert {str(event["UID"]) for event in calendar.events} == {
        f"kurs-{run.pk}@mehrwert.example" for run in two[0].runs.all()
    }
    assert (response.headers["X-Robots-Tag"], response.cookies) == ("noindex", {})
    assert b"VEVENT" not in client.get("/kurse/merkliste.ics").content
