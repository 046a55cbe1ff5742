"""When people meet for a course, as events of calendars and as other people's programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import cache

from booking.course_dates import MOST_MEETINGS, Meeting, meetings
from booking.services.publish_runs import course_dates_document
from courses.models import CourseRun
from tests.calendar_readers import Spans, read_in_node, read_with_libical, read_with_vobject
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site

TUESDAYS = "RRULE:FREQ=WEEKLY;BYDAY=TU"
EVENING = {"start_time": time(17, 30), "end_time": time(20, 45)}
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


def spans(run: CourseRun) -> list[tuple[date, date]]:
    return [(meeting.first, meeting.last) for meeting in meetings(run)]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param({}, [(20, 20)], id="one day"),
        pytest.param({"ends_on": date(2026, 10, 22)}, [(20, 22)], id="days in a row"),
        pytest.param(
            {
                "ends_on": date(2026, 10, 31),
                "days": "RDATE:20261020T000000\nRDATE:20261021T000000\nRDATE:20261026T000000",
            },
            [(20, 21), (26, 26)],
            id="days with a pause",
        ),
        pytest.param({"ends_on": date(2026, 10, 31), **EVENING}, [(20, 31)], id="long without a rule"),
        pytest.param({"ends_on": date(2026, 10, 21), "start_time": time(9)}, [(20, 21)], id="no end of the hours"),
    ],
)
def test_without_days_or_hours_it_is_whole_days(run, expected):
    assert [(first.day, last.day) for first, last in spans(CourseRun(starts_on=date(2026, 10, 20), **run))] == expected


def test_a_course_that_meets_too_often_is_one_stretch():
    run = CourseRun(starts_on=date(2026, 1, 1), days="RRULE:FREQ=DAILY", **EVENING)
    run.ends_on = run.starts_on + timedelta(days=MOST_MEETINGS)
    assert meetings(run) == [Meeting(run.starts_on, run.ends_on)]
    run.ends_on -= timedelta(days=1)
    assert len(meetings(run)) == MOST_MEETINGS


def test_a_meeting_in_the_hour_that_is_missing_is_a_whole_day():
    run = CourseRun(starts_on=date(2027, 3, 28), start_time=time(2, 10), end_time=time(2, 50))
    assert meetings(run) == [Meeting(run.starts_on, run.starts_on)]


@pytest.fixture
def weekly(db):
    cache.clear()
    course = CoursePageFactory(
        parent=CourseCataloguePageFactory(parent=new_site()),
        title="Schweißen",
        runs=[{"starts_on": date(2026, 10, 20), "ends_on": date(2026, 11, 3), "days": TUESDAYS, **EVENING}],
    )
    return course.runs.select_related("course__provider").get()


def document(run: CourseRun, now: datetime = NOW) -> str:
    return course_dates_document([run], name="Schweißen", now=now)


def evenings(run: CourseRun) -> Spans:
    """The clock goes back on 25 October."""
    uid = f"kurs-{run.pk}{{}}@mehrwert.example"
    return [
        (uid.format(""), datetime(2026, 10, 20, 15, 30, tzinfo=UTC), datetime(2026, 10, 20, 18, 45, tzinfo=UTC)),
        (uid.format("-2"), datetime(2026, 10, 27, 16, 30, tzinfo=UTC), datetime(2026, 10, 27, 19, 45, tzinfo=UTC)),
        (uid.format("-3"), datetime(2026, 11, 3, 16, 30, tzinfo=UTC), datetime(2026, 11, 3, 19, 45, tzinfo=UTC)),
    ]


def test_each_evening_is_an_event_for_every_reader_when_the_clock_changes(weekly):
    """The whole span was one block of days, whatever the rule said."""
    text = document(weekly)
    assert read_with_vobject(text) == evenings(weekly)
    assert read_with_libical(text) == evenings(weekly)
    assert text.count("TRANSP:TRANSPARENT") == 3
    assert "Kurstag 2 von 3" in text


def test_each_evening_is_an_event_for_the_readers_of_browsers(weekly):
    assert read_in_node([document(weekly)]) == {name: [evenings(weekly)] for name in ("ical.js", "node-ical")}


def test_an_evening_that_moves_keeps_its_uid_and_has_a_higher_sequence(weekly):
    before = document(weekly)
    weekly.days = "RDATE:20261020T000000\nRDATE:20261028T000000\nRDATE:20261103T000000"
    after = document(weekly, NOW + timedelta(hours=1))
    assert [uid for uid, *_ in read_with_vobject(after)] == [uid for uid, *_ in read_with_vobject(before)]
    assert (before.count("SEQUENCE:0"), after.count("SEQUENCE:1")) == (3, 3)
    assert "DTSTART:20261028T163000Z" in after
    assert document(weekly, NOW + timedelta(hours=2)) == after


def test_a_course_that_has_begun_stays_in_its_calendar_until_it_is_over(weekly, client, now):
    """It left 60 days after its first evening, with evenings to come."""
    now.move_to(datetime(2027, 1, 2, 8, tzinfo=UTC))
    path = f"/kurse/{weekly.course.slug}.ics"
    assert b"DTSTART:20261103" in client.get(path).content
    now.move_to(datetime(2027, 1, 3, 8, tzinfo=UTC))
    assert b"VEVENT" not in client.get(path).content
