"""The feed of an office: whose appointments it tells, for whom, and for how long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from booking.models import AdvisorFeed, Appointment, FeedText
from booking.permissions import is_of_team
from booking.services.feeds import NotOfTheTeam, create_feed
from tests.booking.test_feed import FeedClient, events, path_of
from tests.factories.accounts import ADVISORS, LEADS, account, let_colleagues_see
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def advisor(now, advisor):
    advisor.user = account("ada", ADVISORS)
    advisor.save()
    let_colleagues_see()
    return advisor


@pytest.fixture
def feed(advisor, office):
    return AdvisorFeedFactory(advisor=advisor, office=office)


@pytest.fixture
def client():
    return FeedClient()


def summaries(client, feed):
    return [event["SUMMARY"] for event in events(client.get(path_of(feed)))]


def test_it_tells_what_takes_place_there_and_what_its_advisors_do_elsewhere(client, feed, advisor, office, service):
    colleague, guest = AdvisorFactory(name="Bea", office=office), AdvisorFactory(name="Gast")
    elsewhere = OfficeFactory()
    for person, place, hours in (
        (advisor, office, 0),
        (colleague, office, 0),
        (guest, office, 1),
        (colleague, elsewhere, 2),
        (guest, elsewhere, 3),
    ):
        AppointmentFactory(advisor=person, office=place, service=service, starts_at=NINE + hours * HOUR)
    assert summaries(client, feed) == [f"{name}: Beratungstermin" for name in ("Ada Beispiel", "Bea", "Bea", "Gast")]


@pytest.mark.django_db(transaction=True)
def test_who_swaps_appointments_with_a_guest_while_it_is_read_has_none_doubled_and_none_lost(
    client, feed, advisor, office, service
):
    guest = AdvisorFactory(name="Gast")
    own, foreign = (
        AppointmentFactory(advisor=person, office=office, service=service, starts_at=NINE + hours * HOUR)
        for hours, person in enumerate((advisor, guest))
    )
    client.get(path_of(feed)).getvalue()
    pieces = FeedText.objects.in_feed(feed, now=NINE, rows=1)
    found = [next(pieces)]
    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(swap, own, foreign).result()
    found.extend(pieces)
    assert [str(booked.uid) in text for booked, text in zip((own, foreign), found, strict=True)] == [True, True]


def swap(one, other):
    """Through a connection of its own, as another process does."""
    try:
        Appointment.objects.filter(pk=one.pk).update(advisor=other.advisor)
        Appointment.objects.filter(pk=other.pk).update(advisor=one.advisor)
    finally:
        connection.close()


def test_a_new_name_of_an_advisor_is_noticed_and_own_feeds_are_not_rewritten(
    client, feed, advisor, office, service, now
):
    own = AdvisorFeedFactory(advisor=advisor)
    colleague = AdvisorFactory(name="Bea", office=office)
    AppointmentFactory(advisor=colleague, service=service, starts_at=NINE)
    before = {each: client.get(path_of(each)).headers["ETag"] for each in (own, feed)}
    now.shift(60)
    colleague.name = "Beate"
    colleague.save()
    again = {each: client.get(path_of(each), headers={"If-None-Match": etag}) for each, etag in before.items()}
    assert [again[each].status_code for each in (own, feed)] == [304, 200]
    assert summaries(client, feed) == ["Beate: Beratungstermin"]


def lose_the_right(how, advisor):
    """Each way in which somebody leaves the team."""
    match how:
        case "permission taken":
            Group.objects.get(name=ADVISORS).permissions.remove(Permission.objects.get(codename="see_office"))
        case "group left":
            advisor.user.groups.clear()
        case "account switched off":
            advisor.user.is_active = False
            advisor.user.save()
        case "account gone":
            advisor.user.delete()
        case "another office":
            advisor.office = OfficeFactory()
            advisor.save()
        case "advises no more":
            advisor.is_active = False
            advisor.save()


WAYS_OUT = ["permission taken", "group left", "account switched off", "account gone", "another office"]
WAYS_OUT += ["advises no more"]


@pytest.mark.parametrize("how", WAYS_OUT)
def test_feed_9_it_ends_as_any_wrong_address_once_its_owner_leaves_the_team(client, feed, advisor, how):
    """At once, also for who knows the ETag; back in the team it opens again."""
    etag = client.get(path_of(feed)).headers["ETag"]
    never = client.get("/gibt-es-nicht/")
    lose_the_right(how, advisor)
    for headers in ({}, {"If-None-Match": etag}):
        response = client.get(path_of(feed), headers=headers)
        assert (response.status_code, response.content) == (404, never.content)
        assert dict(response.headers) == dict(never.headers)


@pytest.mark.parametrize("how", [*WAYS_OUT[:4], "stays"])
def test_database_and_permissions_agree_on_who_belongs_to_the_team(feed, advisor, how):
    lose_the_right(how, advisor)
    row = AdvisorFeed.objects.for_readers(feed.uid)
    advisor = type(advisor).objects.get(pk=advisor.pk)
    assert bool(row.is_allowed) is is_of_team(advisor) is (how == "stays")


@pytest.mark.parametrize("way", ["head of the office", "own permission", "superuser"])
def test_other_rights_open_it_too(client, feed, advisor, way):
    advisor.user.groups.clear()
    match way:
        case "head of the office":
            advisor.user.groups.add(account("lea", LEADS).groups.get())
        case "own permission":
            advisor.user.user_permissions.add(Permission.objects.get(codename="lead_office"))
        case "superuser":
            advisor.user.is_superuser = True
            advisor.user.save()
    assert client.get(path_of(feed)).status_code == 200


def test_own_links_do_not_ask_for_the_team(client, advisor):
    own = AdvisorFeedFactory(advisor=advisor)
    lose_the_right("permission taken", advisor)
    assert client.get(path_of(own)).status_code == 200


def test_only_the_team_makes_such_a_link_and_only_of_its_own_office(advisor, office):
    title = AdvisorFeed.Detail.TITLE
    assert create_feed(advisor=advisor, name="Team", detail=title, office=office).office == office
    with pytest.raises(NotOfTheTeam):
        create_feed(advisor=advisor, name="Team", detail=title, office=OfficeFactory())
    with pytest.raises(NotOfTheTeam):
        create_feed(advisor=AdvisorFactory(office=office), name="Team", detail=title, office=office)
    assert AdvisorFeed.objects.count() == 1
