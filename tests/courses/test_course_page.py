"""The page of a course: what it says of dates, seats, ways, money and its own gaps, to people and to machines."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import recurrence
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from courses.course_details import missing_facts
from courses.models import CoursePage, CourseRun, ProviderMark, TargetGroup
from courses.seats import SeatsInWords, seats_in_words
from courses.selectors import courses_soon
from home.models import TopicPage
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    QualityMarkFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = pytest.mark.usefixtures("noon")

DAY = date(2026, 11, 26)


@pytest.fixture
def index(db):
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


def run(days: int, **facts: object) -> dict[str, object]:
    return {"starts_on": TODAY + timedelta(days=days), **facts}


def text_of(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def data_of(client, course: CoursePage) -> dict[str, object]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(course.url).content.decode())
    return next(data for data in map(json.loads, blocks) if data.get("@type") == "Course")


@pytest.mark.parametrize(
    ("facts", "seats", "certainty", "is_open"),
    [
        ({}, "", "", True),
        ({"seats_max": 12}, "bis zu 12 Plätze", "", True),
        ({"seats_max": 12, "seats_taken": 4}, "8 von 12 Plätzen frei", "", True),
        ({"seats_max": 12, "seats_taken": 9}, "noch 3 Plätze", "", True),
        ({"seats_max": 12, "seats_taken": 10, "status": "runs"}, "noch 2 Plätze", "findet statt", True),
        ({"seats_max": 12, "seats_taken": 11, "guaranteed": True}, "noch 1 Platz", "findet statt", True),
        ({"seats_max": 12, "seats_taken": 12}, "ausgebucht", "", False),
        ({"status": "full"}, "ausgebucht", "", False),
        (
            {"seats_min": 6, "seats_max": 12, "seats_taken": 3},
            "9 von 12 Plätzen frei",
            "es fehlen noch 3 Anmeldungen",
            True,
        ),
        ({"seats_min": 6, "seats_taken": 5}, "", "es fehlt noch 1 Anmeldung", True),
        ({"seats_min": 6, "seats_taken": 6}, "", "genug Anmeldungen", True),
        ({"registration_until": DAY}, "", "", True),
        ({"registration_until": DAY - timedelta(days=1)}, "Anmeldung geschlossen", "", False),
    ],
)
def test_seats_in_words(facts, seats, certainty, is_open):
    assert seats_in_words(CourseRun(starts_on=DAY, **facts), DAY) == SeatsInWords(seats, certainty, is_open)


def test_distance_counts_from_the_postcode_in_the_address(client, index):
    course = CoursePageFactory(parent=index, runs=[run(3, town="Hameln", postcode="31785")])
    assert "Luftlinie" not in text_of(client, course.url)
    assert "etwa 25 km Luftlinie" in text_of(client, f"{course.url}?plz=31655")
    assert "im selben Ort" in text_of(client, f"{course.url}?plz=D-31785")
    wrong = client.get(f"{course.url}?plz=Hameln")
    assert "Diese Postleitzahl kennen wir nicht" in wrong.content.decode()
    assert not wrong.cookies


def test_course_says_for_whom_what_it_costs_and_who_pays(client, index):
    course = CoursePageFactory(
        parent=index,
        audience="Leute aus dem Lager",
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        runs=[run(3, price_state="amount", price=Decimal(99))],
    )
    ProviderMark.objects.create(
        provider=course.provider, mark=QualityMarkFactory(), valid_until=TODAY - timedelta(days=1)
    )
    text = text_of(client, course.url)
    for said in (
        "Leute aus dem Lager",
        "Fachkräfte",
        "wenn er nötig ist, um Arbeit zu finden",
        "Stand 2. November 2026",
        "§ 81 SGB III",
        "99 €",
        'href="/anbieter/weserbogen-bildung/"',
        "Preis nicht bekannt",
        "Der Anbieter hat diese Angaben noch nicht bestätigt.",
        "Noch nicht bekannt: Preis, Inhalte, was man danach kann, Voraussetzungen, Umfang, Abschluss, Uhrzeiten, Ort,",
    ):
        assert said in text, said
    assert "AZAV" not in text


def test_nothing_is_missing_of_a_course_that_says_all():
    course = CoursePage(
        price_state="free",
        audience="Leute aus dem Lager",
        contents="<p>x</p>",
        outcome="Schweißen",
        requirements="keine",
        teaching_units=4,
        certificate="Bescheinigung",
    )
    hameln = {"times": "9 Uhr", "town": "Hameln", "status": "full"}
    assert missing_facts(course, [CourseRun(**hameln, postcode="31785")], []) == []
    assert missing_facts(course, [CourseRun(**hameln)], []) == ["PLZ"]


def test_date_and_place_are_missed_only_where_they_are_needed():
    course = CoursePage(format="online")
    assert "Termine" in missing_facts(course, [], [])
    assert {"Termine", "Ort"}.isdisjoint(missing_facts(course, [CourseRun()], []))
    assert "Termine" not in missing_facts(CoursePage(flexible_start=True), [], [])
    assert "für wen" not in missing_facts(course, [], [TargetGroup(name="Fachkräfte")])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"duration_hours": 1}, "1 Stunde</dd>"),
        ({"duration_hours": 8, "duration_weeks": 1}, "8 Stunden in 1 Woche</dd>"),
        ({"teaching_units": 1}, "1 Unterrichtseinheit<span"),
    ],
)
def test_extent_is_said_in_the_right_number(client, index, facts, said):
    assert said in text_of(client, CoursePageFactory(parent=index, **facts).url)


def test_course_that_starts_any_day_needs_no_date(client, index):
    course = CoursePageFactory(parent=index, flexible_start=True)
    text = text_of(client, course.url)
    assert "Sie können jederzeit anfangen." in text
    assert "noindex" not in text
    assert "Zurzeit gibt es keinen Termin" not in text


def test_topic_leads_to_its_page_as_far_as_there_is_one(client, index):
    with_page, without = TopicFactory(), TopicFactory(name="Energie", slug="energie")
    page = TopicPage(title="Digital", slug="digital", topic=with_page)
    index.get_parent().add_child(instance=page)
    text = text_of(client, CoursePageFactory(parent=index, topics=[with_page, without]).url)
    assert '<p class="kicker"><a href="/digital/">Digitalisierung</a> · Energie</p>' in text


def test_similar_courses_share_a_topic_and_can_be_begun(client, index):
    other = TopicFactory(name="Energie", slug="energie")
    course = CoursePageFactory(parent=index, title="Dieser", runs=[run(1)])
    CoursePageFactory(parent=index, title="Später", runs=[run(9)])
    CoursePageFactory(parent=index, title="Bald", runs=[run(5)])
    CoursePageFactory(parent=index, title="Vorbei", runs=[run(-1)])
    CoursePageFactory(parent=index, title="Anderes", topics=[other], runs=[run(1)])
    text = text_of(client, course.url)
    similar = text[text.index("Ähnliche Kurse") :]
    assert re.findall(r'card__title"><a [^>]*>([^<]*)', similar) == ["Bald", "Später"]


def test_the_most_similar_courses_share_the_narrower_topic(client, index):
    above = TopicFactory(name="Technik", slug="technik")
    below = TopicFactory(name="Steuerungen", slug="steuerungen", parent=above)
    course = CoursePageFactory(parent=index, title="SPS", topics=[above, below], runs=[run(1)])
    CoursePageFactory(parent=index, title="Hygiene", topics=[above], runs=[run(2)])
    CoursePageFactory(parent=index, title="SPS für Fortgeschrittene", topics=[below], runs=[run(40)])
    text = text_of(client, course.url)
    similar = re.findall(r'card__title"><a [^>]*>([^<]*)', text[text.index("Ähnliche Kurse") :])
    assert similar == ["SPS für Fortgeschrittene", "Hygiene"]


def test_draft_shows_its_own_dates(client, index):
    """The dates were read from the database: a preview showed those of the published page."""
    course = CoursePageFactory(parent=index, runs=[run(3)])
    course.runs = [CourseRun(starts_on=TODAY + timedelta(days=8), town="Bodenwerder")]
    draft = course.save_revision().as_object()
    request = RequestFactory().get("/")
    found = draft.get_context(request)["runs"]
    assert [(shown.run.starts_on, shown.run.town) for shown in found] == [(TODAY + timedelta(days=8), "Bodenwerder")]


def test_draft_shows_its_own_topics(client, index):
    course = CoursePageFactory(parent=index, runs=[run(3)])
    client.get(course.url)
    course.topics = [TopicFactory(name="Energie", slug="energie")]
    request = RequestFactory().get("/")
    request.is_dummy = True  # as in a preview
    found = course.save_revision().as_object().get_context(request)["topics"]
    assert [topic.name for topic in found] == ["Energie"]


def test_what_is_said_beside_a_course_is_never_old(client, index, committed):
    """The process knows it by heart."""
    with committed():
        beside = {"target_groups": [TargetGroupFactory()], "funding_kinds": [FundingKindFactory()]}
        course = CoursePageFactory(parent=index, runs=[run(3)], **beside)
        other = CoursePageFactory(parent=index, title="Anderer", runs=[run(4)])
    client.get(course.url)
    with committed():
        for name in ("topics", "target_groups", "funding_kinds"):
            getattr(course, name).model.objects.update(name=f"Neu in {name}")
        ProviderMark.objects.create(provider=course.provider, mark=QualityMarkFactory(name="Neues Siegel"))
        CoursePage.objects.filter(pk=other.pk).update(summary="Neu gesagt")
    text = text_of(client, course.url)
    news = ["Neu in topics", "Neu in target_groups", "Neu in funding_kinds", "Neues Siegel", "Neu gesagt"]
    assert [word for word in news if word not in text] == []


def test_machines_read_what_the_page_shows(client, index):
    tuesdays = recurrence.Recurrence(rrules=[recurrence.Rule(recurrence.WEEKLY, byday=[recurrence.TU])])
    place = {"town": "Hameln", "postcode": "31785", "venue": "Rathaus", "street": "Markt 1"}
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    facts = {"starts_on": monday, "ends_on": monday + timedelta(days=9), "days": tuesdays, "start_time": time(17, 30)}
    seats = {"seats_max": 10, "seats_taken": 4}
    course = CoursePageFactory(
        parent=index,
        slug="sps",
        title="SPS",
        teaching_units=4,
        price_state="amount",
        price=Decimal("189.50"),
        runs=[facts | place | seats | {"end_time": time(20)}],
    )
    data = data_of(client, course)
    (instance,) = data.pop("hasCourseInstance")
    url = "http://testserver/kurse/sps/"
    assert data == {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"{url}#kurs",
        "name": "SPS",
        "description": "Zwei Tage, danach können Sie mehr.",
        "url": url,
        "inLanguage": "de",
        "provider": {
            "@type": "Organization",
            "name": "Weserbogen Bildung",
            "url": "http://127.0.0.1:8000/anbieter/weserbogen-bildung/",
        },
        "timeRequired": "PT180M",
        "offers": {"@type": "Offer", "category": "Paid", "price": "189.50", "priceCurrency": "EUR"},
    }
    geo = instance["location"].pop("geo")
    assert (round(geo["latitude"], 1), round(geo["longitude"], 1)) == (52.1, 9.4)
    offset = timezone.localtime(timezone.now().replace(year=monday.year, month=monday.month, day=monday.day))
    hours = f"{offset:%z}"[:3] + ":00"
    assert instance == {
        "@type": "CourseInstance",
        "courseMode": "Onsite",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": f"{monday + timedelta(days=1)}T17:30:00{hours}",
        "endDate": f"{monday + timedelta(days=9)}T20:00:00{hours}",
        "courseWorkload": "PT180M",
        "courseSchedule": {
            "@type": "Schedule",
            "startDate": f"{monday + timedelta(days=1)}",
            "endDate": f"{monday + timedelta(days=8)}",
            "repeatCount": 2,
            "byDay": ["https://schema.org/Tuesday"],
            "repeatFrequency": "P1W",
            "scheduleTimezone": "Europe/Berlin",
            "startTime": "17:30:00",
            "endTime": "20:00:00",
        },
        "location": {
            "@type": "Place",
            "name": "Rathaus",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Markt 1",
                "postalCode": "31785",
                "addressLocality": "Hameln",
                "addressCountry": "DE",
            },
        },
        "maximumAttendeeCapacity": 10,
        "remainingAttendeeCapacity": 6,
    }


MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
"""That of the next week."""


@pytest.mark.parametrize(
    ("days", "schedules"),
    [
        ([1], [([1], None, None)]),
        ([1, 8, 15], [([1, 8, 15], ["Tuesday"], "P1W")]),
        ([1, 15, 29], [([1, 15, 29], ["Tuesday"], "P2W")]),
        ([3, 8, 10, 15], [([3, 8, 10, 15], ["Tuesday", "Thursday"], "P1W")]),
        ([1, 10, 15], [([1], None, None), ([10], None, None), ([15], None, None)]),
    ],
)
def test_machines_read_on_which_days_people_meet(client, index, days, schedules):
    sessions = [datetime.combine(MONDAY + timedelta(days=day), time(9)) for day in days]
    meets = recurrence.Recurrence(rdates=sessions)
    course = CoursePageFactory(
        parent=index, runs=[{"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=30), "days": meets}]
    )
    told = data_of(client, course)["hasCourseInstance"][0]["courseSchedule"]
    assert [
        (each["startDate"], each["endDate"], each["repeatCount"], each.get("byDay"), each.get("repeatFrequency"))
        for each in (told if isinstance(told, list) else [told])
    ] == [
        (
            f"{MONDAY + timedelta(days=shown[0])}",
            f"{MONDAY + timedelta(days=shown[-1])}",
            len(shown),
            weekdays and [f"https://schema.org/{name}" for name in weekdays],
            frequency,
        )
        for shown, weekdays, frequency in schedules
    ]


@pytest.mark.parametrize(
    ("course_format", "town", "kinds"),
    [
        ("on_site", "Hameln", ["Place"]),
        ("online", "", ["VirtualLocation"]),
        ("self_paced", "", ["VirtualLocation"]),
        ("blended", "Hameln", ["Place", "VirtualLocation"]),
        ("on_site", "", []),
    ],
)
def test_machines_read_where_people_meet_and_log_in(client, index, course_format, town, kinds):
    course = CoursePageFactory(parent=index, format=course_format, runs=[run(3, town=town)])
    told = data_of(client, course)["hasCourseInstance"][0].get("location", [])
    assert [place["@type"] for place in (told if isinstance(told, list) else [told])] == kinds


def test_machines_read_of_seats_and_weeks_what_the_page_shows(client, index):
    data = data_of(client, CoursePageFactory(parent=index, duration_weeks=3, runs=[run(3, seats_max=12)]))
    assert data["timeRequired"] == "P3W"
    instance = data["hasCourseInstance"][0]
    assert instance["maximumAttendeeCapacity"] == 12
    assert "remainingAttendeeCapacity" not in instance


@pytest.mark.parametrize(
    ("taken", "shown", "told"),
    [(None, "bis zu 12 Plätze", (12, None)), (8, "4 von 12 Plätzen frei", (12, 4)), (9, "noch 3 Plätze", (None, 3))],
)
def test_machines_read_how_many_seats_there_are_only_where_the_page_says_it(client, index, taken, shown, told):
    course = CoursePageFactory(parent=index, runs=[run(3, seats_max=12, seats_taken=taken)])
    (instance,) = data_of(client, course)["hasCourseInstance"]
    assert (instance.get("maximumAttendeeCapacity"), instance.get("remainingAttendeeCapacity")) == told
    text = text_of(client, course.url)
    assert shown in text
    assert (" 12 Plätze" in text) == (told[0] is not None)


@pytest.mark.parametrize(
    ("state", "offer"),
    [
        ("unknown", None),
        ("on_request", None),
        ("free", {"@type": "Offer", "category": "Free", "price": "0", "priceCurrency": "EUR"}),
    ],
)
def test_machines_are_told_no_price_that_nobody_knows(client, index, state, offer):
    assert data_of(client, CoursePageFactory(parent=index, price_state=state, runs=[run(3)])).get("offers") == offer


@pytest.mark.parametrize(
    ("state", "bounds"),
    [("amount", {"minPrice": "100.00", "maxPrice": "250.50"}), ("from", {"minPrice": "100.00"})],
)
def test_machines_are_told_from_where_to_where_prices_of_dates_go(client, index, state, bounds):
    dear = run(3, price_state=state, price="250.50")
    course = CoursePageFactory(parent=index, price_state="amount", price="100", runs=[dear, run(5)])
    told = {"@type": "PriceSpecification", **bounds, "priceCurrency": "EUR"}
    assert data_of(client, course)["offers"] == {"@type": "Offer", "category": "Paid", "priceSpecification": told}


def test_machines_are_told_no_free_course_where_the_price_of_a_date_is_not_known(client, index):
    data = data_of(client, CoursePageFactory(parent=index, price_state="free", runs=[run(3, price_state="unknown")]))
    assert "offers" not in data
    assert "offers" not in data["hasCourseInstance"][0]


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_for_three_dates_as_for_one(client, index, django_assert_num_queries, number):
    """And for three similar courses, topics, target groups, ways to have it paid and marks of its provider."""
    provider = ProviderFactory()
    marks = [QualityMarkFactory(name=f"Siegel {count}", slug=f"siegel-{count}") for count in range(number)]
    for mark in marks:
        ProviderMark.objects.create(provider=provider, mark=mark)
    topics = [TopicFactory(name=f"Thema {count}", slug=f"thema-{count}") for count in range(number)]
    course = CoursePageFactory(
        parent=index,
        provider=provider,
        topics=topics,
        target_groups=[TargetGroupFactory(name=f"Gruppe {count}", slug=f"gruppe-{count}") for count in range(number)],
        funding_kinds=[FundingKindFactory(name=f"Weg {count}", slug=f"weg-{count}") for count in range(number)],
        runs=[run(day) for day in range(1, number + 1)],
    )
    for _ in range(number):
        CoursePageFactory(parent=index, topics=topics, runs=[run(4)])
    client.get(course.url)
    with django_assert_num_queries(4):
        client.get(f"{course.url}?plz=31785")


def test_links_to_share_carry_the_address_of_the_page_and_nothing_of_the_visitor(client, index):
    html = client.get(CoursePageFactory(parent=index, slug="sps", title="SPS").url + "?plz=31785").content.decode()
    hrefs = re.findall(r'class="share-links__link" href="([^"]*)"', html)
    own = ("http://testserver/kurse/sps/", "http%3A%2F%2Ftestserver%2Fkurse%2Fsps%2F")
    assert len(hrefs) > 1
    assert [href for href in hrefs if not any(address in href for address in own) or "31785" in href] == []


def test_guaranteed_date_is_said_in_lists_too(index):
    CoursePageFactory(parent=index, runs=[run(3, guaranteed=True)])
    assert [course.badge for course in courses_soon(TODAY, None)] == ["Findet sicher statt"]


def test_contents_pass_the_allowlist_at_output_too(client, index):
    course = CoursePageFactory(parent=index)
    stored = '<p data-block-key="a">Recht<script>alert(1)</script></p><img src="x" onerror="alert(2)">'
    CoursePage.objects.filter(pk=course.pk).update(contents=stored)
    cache.clear()
    html = client.get(course.url).content.decode()
    assert '<div class="prose"><p>Recht</p></div>' in html
    assert "alert(" not in html
