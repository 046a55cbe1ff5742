"""Day, week and day sheet of an office."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from booking.enums import Kind, Status
from tests.factories.accounts import (
    administrator,
    advisor_with_account,
    client_of,
    editor,
    let_colleagues_see,
    office_lead,
)
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
ROUTES = ("day", "week", "sheet")


@pytest.fixture
def lead(now, office, service):
    return office_lead(name="Lea Leitung", office=office)


@pytest.fixture
def colleague(lead, office):
    return advisor_with_account("kollege", name="Karl Kollege", office=office)


def page_of(user, route, query="?tag=2026-12-01"):
    return client_of(user).get(reverse(f"termine:{route}") + query).content.decode()


@pytest.mark.parametrize("route", ROUTES)
def test_what_stands_in_the_calendars_of_the_office(lead, colleague, office, route):
    booked = AppointmentFactory(advisor=colleague, starts_at=NINE, organization="Gebucht GmbH")
    AppointmentFactory(
        advisor=lead,
        starts_at=NINE + timedelta(hours=5),
        status=Status.HELD,
        hold_expires_at=datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
        organization="Heimlich GmbH",
    )
    ClosureFactory(advisor=colleague, first_day=date(2026, 12, 1), start_time=time(13), end_time=time(14, 30))
    ClosureFactory(office=office, advisor=None, first_day=date(2026, 12, 1), reason="Umzug")
    page = page_of(lead.user, route)
    for text in ("9:00–10:00 Erstberatung", "Gebucht GmbH", "14:00–15:00 gerade reserviert", "ganztags: Umzug"):
        assert text in page, text
    assert "13:00–14:30 Betriebsausflug" in page
    assert "Heimlich GmbH" not in page
    assert "Lea Leitung" in page
    assert "Karl Kollege" in page
    if route != "sheet":
        assert reverse("termine:inspect", args=[booked.pk]) in page
        assert f"/termine/neu/?buero=hameln&amp;beratung={colleague.pk}&amp;tag=" in page


def test_recurring_closure_stands_on_its_own_days_only(lead):
    """It stood on every day between the first and the last."""
    ClosureFactory(
        advisor=lead, reason="Teambesprechung", first_day=date(2026, 11, 2), last_day=date(2026, 12, 31), days=weekly(1)
    )
    assert page_of(lead.user, "week").count("Teambesprechung") == 1
    for route, query, number in (("day", "?tag=2026-12-01", 1), ("day", "?tag=2026-12-02", 0), ("sheet", "", 0)):
        assert page_of(lead.user, route, query).count("Teambesprechung") == number, (route, query)


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_over_or_cancelled_is_not_there(lead, route):
    AppointmentFactory(advisor=lead, starts_at=NINE, status=Status.CANCELLED, organization="Abgesagt GmbH")
    AppointmentFactory(
        advisor=lead, starts_at=NINE, status=Status.HELD, hold_expires_at=datetime(2026, 11, 23, 6, tzinfo=UTC)
    )
    AppointmentFactory(advisor=lead, starts_at=NINE + timedelta(days=7), organization="Später GmbH")
    page = page_of(lead.user, route)
    assert "Erstberatung" not in page
    assert "reserviert" not in page


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ({"reminded_for": NINE}, (1, 0)),
        ({"reminded_for": NINE, "confirmed_at": NINE - timedelta(days=1)}, (0, 1)),
        ({"reminded_for": NINE - timedelta(days=7)}, (0, 0)),
        ({}, (0, 0)),
    ],
)
def test_who_did_not_answer_the_reminder_is_marked(lead, route, values, marks):
    AppointmentFactory(advisor=lead, starts_at=NINE, **values)
    page = page_of(lead.user, route)
    assert (page.count("Antwort offen"), page.count("zugesagt")) == marks


def test_sheet_holds_the_answers_to_the_own_questions(lead):
    answers = [
        {"id": 1, "question": "Gibt es <Parkplätze>?", "answer": "ja"},
        {"id": 2, "question": "Wie viele kommen?", "answer": "3"},
    ]
    AppointmentFactory(advisor=lead, starts_at=NINE, answers=answers)
    page = " ".join(page_of(lead.user, "sheet").split())
    assert "<br>Gibt es &lt;Parkplätze&gt;? <b>ja</b> · Wie viele kommen? <b>3</b>" in page


def test_week_begins_on_monday_and_leads_on(lead):
    page = page_of(lead.user, "week")
    assert "30. November bis 4. Dezember 2026" in page
    for day in ("2026-11-23", "2026-12-07"):
        assert f"/termine/woche/?buero=hameln&amp;tag={day}" in page
    assert days_of(page) == ["Mo., 30. Nov.", "Di., 1. Dez.", "Mi., 2. Dez.", "Do., 3. Dez.", "Fr., 4. Dez."]
    assert "/termine/tag/?buero=hameln&tag=2026-12-04" in page.replace("&amp;", "&")


def days_of(page: str) -> list[str]:
    return re.findall(r'columnheader"><a [^>]*>([^<]+)</a>', page)


def test_week_shows_a_weekend_only_where_hours_are_offered_or_something_lies(lead, office):
    """Two empty columns took the room of the others. What goes on from Friday, such as a holiday, fills no weekend."""
    saturday, sunday = "Sa., 5. Dez.", "So., 6. Dez."
    ClosureFactory(advisor=lead, first_day=date(2026, 12, 3), last_day=date(2026, 12, 7), reason="Urlaub")
    page = page_of(lead.user, "week")
    assert (len(days_of(page)), "Samstag und Sonntag stehen nur da" in page) == (5, True)
    AvailabilityRuleFactory(advisor=lead, days=weekly(5))
    assert days_of(page_of(lead.user, "week"))[5:] == [saturday]
    AppointmentFactory(advisor=lead, starts_at=NINE + timedelta(days=5))
    page = page_of(lead.user, "week")
    assert (days_of(page)[5:], "Samstag und Sonntag stehen nur da" in page) == ([saturday, sunday], False)
    assert "30. November bis 6. Dezember 2026" in page


def test_a_closure_of_the_weekend_alone_is_shown(lead):
    ClosureFactory(advisor=lead, first_day=date(2026, 12, 5), reason="Messe")
    page = page_of(lead.user, "week")
    assert days_of(page)[5:] == ["Sa., 5. Dez."]
    assert page.count("Messe") == 1


def test_evening_of_the_clock_change_stands_on_its_day(lead):
    AppointmentFactory(advisor=lead, starts_at=datetime(2027, 3, 28, 21, 30, tzinfo=UTC))
    assert "23:30–0:30 Erstberatung" in page_of(lead.user, "day", "?tag=2027-03-28")
    assert "Erstberatung" not in page_of(lead.user, "day", "?tag=2027-03-29")


@pytest.mark.parametrize("route", ROUTES)
def test_advisor_sees_the_own_column_only_unless_granted(lead, colleague, route):
    AppointmentFactory(advisor=lead, starts_at=NINE, organization="Der Leitung GmbH")
    ClosureFactory(advisor=lead, first_day=date(2026, 12, 1), reason="Arzt")
    page = page_of(colleague.user, route)
    assert "Karl Kollege" in page
    assert "Lea Leitung" not in page
    assert "Der Leitung GmbH" not in page
    let_colleagues_see()
    page = page_of(colleague.user, route)
    assert "Der Leitung GmbH" in page
    assert "ganztags: nicht da" in page
    assert "Arzt" not in page
    assert f"beratung={lead.pk}" not in page


@pytest.mark.parametrize("route", ROUTES)
def test_another_office_is_not_found(lead, route):
    stranger = AdvisorFactory(name="Frieda Fremd", office=OfficeFactory(slug="fremd", name="Büro Fremd"))
    AppointmentFactory(advisor=stranger, starts_at=NINE, organization="Fremde GmbH")
    address = reverse(f"termine:{route}")
    assert client_of(lead.user).get(address + "?buero=fremd").status_code == 404
    assert "Fremd" not in page_of(lead.user, route)
    assert "Fremde GmbH" in page_of(administrator(), route, "?buero=fremd&tag=2026-12-01")
    assert client_of(editor()).get(address).status_code == 302


@pytest.mark.parametrize("day", ["kaputt", "2026-13-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("route", ROUTES)
def test_impossible_day_is_not_found(lead, route, day):
    assert client_of(lead.user).get(reverse(f"termine:{route}"), {"tag": day}).status_code == 404


@pytest.mark.parametrize(("route", "queries"), [("day", 27), ("week", 25), ("sheet", 16)])
@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_for_three_advisors_as_for_one(lead, office, django_assert_num_queries, route, queries, people):
    for number in range(people):
        person = AdvisorFactory(office=office)
        AvailabilityRuleFactory(advisor=person)
        AppointmentFactory(advisor=person, starts_at=NINE + timedelta(hours=number))
        ClosureFactory(advisor=person)
    client = client_of(lead.user)
    address = reverse(f"termine:{route}") + "?tag=2026-12-01"
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("route", ROUTES)
def test_any_day_is_reached_by_its_date(lead, route):
    page = page_of(lead.user, route)
    assert '<input type="date" id="id_tag" name="tag" value="2026-12-01">' in page
    assert '<input type="hidden" name="buero" value="hameln">' in page
    assert reverse("termine:index") in page


@pytest.mark.parametrize("route", ROUTES)
def test_number_of_a_call_can_be_pressed(lead, route):
    AppointmentFactory(advisor=lead, starts_at=NINE, kind=Kind.PHONE, phone="05151 / 123-45")
    assert 'href="tel:' in page_of(lead.user, route)


@pytest.mark.parametrize("address", ["termine:index", "termine:day", "termine:week", "termine:sheet"])
def test_a_visit_shows_its_postcode_and_its_drive(lead, address):
    starts = NINE + timedelta(hours=1)
    AppointmentFactory(
        advisor=lead,
        starts_at=starts,
        kind=Kind.FIRM,
        street="Musterweg 1",
        postcode="31860",
        travel_before=20,
        travel_after=25,
        block_start=starts - timedelta(minutes=20),
        block_end=starts + timedelta(minutes=85),
    )
    page = client_of(lead.user).get(reverse(address) + "?tag=2026-12-01").content.decode()
    assert "31860, Fahrt 20 Min. hin, 25 Min. danach" in page
    AppointmentFactory(advisor=lead, starts_at=NINE + timedelta(hours=4), postcode="49377", kind=Kind.PHONE)
    page = client_of(lead.user).get(reverse(address) + "?tag=2026-12-01").content.decode()
    assert (page.count("Fahrt 20 Min."), "49377" in page) == (1, False)


def gaps(page: str) -> list[str]:
    return re.findall(r"frei \d+:\d\d–\d+:\d\d", page)


def test_the_day_tells_on_the_phone_when_somebody_is_free(lead, colleague, office):
    """Hours for advice less appointments with their buffers, absences and closures; each leads to a new appointment."""
    AvailabilityRuleFactory(advisor=lead, start_time=time(9), end_time=time(12))
    AvailabilityRuleFactory(advisor=colleague, start_time=time(9), end_time=time(12))
    AppointmentFactory(advisor=lead, starts_at=NINE + timedelta(hours=1))
    ClosureFactory(advisor=colleague, first_day=date(2026, 12, 1), start_time=time(8), end_time=time(11, 50))
    page = page_of(lead.user, "day")
    assert gaps(page) == ["frei 9:00–10:00", "frei 11:00–12:00"]
    address = f"{reverse('termine:book')}?buero=hameln&amp;beratung={lead.pk}&amp;tag=2026-12-01"
    assert (
        f'<a href="{address}">frei 9:00–10:00<span class="w-sr-only">: neuer Termin bei Lea Leitung</span></a>' in page
    )
    assert gaps(page_of(lead.user, "week")) == gaps(page_of(lead.user, "sheet")) == []


def test_nothing_is_free_on_holidays_on_days_that_are_over_or_before_now(lead, now):
    AvailabilityRuleFactory(advisor=lead, start_time=time(9), end_time=time(12), days="RRULE:FREQ=DAILY")
    assert gaps(page_of(lead.user, "day", "?tag=2026-12-25")) == []
    assert gaps(page_of(lead.user, "day", "?tag=2026-11-22")) == []
    now.shift(timedelta(hours=2, minutes=7))
    assert gaps(page_of(lead.user, "day", "?tag=2026-11-23")) == ["frei 10:15–12:00"]


def test_a_colleagues_gap_is_no_link_for_who_may_not_book_it(lead, colleague, office):
    let_colleagues_see()
    AvailabilityRuleFactory(advisor=lead, start_time=time(9), end_time=time(12))
    page = page_of(colleague.user, "day")
    assert gaps(page) == ["frei 9:00–12:00"]
    assert f"beratung={lead.pk}" not in page
