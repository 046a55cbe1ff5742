"""Bookings as people make them, in advisors' calendars on real servers, where programs of others read them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from booking.enums import Kind
from booking.models import Appointment
from booking.services.book import FirmDetails
from booking.services.book_for_firm import book_for_firm
from booking.services.cancel import cancel_appointment
from booking.services.hold import Wish
from booking.services.move import move_appointment
from booking.services.push import push_due
from tests.booking.conftest import NOW
from tests.booking.entered import client_for, connected, events_at, events_wanted, path_of
from tests.calendar_peers import PEERS
from tests.calendar_subscribers import Subscriber, caldav_calendar
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
FIRM = FirmDetails("Beispiel Metallbau GmbH", "Kim Muster", "kim@metallbau.example", "31785")
CHANGES_OF_THE_CLOCK = [datetime(*day, tzinfo=UTC) for day in ((2026, 10, 25), (2027, 3, 28), (2027, 10, 31))]


@pytest.fixture(scope="module", params=PEERS)
def server(request, tmp_path_factory):
    with PEERS[request.param](tmp_path_factory.mktemp(request.param)) as server:
        yield server


def push(server, now=NOW):
    push_due(now=now, client=client_for(("127.0.0.1", server.port)))


@pytest.fixture
def book(office, service, rule):
    actor = administrator()

    def book(starts_at=NINE):
        wish = Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=starts_at)
        return book_for_firm(wish, FIRM, visit=str(starts_at), actor=actor, now=NOW)

    return book


class Broken(Exception):
    """Something else of the request went wrong."""


def test_what_was_rolled_back_is_never_entered(server, advisor, book):
    own = connected(server, now=NOW, advisor=advisor)
    with suppress(Broken), transaction.atomic():
        book()
        assert own.entries.count() == 1
        raise Broken
    push(server)
    assert (own.entries.count(), events_at(server, own)) == (0, [])
    booked = book(NINE + timedelta(hours=2))
    push(server)
    before = events_at(server, own)
    assert before == events_wanted(own) != []
    for change in (
        lambda: cancel_appointment(booked, now=NOW),
        lambda: move_appointment(booked, starts_at=NINE, sequence=0, now=NOW),
    ):
        with suppress(Broken), transaction.atomic():
            change()
            raise Broken
        push(server)
        assert events_at(server, own) == before


def test_moved_to_a_colleague_it_leaves_the_one_calendar_for_the_other(server, office, advisor, book):
    colleague = AdvisorFactory(office=office)
    own, other = (connected(server, now=NOW, advisor=each) for each in (advisor, colleague))
    booked = book()
    push(server)
    assert (events_at(server, own), events_at(server, other)) == (events_wanted(own), [])
    assert len(events_wanted(own)) == 1
    AvailabilityRuleFactory(advisor=colleague)
    moved = move_appointment(booked, starts_at=NINE, sequence=0, advisor=colleague, now=NOW)
    push(server)
    assert (moved.advisor, moved.sequence) == (colleague, 1)
    assert (events_at(server, own), events_at(server, other)) == ([], events_wanted(other))
    assert len(events_wanted(other)) == 1
    move_appointment(moved, starts_at=NINE, sequence=1, advisor=advisor, now=NOW)
    push(server)
    assert (events_at(server, own), events_at(server, other)) == (events_wanted(own), [])


def test_vdirsyncer_and_khal_show_what_was_entered(server, tmp_path):
    """On the days before and after each change of the clock, and in its night, when an hour is doubled or lost."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    own, service = connected(server, now=now), ServiceFactory(duration=30)
    hours = [-40, -16, -2, *(half / 2 for half in range(8)), 8, 32]
    for moment in (day + timedelta(hours=hour) for day in CHANGES_OF_THE_CLOCK for hour in hours):
        AppointmentFactory(advisor=own.advisor, service=service, starts_at=moment)
    push(server, now)
    wanted = events_wanted(own)
    assert events_at(server, own) == wanted
    assert len(wanted) == 39
    program = Subscriber(tmp_path / "program", caldav_calendar(server, path_of(own)))
    program.sync()
    assert program.events() == [event[:3] for event in wanted]
    shown = program.listed(date(2026, 10, 20), date(2027, 11, 5))
    assert shown == Counter(("Beratungstermin", start, end) for _, start, end, _ in wanted)
    cancel_appointment(Appointment.objects.order_by("starts_at").first(), now=now)
    push(server, now)
    program.sync()
    assert program.events() == [event[:3] for event in events_wanted(own)]
