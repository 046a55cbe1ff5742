"""The public calendar of an office's days elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from booking.models import PublishedDay
from offices.models import OfficeDay
from tests.booking.conftest import NOW
from tests.booking.ical.by_the_letter import assert_folded
from tests.factories.booking import ClosureFactory
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, new_site
from tests.factories.offices import OfficeDayFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db
PATH = "/sprechtage/hameln.ics"


@pytest.fixture
def series(now, office):
    found = OfficeDayFactory(office=office, title="Sprechtag Bückeburg", days=weekly(1), valid_until=date(2026, 12, 8))
    OfficeDay.objects.update(updated_at=NOW - timedelta(days=9))
    return found


def events(response) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(response.content).events


def starts(client) -> list[datetime]:
    return [event["DTSTART"].dt for event in events(client.get(PATH))]


def tuesday(day: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, 8, tzinfo=UTC)


def test_each_day_is_an_event_that_takes_nobodys_time(client, series):
    response = client.get(PATH)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'inline; filename="sprechtage-hameln.ics"'
    assert response.headers["Cache-Control"] == "public, max-age=900"
    assert (response.headers["X-Robots-Tag"], response.headers["Access-Control-Allow-Origin"]) == ("noindex", "*")
    assert response.cookies == {}
    assert_folded(response.content.decode())
    assert starts(client) == [tuesday(24, 11), tuesday(1), tuesday(8)]
    event = events(response)[1]
    book = "http://127.0.0.1:8000/termin/hameln/?art=office_day"
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "TRANSP")} == {
        "UID": f"sprechtag-{series.pk}-20261201@mehrwert.example",
        "SUMMARY": "Sprechtag Bückeburg",
        "LOCATION": "Rathaus, Zimmer 12, Markt 1, 31675 Bückeburg",
        "DESCRIPTION": f"Zeit wählen: {book}",
        "URL": book,
        "TRANSP": "TRANSPARENT",
    }
    assert (event["CLASS"], event["DTEND"].dt) == ("PUBLIC", tuesday(1) + timedelta(hours=3))
    assert (event["DTSTAMP"].dt, event["CREATED"].dt, event["SEQUENCE"]) == (NOW, NOW, 0)


def test_days_that_do_not_take_place_are_left_out(client, series, office):
    """A day in Advent closed as a whole, another office's day off, a holiday."""
    ClosureFactory(office=office, first_day=date(2026, 11, 24))
    ClosureFactory(office=OfficeFactory(), first_day=date(2026, 12, 8))
    assert starts(client) == [tuesday(1), tuesday(8)]
    OfficeDay.objects.update(valid_from=date(2026, 12, 24), valid_until=date(2026, 12, 29), days=weekly(1, 4))
    assert starts(client) == [tuesday(29)]  # Friday the 25th is a holiday


@pytest.mark.parametrize(
    ("closed", "shown"),
    [
        ([(9, 10)], [(10, 12)]),
        ([(11, 13)], [(9, 11)]),
        ([(10, 11)], [(9, 10), (11, 12)]),
        ([(9, 10), (10, 12)], []),
        ([(7, 9), (12, 14)], [(9, 12)]),
    ],
)
def test_a_day_that_is_closed_in_part_shows_the_hours_that_are_left(client, series, closed, shown):
    """A network-wide closure; before, such a day stood there with its whole hours."""
    for opens, closes in closed:
        ClosureFactory(first_day=date(2026, 12, 1), start_time=time(opens), end_time=time(closes))
    found = [event for event in events(client.get(PATH)) if event["DTSTART"].dt.date() == date(2026, 12, 1)]
    midnight = tuesday(1) - timedelta(hours=9)
    hours = [tuple((event[end].dt - midnight) // timedelta(hours=1) for end in ("DTSTART", "DTEND")) for event in found]
    assert hours == shown
    uid = f"sprechtag-{series.pk}-20261201"
    assert [event["UID"] for event in found] == [f"{uid}{part}@mehrwert.example" for part in ("", "-2")[: len(shown)]]


def test_sequence_rises_for_the_days_that_changed_and_for_no_other(client, series, office, now):
    """Before, it was the minute of the series' last save: two saves in one minute, or a closure, did not raise it."""

    def versions():
        return [(event["SEQUENCE"], event["DTSTAMP"].dt) for event in events(client.get(PATH))]

    assert versions() == [(0, NOW)] * 3
    now.shift(1)
    closure = ClosureFactory(office=office, first_day=date(2026, 12, 1), start_time=time(9), end_time=time(10))
    seconds = NOW + timedelta(seconds=1)
    assert versions() == [(0, NOW), (1, seconds), (0, NOW)]
    now.shift(1)
    closure.delete()
    series.venue = "Rathaus, Zimmer 1"
    series.save()
    later = NOW + timedelta(seconds=2)
    assert versions() == [(1, later), (2, later), (1, later)]
    series.save()
    assert versions() == [(1, later), (2, later), (1, later)]


def test_days_that_are_over_are_forgotten_with_the_next_change(client, series, now):
    client.get(PATH)
    now.shift(timedelta(days=12))
    series.title = "Sprechtag im Rathaus"
    series.save()
    client.get(PATH)
    assert list(PublishedDay.objects.values_list("day", flat=True)) == [date(2026, 12, 8)]


def test_nine_stays_nine_when_the_clock_changes(client, series):
    OfficeDay.objects.update(valid_from=date(2027, 3, 22), valid_until=date(2027, 4, 2), days=weekly(4))
    assert [start.isoformat() for start in starts(client)] == ["2027-04-02T07:00:00+00:00"]  # the 26th is Good Friday


def test_same_days_same_bytes_and_304(client, series, now):
    first = client.get(PATH)
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    now.shift(timedelta(hours=1))
    assert client.get(PATH).content == first.content
    series.start_time = time(10)
    series.save()
    after = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert events(after)[0]["SEQUENCE"] > events(first)[0]["SEQUENCE"]


def test_office_without_days_has_a_whole_calendar(client, now, office):
    calendar = icalendar.Calendar.from_ical(client.get(PATH).content)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize("path", ["/sprechtage/gibt-es-nicht.ics", "/sprechtage/.ics", "/sprechtage/%00.ics"])
def test_what_is_no_office_is_not_found(client, series, path):
    assert client.get(path).status_code == 404


def test_office_that_closed_down_is_not_found(client, series, office):
    office.is_active = False
    office.save()
    assert client.get(PATH).status_code == 404
    assert client.post(PATH).status_code == 405


@pytest.mark.parametrize("items", [1, 3])
def test_three_series_take_as_many_queries_as_one(client, now, office, django_assert_num_queries, items):
    for _ in range(items):
        OfficeDayFactory(office=office, days=weekly(1))
    # the office, its closures, its series, what was said of them; then a savepoint with the office's row, the same
    # once more, one to write and one to forget
    with django_assert_num_queries(4 + 6):
        client.get(PATH)
    with django_assert_num_queries(4):
        client.get(PATH)


@pytest.mark.parametrize("has_days", [True, False])
def test_page_of_an_office_with_days_leads_to_it(client, series, office, has_days):
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office)
    if not has_days:
        series.delete()
    shown = client.get(page.url).content.decode()
    assert (f'<a href="webcal://127.0.0.1:8000{PATH}">abonnieren</a>' in shown) is has_days
    assert (f'<a href="{PATH}">einmal laden</a>' in shown) is has_days
