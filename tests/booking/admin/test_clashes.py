"""What an advisor enters into the own calendar after a booking: shown wherever the appointment is, changing nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from booking.calendars import invitation_for_firm
from booking.clashes import clashing_appointments, times_clashing_with, with_clashes
from booking.enums import Status
from booking.ical.busy.reading import read_busy
from booking.links import feed_token
from booking.models import AdvisorFeed, Appointment, SameEntry
from booking.services.push_object import text_of
from booking.services.read_calendar import FreshCopy
from booking.services.refresh import keep_copy
from tests.booking.calendar_servers import calendar
from tests.booking.conftest import NOW
from tests.factories.accounts import advisor_with_account, client_of, let_colleagues_see
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    BusyCalendarFactory,
    BusyTimeFactory,
    PushEntryFactory,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TEN = NOW + timedelta(hours=26)
"""10 o'clock in Berlin on the day after NOW; as `BusyTimeFactory` has it."""
MARK = "im eigenen Kalender belegt"


@pytest.fixture
def advisor(now):
    return advisor_with_account(name="Nora Nord")


@pytest.fixture
def booked(advisor):
    return AppointmentFactory(advisor=advisor, starts_at=TEN)


def page(advisor, name, *args, query=""):
    return client_of(advisor.user).get(reverse(name, args=args) + query).content.decode()


def enter(advisor, **values):
    return BusyTimeFactory(calendar__advisor=advisor, **values)


def test_an_entry_made_later_is_shown_and_changes_nothing(advisor, booked):
    row = BusyCalendarFactory(advisor=advisor)
    before = Appointment.objects.values().get()
    reads(row, "20261124T093000Z/20261124T103000Z")
    assert list(clashing_appointments(advisor, now=NOW)) == [booked]
    assert Appointment.objects.values().get() == before
    assert not booked.events.exists()


@pytest.mark.parametrize("name", ["index", "day", "week", "sheet"])
def test_list_day_week_and_sheet_mark_it(advisor, booked, name):
    query = "" if name == "index" else "?tag=2026-11-24"
    assert MARK not in page(advisor, f"termine:{name}", query=query)
    enter(advisor)
    assert page(advisor, f"termine:{name}", query=query).count(MARK) == 1


def test_the_front_page_marks_it(advisor, booked):
    enter(advisor)
    assert MARK in page(advisor, "wagtailadmin_home")


def test_the_appointment_says_when_and_offers_what_can_be_done(advisor, booked):
    enter(advisor, start=TEN + HOUR / 2)
    shown = page(advisor, "termine:inspect", booked.pk)
    panel = shown[shown.index("Im eigenen Kalender belegt") :]
    assert "Im eigenen Kalender von Nora Nord ist in dieser Zeit etwas eingetragen" in panel
    assert "<strong>10:30 bis 11:30 Uhr</strong>" in panel
    assert reverse("termine:move", args=[booked.pk]) in panel
    assert reverse("termine:offer", args=[booked.pk]) in panel
    assert 'href="#id_reason"' in panel


def test_the_page_of_the_calendars_lists_them_with_what_is_taken(advisor, booked):
    enter(advisor, calendar__name="Praxis", start=TEN - 24 * HOUR, end=TEN + HOUR / 2)
    shown = page(advisor, "busy_calendars")
    assert "Gebucht und hier belegt" in shown
    assert reverse("termine:inspect", args=[booked.pk]) in shown
    assert "23. November, 10:00 Uhr bis 24. November, 10:30 Uhr („Praxis“)" in shown


@pytest.mark.parametrize(
    "values",
    [
        {"start": TEN - HOUR},
        {"start": TEN + HOUR},
        {"calendar__trusted_until": NOW},
    ],
    ids=["before", "after", "in a copy too old to count"],
)
def test_what_does_not_meet_it_is_no_clash(advisor, booked, values):
    enter(advisor, **values)
    assert not clashing_appointments(advisor, now=NOW)
    assert "Gebucht und hier belegt" not in page(advisor, "busy_calendars")
    assert "Im eigenen Kalender belegt" not in page(advisor, "termine:inspect", booked.pk)


def test_the_page_of_the_calendars_names_no_copy_that_is_too_old_to_count(advisor, booked):
    """It named it beside the calendar that counts; the page of the appointment never did."""
    enter(advisor, calendar__name="Praxis")
    enter(advisor, calendar__name="Verein", calendar__trusted_until=NOW)
    shown = page(advisor, "busy_calendars")
    assert "(„Praxis“)" in shown
    assert "(„Verein“)" not in shown


def test_anothers_calendar_is_no_clash(booked):
    BusyTimeFactory()
    assert not with_clashes(Appointment.objects.all(), now=NOW).get().clashes


@pytest.mark.parametrize("hold_expires_at", [None, TEN])
def test_what_is_not_booked_is_no_clash(advisor, booked, hold_expires_at):
    enter(advisor)
    status = Status.HELD if hold_expires_at else Status.CANCELLED
    Appointment.objects.update(status=status, hold_expires_at=hold_expires_at)
    assert not with_clashes(Appointment.objects.all(), now=NOW).get().clashes
    assert "Im eigenen Kalender belegt" not in page(advisor, "termine:inspect", booked.pk)


def test_what_is_over_is_no_clash(advisor, booked):
    enter(advisor)
    assert with_clashes(Appointment.objects.all(), now=TEN).get().clashes
    assert not with_clashes(Appointment.objects.all(), now=TEN + HOUR).get().clashes


def echo(booked, way):
    """Our own appointment as it stands in a calendar that we wrote into, or that reads ours."""
    if way == "invitation":
        return invitation_for_firm(booked, "REQUEST")
    if way == "push":
        return text_of(PushEntryFactory(appointment=booked, calendar__advisor=booked.advisor), now=NOW)
    feed = AdvisorFeedFactory(advisor=booked.advisor, detail=way)
    address = reverse("booking:feed", args=[feed_token(feed)])
    return b"".join(Client().get(address).streaming_content).decode()


@pytest.mark.parametrize("way", ["invitation", "push", *AdvisorFeed.Detail.values])
def test_our_own_appointment_coming_back_is_no_clash(advisor, booked, way, settings):
    reading = read_busy(
        echo(booked, way).encode(),
        start=NOW,
        end=NOW + timedelta(days=30),
        zone="Europe/Berlin",
        own_domain=settings.MAIL_DOMAIN,
    )
    assert (reading.events, reading.intervals) == (1, ())


# --- „Das ist derselbe Termin“ ----------------------------------------------------------------------------------


def call_it_the_same(user, booked):
    response = client_of(user).post(reverse("termine:same", args=[booked.pk]), follow=True)
    return [str(message).strip() for message in response.context["messages"]]


def clashes(booked):
    appointment = Appointment.objects.get(pk=booked.pk)
    marked = with_clashes(Appointment.objects.filter(pk=booked.pk), now=NOW).get().clashes
    assert marked == times_clashing_with(appointment, now=NOW).exists()
    return marked


def test_a_copy_made_by_hand_is_dismissed_by_one_click_and_it_is_noted(advisor, booked):
    for number in (1, 2):
        enter(advisor, calendar__name=f"Kalender {number}")
    assert "Das ist derselbe Termin" in page(advisor, "termine:inspect", booked.pk)
    assert " ".join(call_it_the_same(advisor.user, booked)) == (
        "Der Eintrag gilt als dieser Termin. Ändert sich einer von beiden oder wird der Eintrag neu angelegt, "
        "steht der Hinweis wieder da."
    )
    shown = page(advisor, "termine:inspect", booked.pk)
    assert "Im eigenen Kalender belegt" not in shown
    assert "Eintrag im eigenen Kalender als derselbe Termin erkannt" in shown
    assert "Gebucht und hier belegt" not in page(advisor, "busy_calendars")
    assert (clashes(booked), MARK in page(advisor, "termine:index")) == (False, False)
    event = booked.events.get()
    assert (event.type, event.actor, event.at) == ("same_entry", advisor.user, NOW)


def reads(row, *times):
    """What the worker does with a calendar that says so."""
    span = {"start": NOW, "end": NOW + timedelta(days=30), "zone": "Europe/Berlin", "own_domain": "mehrwert.example"}
    keep_copy(row, FreshCopy(read_busy(calendar(*times), **span)), now=NOW)


COPY, ELSEWHEN = "20261124T090000Z/20261124T100000Z", "20261125T090000Z/20261125T100000Z"


def test_it_holds_while_the_calendar_says_the_same_and_no_longer(advisor, booked):
    row = BusyCalendarFactory(advisor=advisor)
    reads(row, COPY)
    call_it_the_same(advisor.user, booked)
    reads(row, COPY, ELSEWHEN)
    assert not clashes(booked)
    reads(row, "20261124T090000Z/20261124T103000Z")
    assert clashes(booked)


def test_what_is_entered_at_the_minutes_of_a_copy_that_was_taken_out_clashes(advisor, booked):
    """It stayed dismissed, and whoever had taken the copy out was booked twice without a word."""
    row = BusyCalendarFactory(advisor=advisor)
    reads(row, COPY, ELSEWHEN)
    call_it_the_same(advisor.user, booked)
    reads(row, ELSEWHEN)
    assert (clashes(booked), SameEntry.objects.exists()) == (False, False)
    reads(row, COPY, ELSEWHEN)
    assert clashes(booked)
    assert page(advisor, "termine:index").count(MARK) == 1


def test_a_calendar_that_is_empty_by_mistake_or_another_one_ends_nothing(advisor, booked):
    row, other = BusyCalendarFactory.create_batch(2, advisor=advisor)
    for each in (row, other):
        reads(each, COPY)
    call_it_the_same(advisor.user, booked)
    reads(row)
    reads(other, ELSEWHEN)
    assert (clashes(booked), SameEntry.objects.get().calendar) == (False, row)


def test_it_ends_when_the_appointment_changes(advisor, booked):
    enter(advisor)
    call_it_the_same(advisor.user, booked)
    Appointment.objects.update(sequence=F("sequence") + 1)
    assert clashes(booked)


def test_another_appointment_and_another_entry_clash_all_the_same(advisor, booked):
    entry = enter(advisor)
    call_it_the_same(advisor.user, booked)
    enter(advisor, calendar=entry.calendar, start=TEN + HOUR / 2, end=TEN + 2 * HOUR)
    other = AppointmentFactory(advisor=advisor, starts_at=TEN + HOUR)
    assert (clashes(booked), clashes(other)) == (True, True)


def test_there_is_nothing_to_dismiss_where_nothing_clashes(advisor, booked):
    assert call_it_the_same(advisor.user, booked) == ["Im eigenen Kalender ist in dieser Zeit nichts mehr eingetragen."]
    enter(advisor)
    call_it_the_same(advisor.user, booked)
    call_it_the_same(advisor.user, booked)
    assert (SameEntry.objects.count(), booked.events.count()) == (1, 1)


def test_only_who_may_act_dismisses_it_and_only_by_post(advisor, booked):
    enter(advisor)
    let_colleagues_see()
    colleague = advisor_with_account("kollegin", office=advisor.office)
    assert "Das ist derselbe Termin" not in page(colleague, "termine:inspect", booked.pk)
    address = reverse("termine:same", args=[booked.pk])
    assert client_of(colleague.user).post(address).status_code == 404
    assert client_of(advisor.user).get(address).status_code == 405
    assert clashes(booked)


def test_what_was_said_of_the_past_is_forgotten_with_its_times(advisor, booked):
    row = enter(advisor).calendar
    call_it_the_same(advisor.user, booked)
    late = TEN + timedelta(days=3)
    span = {"start": late, "end": late + timedelta(days=30), "zone": "Europe/Berlin", "own_domain": "mehrwert.example"}
    keep_copy(row, FreshCopy(read_busy(calendar("20261201T090000Z/20261201T100000Z"), **span)), now=late)
    assert not SameEntry.objects.exists()


@pytest.mark.parametrize(("name", "queries"), [("termine:index", 12), ("busy_calendars", 12)])
@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_clashes_as_for_one(advisor, name, queries, items, django_assert_num_queries):
    for number in range(items):
        AppointmentFactory(advisor=advisor, starts_at=TEN + number * HOUR)
        enter(advisor, start=TEN + number * HOUR)
    client = client_of(advisor.user)
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        client.get(reverse(name))
