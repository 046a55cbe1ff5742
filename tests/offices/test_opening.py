"""„Jetzt geöffnet“ on the page of an office: in words, by holidays and closures, and never stale on kept pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.utils import timezone

from offices.models import Office, OpeningHours
from offices.opening import OpeningNow, SpecialDay, opening_now, opening_times
from offices.sections import office_closures
from tests.factories.booking import ClosureFactory
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, new_site
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def office(committed) -> Office:
    """Open on Mondays from 9 to 12:30, on Saturdays from 20 to 2, on Sundays from 22 to midnight."""
    with committed():
        office = OfficeFactory(slug="hameln")
        for weekday, opens, closes in ((0, time(9), time(12, 30)), (5, time(20), time(2)), (6, time(22), time(0))):
            OpeningHours.objects.create(office=office, weekday=weekday, opens_at=opens, closes_at=closes)
        OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office, slug="hameln")
    return office


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), OpeningNow(False, "öffnet heute um 9:00 Uhr")),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), OpeningNow(True, "bis 12:30 Uhr")),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), OpeningNow(False, "öffnet am Samstag, 28. November, um 20:00 Uhr")),
        (datetime(2026, 11, 27, 12, 0, tzinfo=UTC), OpeningNow(False, "öffnet morgen um 20:00 Uhr")),
        (datetime(2026, 11, 28, 22, 0, tzinfo=UTC), OpeningNow(True, "bis morgen, 2:00 Uhr")),
        (datetime(2026, 11, 29, 0, 30, tzinfo=UTC), OpeningNow(True, "bis 2:00 Uhr")),
        (datetime(2026, 11, 29, 22, 0, tzinfo=UTC), OpeningNow(True, "bis Mitternacht")),
    ],
)
def test_state_in_words(office, now, expected):
    assert opening_now(opening_times(office, today=timezone.localdate(now)), now=now) == expected


def test_without_hours_nothing_is_said():
    times = opening_times(OfficeFactory(), today=MONDAY)
    assert (times.week, times.special, opening_now(times, now=datetime(2026, 11, 23, tzinfo=UTC))) == ((), (), None)


def test_closed_for_longer_than_is_looked_ahead(office):
    ClosureFactory(office=office, first_day=MONDAY, last_day=date(2027, 3, 1))
    times = opening_times(office, today=MONDAY)
    assert opening_now(times, now=datetime(2026, 11, 23, 9, tzinfo=UTC)) == OpeningNow(False, "")


def test_holidays_and_closures_make_special_days(office, django_assert_num_queries):
    """The network, a holiday and the office itself; what closes another office changes nothing."""
    ClosureFactory(office=None, first_day=date(2026, 12, 19))
    ClosureFactory(office=office, first_day=date(2026, 12, 28), start_time=time(8), end_time=time(10))
    ClosureFactory(first_day=date(2026, 12, 21), office=OfficeFactory())
    with django_assert_num_queries(2):
        found = opening_times(office, today=date(2026, 11, 30))
    assert found.special == (
        SpecialDay(date(2026, 12, 19), (), ""),
        SpecialDay(date(2026, 12, 26), (), "Zweiter Weihnachtstag"),
        SpecialDay(date(2026, 12, 28), (("10:00", "12:30"),), ""),
    )


def test_before_anybody_tells_of_closures_there_are_none(office, monkeypatch):
    ClosureFactory(office=office, first_day=MONDAY)
    monkeypatch.setattr(office_closures, "_source", lambda *_: ())
    assert opening_times(office, today=date(2026, 11, 16)).special == ()


def shown(client) -> str:
    text = client.get("/bueros/hameln/").content.decode()
    return re.sub(r"<[^>]+>", "", re.search(r'<p class="opening__now".*?</p>', text)[0])


def test_kept_page_turns_with_the_clock(client, office, kept_pages, django_assert_num_queries):
    with time_machine.travel(datetime(2026, 11, 23, 11, 29, 30, tzinfo=UTC), tick=False) as clock:
        assert shown(client) == "Jetzt geöffnet, bis 12:30 Uhr"
        clock.shift(29)
        with django_assert_num_queries(0):
            assert shown(client) == "Jetzt geöffnet, bis 12:30 Uhr"
        clock.shift(1)
        assert shown(client) == "Jetzt geschlossen, öffnet am Samstag, 28. November, um 20:00 Uhr"


def test_kept_page_follows_a_closure(client, office, kept_pages, committed):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        assert shown(client) == "Jetzt geöffnet, bis 12:30 Uhr"
        with committed():
            ClosureFactory(office=office, first_day=MONDAY)
        assert shown(client) == "Jetzt geschlossen, öffnet am Samstag, 28. November, um 20:00 Uhr"
        assert "Montag, 23. November</time>: geschlossen" in client.get("/bueros/hameln/").content.decode()
