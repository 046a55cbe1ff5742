"""The public calendars of course dates."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from functools import partial
from threading import Barrier

import icalendar
import pytest
from django.core.cache import cache
from django.db import connection

from booking.services.publish_runs import course_dates_document
from courses.models import CourseRun
from foundation.models import BrandSettings
from tests.booking.conftest import NOW
from tests.booking.ical.by_the_letter import assert_folded
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ALL, ONE = "/kurse.ics", "/kurse/kamera.ics"


@pytest.fixture
def index(now):
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def course(index):
    fair = {"starts_on": TODAY + timedelta(days=8), "ends_on": TODAY + timedelta(days=9), "town": "Hameln"}
    runs = [
        fair | {"venue": "Rathaus, Saal 2", "postcode": "31785", "times": "17:30–20:45 Uhr"},
        {"starts_on": TODAY - timedelta(days=60)},
        {"starts_on": TODAY - timedelta(days=61)},
        {"starts_on": TODAY + timedelta(days=20), "status": "cancelled"},
        {"starts_on": TODAY + timedelta(days=30), "status": "full"},
    ]
    return CoursePageFactory(parent=index, title="Kamera, Ton; Licht", slug="kamera", price_state="free", runs=runs)


def events(client, path=ONE):
    return icalendar.Calendar.from_ical(client.get(path).content).events


def test_each_date_is_an_event_of_whole_days_that_takes_nobodys_time(client, course):
    response = client.get(ONE)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'inline; filename="kurs-kamera.ics"'
    assert (response.headers["Cache-Control"], response.cookies) == ("public, max-age=900", {})
    assert_folded(response.content.decode())
    past, fair, full = events(client)
    assert (past["DTSTART"].dt, past["DTEND"].dt) == (date(2026, 9, 24), date(2026, 9, 25))
    assert (fair["DTSTART"].dt, fair["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 3))
    assert b"DTSTART;VALUE=DATE:20261201\r\n" in response.content
    run = CourseRun.objects.get(town="Hameln")
    url = "http://127.0.0.1:8000/kurse/kamera/"
    names = ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "TRANSP", "CLASS", "STATUS")
    assert {name: str(fair[name]) for name in names} == {
        "UID": f"kurs-{run.pk}@mehrwert.example",
        "SUMMARY": "Kurs: Kamera, Ton; Licht",
        "LOCATION": "Rathaus, Saal 2, 31785 Hameln",
        "DESCRIPTION": f"Zeiten: 17:30–20:45 Uhr\nAnbieter: Weserbogen Bildung\nKosten: kostenfrei\nMehr dazu: {url}",
        "URL": url,
        "TRANSP": "TRANSPARENT",
        "CLASS": "PUBLIC",
        "STATUS": "CONFIRMED",
    }
    assert (fair["SEQUENCE"], fair["DTSTAMP"].dt, fair["LAST-MODIFIED"].dt) == (0, NOW, NOW)
    assert "Ausgebucht" in full["DESCRIPTION"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"status": "runs", "seats_max": 8, "seats_taken": 6}, "Findet statt, noch 2 Plätze"),
        ({"seats_min": 8, "seats_taken": 5, "seats_max": 12}, "Es fehlen noch 3 Anmeldungen, 7 von 12 Plätzen frei"),
        ({"registration_until": date(2026, 10, 1)}, "Anmeldung geschlossen"),
    ],
)
def test_each_date_says_of_its_seats_what_its_page_says(client, course, numbers, said):
    CourseRun.objects.filter(town="Hameln").update(**numbers)
    assert said in str(events(client)[1]["DESCRIPTION"]).splitlines()


def test_same_dates_same_bytes_and_304_until_something_changes(client, course):
    before = client.get(ONE)
    assert client.get(ONE).content == before.content
    known = {"if-none-match": before.headers["ETag"]}
    answer = client.get(ONE, headers=known)
    assert (answer.status_code, answer.content) == (304, b"")
    CourseRun.objects.filter(town="Hameln").update(starts_on=TODAY + timedelta(days=9))
    assert client.get(ONE, headers=known).status_code == 200


def test_the_calendar_bears_the_wordmark_of_the_settings(client, course, django_capture_on_commit_callbacks):
    known = {"if-none-match": client.get(ONE).headers["ETag"]}
    with django_capture_on_commit_callbacks(execute=True):
        BrandSettings.objects.create(wordmark="Lernnetz")
    assert r"NAME:Lernnetz: Kamera\, Ton\; Licht" in client.get(ONE, headers=known).content.decode()


def test_sequence_rises_with_each_change_of_a_date_and_for_no_other(client, course, now):
    """It counted the minutes between two publications: two within one of them were one version, and a provider's
    name none; and all dates of a course rose together."""

    def told():
        return [(event["SEQUENCE"], event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) for event in events(client)]

    old = (0, NOW, NOW)
    assert told() == [old, old, old]
    now.shift(10)
    CourseRun.objects.filter(town="Hameln").update(venue="Aula")
    once = NOW + timedelta(seconds=10)
    assert told() == [old, (1, once, once), old]
    now.shift(10)
    CourseRun.objects.filter(town="Hameln").update(status="full")
    twice = NOW + timedelta(seconds=20)
    assert told() == [old, (2, twice, twice), old]
    now.move_to(NOW - timedelta(hours=1))  # a clock that was put back
    course.provider.name = "Weserbogen Akademie"
    course.provider.save()
    assert [sequence for sequence, *_ in told()] == [1, 3, 1]
    assert [event["SEQUENCE"] for event in events(client, ALL)] == [1, 3, 1]
    now.move_to(NOW + timedelta(hours=3))
    assert [sequence for sequence, *_ in told()] == [1, 3, 1]


@pytest.mark.django_db(transaction=True)
def test_two_first_readers_of_a_date_are_told_the_same_version(index):
    """Each wrote a first version of its own, and the second one's replaced what the first had told."""
    start = Barrier(2)
    with ThreadPoolExecutor(2) as readers:
        for number in range(10):
            course = CoursePageFactory(parent=index, runs=[TODAY + timedelta(days=number)])
            runs = list(course.runs.all())
            moments = [NOW, NOW + timedelta(minutes=1)]
            assert len(set(readers.map(partial(read_at_once, start, runs), moments))) == 1


def read_at_once(start, runs, now):
    """Through a connection of its own, as another process does."""
    try:
        start.wait(30)
        return course_dates_document(runs, name="Kurs", now=now)
    finally:
        connection.close()


def test_all_courses_stand_in_one_calendar_in_the_order_of_their_dates(client, course, index):
    CoursePageFactory(parent=index, title="Ton", runs=[TODAY + timedelta(days=10)])
    CoursePageFactory(parent=index, title="Entwurf", live=False, runs=[TODAY + timedelta(days=10)])
    summaries = [str(event["SUMMARY"]) for event in events(client, ALL)]
    camera = "Kurs: Kamera, Ton; Licht"
    assert summaries == [camera, camera, "Kurs: Ton", camera]
    assert client.get(ALL).headers["Content-Disposition"] == 'inline; filename="kurse.ics"'


def test_calendar_of_a_search_has_the_dates_that_the_list_finds(client, course, index):
    online = {"format": "online", "runs": [TODAY + timedelta(days=10), TODAY + timedelta(days=3)]}
    CoursePageFactory(parent=index, title="Ton", **online)
    CoursePageFactory(parent=index, title="Ton und Licht")
    response = client.get(ALL, {"text": "Ton", "form": "online", "page": "2"})
    calendar = icalendar.Calendar.from_ical(response.content)
    assert str(calendar["NAME"]) == "MehrWert: Kurse – Ton · online"
    assert [event["DTSTART"].dt.day for event in calendar.events] == [26, 3]
    own = {str(event["UID"]) for event in events(client, "/kurse/kamera.ics")}
    assert {str(event["UID"]) for event in events(client, f"{ALL}?text=Kamera")} < own
    assert (response.headers["X-Robots-Tag"], response.cookies) == ("noindex", {})


def test_a_calendar_of_too_many_dates_begins_today(client, course, monkeypatch):
    monkeypatch.setattr("booking.views.course_dates.MOST_DATES", 2)
    assert [event["DTSTART"].dt for event in events(client, ALL)] == [date(2026, 12, 1), date(2026, 12, 23)]
    monkeypatch.setattr("booking.views.course_dates.MOST_DATES", 1)
    assert [event["DTSTART"].dt for event in events(client, f"{ALL}?text=Kamera")] == [date(2026, 12, 1)]


def test_a_calendar_of_too_many_evenings_has_the_soonest_and_says_that_there_are_more(
    client, course, index, monkeypatch
):
    """Only the dates were bounded: a thousand courses of many evenings were several megabytes."""
    evenings = {"start_time": time(18), "end_time": time(20)}
    for number in range(3):
        first = TODAY + timedelta(days=number)
        run = {"starts_on": first, "ends_on": first + timedelta(weeks=3), "days": "RRULE:FREQ=WEEKLY"} | evenings
        CoursePageFactory(parent=index, title=f"Abend {number}", runs=[run])
    whole = icalendar.Calendar.from_ical(client.get(f"{ALL}?text=Abend").content)
    assert (len(whole.events), str(whole["X-WR-CALDESC"])) == (12, "Kurstermine")
    monkeypatch.setattr("booking.views.course_dates.MOST_EVENTS", 9)
    answer = client.get(f"{ALL}?text=Abend")
    cut = icalendar.Calendar.from_ical(answer.content)
    assert Counter(str(event["SUMMARY"]) for event in cut.events) == {"Kurs: Abend 0": 4, "Kurs: Abend 1": 4}
    assert str(cut["X-WR-CALDESC"]).startswith("Die nächsten Kurstermine. Spätere stehen auf der Website")
    assert client.get(f"{ALL}?text=Abend", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert [str(event["SUMMARY"]) for event in events(client, ALL)][:1] == ["Kurs: Abend 0"], "without what is over"
    monkeypatch.setattr("booking.views.course_dates.MOST_EVENTS", 1)
    assert len(events(client, f"{ALL}?text=Abend")) == 4, "one date in any case"


def test_one_date_stands_alone_in_a_file_until_it_is_cancelled(client, course):
    run = CourseRun.objects.get(town="Hameln")
    path = f"/kurse/kamera/{run.pk}.ics"
    (event,) = events(client, path)
    assert (str(event["UID"]), event["DTSTART"].dt) == (f"kurs-{run.pk}@mehrwert.example", date(2026, 12, 1))
    assert client.get(path).headers["Content-Disposition"] == f'inline; filename="kurs-kamera-{run.pk}.ics"'
    over, cancelled = (
        CourseRun.objects.get(starts_on=TODAY - timedelta(days=61)),
        CourseRun.objects.get(status="cancelled"),
    )
    nowhere = (f"kamera/{over.pk}", f"kamera/{cancelled.pk}", f"anderer/{run.pk}", "kamera/0")
    assert [client.get(f"/kurse/{name}.ics").status_code for name in nowhere] == [404] * 4
    assert client.post(path).status_code == 405


def test_what_is_no_course_or_not_published_has_no_calendar(client, course, index):
    CoursePageFactory(parent=index, slug="entwurf", live=False)
    nowhere = ("entwurf", "nirgends", "a%00b", "a%00b/1")  # PostgreSQL failed at NUL
    assert [client.get(f"/kurse/{name}.ics").status_code for name in nowhere] == [404] * 4
    assert [client.post(path).status_code for path in (ALL, ONE)] == [405, 405]


def test_without_dates_the_calendar_is_whole(client, index):
    CoursePageFactory(parent=index, slug="kamera")
    for path in (ALL, ONE):
        calendar = icalendar.Calendar.from_ical(client.get(path).content)
        assert (len(calendar.events), len(calendar.walk("VTIMEZONE"))) == (0, 1)


def test_pages_of_courses_lead_to_their_calendar(client, course):
    page = client.get("/kurse/kamera/").content.decode()
    assert 'href="/kurse/kamera.ics"' in page
    assert "/kurse/kamera.ics" in page[page.index("webcal:") :]
    assert 'href="/kurse.ics"' in client.get("/kurse/").content.decode()
    CourseRun.objects.all().delete()
    cache.clear()
    assert "kamera.ics" not in client.get("/kurse/kamera/").content.decode()


def test_a_course_with_an_umlaut_in_its_address_has_a_calendar(client, index):
    """Its page answered 500: Wagtail makes „prüfung“ of the title, which the address of the calendar did not take."""
    course = CoursePageFactory(parent=index, title="Prüfung", slug="", runs=[TODAY + timedelta(days=8)])
    address = "/kurse/pr%C3%BCfung"
    assert (course.slug, f'href="{address}.ics"' in client.get(f"{address}/").content.decode()) == ("prüfung", True)
    response = client.get(f"{address}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "inline; filename*=utf-8''kurs-pr%C3%BCfung.ics"


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(client, index, django_assert_num_queries, items):
    for _ in range(items):
        CoursePageFactory(parent=index, runs=[TODAY + timedelta(days=number) for number in range(items)])
    for address in (ALL, f"{ALL}?text=Kurs"):
        client.get(address)
        with django_assert_num_queries(2):
            client.get(address)
