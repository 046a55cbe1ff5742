"""One way into an advisor's calendar (IMIP-4): what leaves the house when it is chosen, and what it forbids."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest
from icalendar import Calendar

from booking.health.channels import health_of
from booking.models import AdvisorFeed, CalendarChannel, Outage, PushCalendar
from booking.services.cancel import cancel_appointment
from booking.services.channels import FeedsThen, NoAddress, OtherWay
from booking.services.choose_channel import CalendarMissing, choose_channel
from booking.services.connect_push import connect_push, disconnect_push
from booking.services.feeds import create_feed
from booking.services.follow_addresses import follow_addresses
from booking.services.move import move_appointment
from booking.services.watch import watch_channels
from foundation.models import OutgoingMail
from tests.booking.calendar_servers import client_saying
from tests.booking.conftest import NOW
from tests.booking.services.test_push_faults import FOUND
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, AvailabilityRuleFactory, PushCalendarFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NINE = NOW + timedelta(days=1, hours=1)
FEED, INVITATION, PUSH = CalendarChannel.Way


@pytest.fixture
def appointment(advisor, service):
    advisor.email = "ada@mehrwert.example"
    advisor.save()
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE, organization="Geheim GmbH")


def choose(advisor, way, **more):
    choose_channel(advisor=advisor, way=way, now=NOW, **more)


def connect(advisor, **more):
    access = {"url": "https://10.0.0.1/", "user": "lena", "password": "geheim"}
    return connect_push(advisor=advisor, now=NOW, client=client_saying(FOUND), **access, **more)


def way_of(advisor):
    return CalendarChannel.objects.of(advisor).way


def invitations(kind=None):
    """What the mails to advisors carry, in the order in which they leave: METHOD, UID, SEQUENCE and start."""
    found = []
    for mail in OutgoingMail.objects.filter(kind__startswith="advisor_").order_by("thread", "position"):
        if kind and mail.kind != kind:
            continue
        parts = [
            part
            for part in message_from_bytes(bytes(mail.message)).walk()
            if part.get_content_type() == "text/calendar"
        ]
        for part in parts:
            calendar = Calendar.from_ical(part.get_payload(decode=True))
            (event,) = calendar.walk("VEVENT")
            assert event["ATTENDEE"] == f"mailto:{mail.recipient}"
            assert part.get_param("method") == calendar["METHOD"]
            found.append((str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], event["DTSTART"].dt))
    return found


def words_of(mail):
    parts = message_from_bytes(bytes(mail.message)).walk()
    texts = [part.get_payload(decode=True).decode() for part in parts if part.get_content_maintype() == "text"]
    assert len(texts) == 3
    return "".join(texts)


def test_without_a_choice_mails_to_the_advisor_carry_no_calendar(appointment, rule):
    move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW)
    assert (way_of(appointment.advisor), OutgoingMail.objects.filter(kind="advisor_moved").count()) == (FEED, 1)
    assert invitations() == []


def test_whoever_chooses_invitations_is_invited_to_all_that_lies_ahead(appointment, advisor, service):
    second = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + 2 * HOUR)
    AppointmentFactory(advisor=advisor, service=service, starts_at=NOW - 3 * HOUR)
    AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + 4 * HOUR, status="cancelled")
    AppointmentFactory(service=service, starts_at=NINE)
    choose(advisor, INVITATION)
    choose(advisor, INVITATION)  # the same again tells nobody
    assert sorted(invitations(), key=lambda each: each[3]) == [
        ("REQUEST", f"{each.uid}@mehrwert.example", 0, each.starts_at) for each in (appointment, second)
    ]
    mail = OutgoingMail.objects.filter(thread=f"advisor:{appointment.uid}:{advisor.pk}").get()
    assert (mail.kind, "Geheim" in words_of(mail)) == ("advisor_invited", False)


def test_a_move_updates_and_a_cancellation_ends_the_invitation(appointment, advisor, rule):
    choose(advisor, INVITATION)
    moved = move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW)
    cancel_appointment(moved, now=NOW)
    uid = f"{appointment.uid}@mehrwert.example"
    assert invitations() == [
        ("REQUEST", uid, 0, NINE),
        ("REQUEST", uid, 1, NINE + HOUR),
        ("CANCEL", uid, 2, NINE + HOUR),
    ]


def test_who_loses_an_appointment_loses_the_event_and_gets_it_back_with_it(appointment, advisor, rule):
    """Both under one UID: each later word has the higher SEQUENCE."""
    choose(advisor, INVITATION)
    colleague = AdvisorFactory(office=advisor.office, email="cora@mehrwert.example")
    AvailabilityRuleFactory(advisor=colleague)
    given = move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW, advisor=colleague)
    assert given.advisor == colleague
    move_appointment(given, starts_at=NINE + HOUR, sequence=1, now=NOW, advisor=advisor)
    uid = f"{appointment.uid}@mehrwert.example"
    assert invitations() == [
        ("REQUEST", uid, 0, NINE),
        ("CANCEL", uid, 1, NINE),
        ("REQUEST", uid, 2, NINE + HOUR),
    ]


def test_leaving_takes_the_invitations_back_and_coming_again_outdoes_that(appointment, advisor):
    for way in (INVITATION, FEED, INVITATION, FEED):
        choose(advisor, way)
    said = [(method, sequence) for method, _, sequence, _ in invitations()]
    assert said == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2), ("CANCEL", 3)]
    mail = OutgoingMail.objects.filter(kind="advisor_uninvited").first()
    assert "Der Termin selbst gilt weiter" in words_of(mail)


def test_links_that_would_double_are_switched_off_and_those_that_say_busy_stay(appointment, advisor):
    doubling = [AdvisorFeedFactory(advisor=advisor, detail=detail) for detail in ("title", "full")]
    busy, foreign = AdvisorFeedFactory(advisor=advisor, detail="busy"), AdvisorFeedFactory()
    choose(advisor, INVITATION)
    for feed in (*doubling, busy, foreign):
        feed.refresh_from_db()
    assert [feed.revoked_at for feed in (*doubling, busy, foreign)] == [NOW, NOW, None, None]
    assert [feed.version for feed in doubling] == [2, 2]


def test_links_may_stay_with_nothing_but_busy(advisor, appointment):
    feed = AdvisorFeedFactory(advisor=advisor, detail="full")
    choose(advisor, INVITATION, feeds=FeedsThen.BUSY)
    feed.refresh_from_db()
    assert (feed.detail, feed.revoked_at, feed.version) == ("busy", None, 1)
    assert (feed.detail_changes, feed.detail_changed_at) == (1, NOW)


@pytest.mark.parametrize("way", [INVITATION, PUSH])
@pytest.mark.parametrize("detail", AdvisorFeed.Detail)
def test_beside_another_way_only_links_that_say_busy_are_made(advisor, way, detail):
    CalendarChannel.objects.create(advisor=advisor, way=way)
    if detail == AdvisorFeed.Detail.BUSY:
        assert create_feed(advisor=advisor, name="Praxis", detail=detail).detail == "busy"
    else:
        with pytest.raises(OtherWay):
            create_feed(advisor=advisor, name="Outlook", detail=detail)
        assert not AdvisorFeed.objects.exists()


def test_connecting_a_calendar_is_choosing_that_way(appointment, advisor):
    feed = AdvisorFeedFactory(advisor=advisor)
    choose(advisor, INVITATION, feeds=FeedsThen.BUSY)
    connect(advisor)
    feed.refresh_from_db()
    assert (way_of(advisor), feed.detail) == (PUSH, "busy")
    assert [(method, sequence) for method, _, sequence, _ in invitations()] == [("REQUEST", 0), ("CANCEL", 1)]
    assert PushCalendar.objects.get().entries.get().appointment == appointment


def test_choosing_another_way_has_what_was_entered_removed(appointment, advisor):
    calendar = connect(advisor)
    choose(advisor, INVITATION)
    calendar.refresh_from_db()
    assert (way_of(advisor), calendar.state) == (INVITATION, PushCalendar.State.REMOVING)
    assert [entry.state for entry in calendar.entries.all()] == ["waiting"]
    assert [method for method, *_ in invitations()] == ["REQUEST"]


@pytest.mark.parametrize("remove", [True, False])
def test_disconnecting_leads_back_to_links(appointment, advisor, remove):
    disconnect_push(connect(advisor), remove=remove, now=NOW)
    assert (way_of(advisor), invitations()) == (FEED, [])


def test_ending_a_removal_leaves_the_way_chosen_since(appointment, advisor):
    calendar = connect(advisor)
    choose(advisor, INVITATION)
    disconnect_push(calendar, remove=False, now=NOW)
    assert (way_of(advisor), PushCalendar.objects.exists()) == (INVITATION, False)


def test_entering_needs_a_calendar(advisor):
    with pytest.raises(CalendarMissing):
        choose(advisor, PUSH)
    PushCalendarFactory(advisor=advisor, state=PushCalendar.State.CHOOSING)
    with pytest.raises(CalendarMissing):
        choose(advisor, PUSH)
    assert way_of(advisor) == FEED


def test_invitations_need_an_address_and_nothing_changes_without(appointment, advisor):
    feed = AdvisorFeedFactory(advisor=advisor)
    calendar = PushCalendarFactory(advisor=advisor)
    advisor.email = ""
    advisor.save()
    with pytest.raises(NoAddress):
        choose(advisor, INVITATION)
    feed.refresh_from_db()
    calendar.refresh_from_db()
    assert (way_of(advisor), feed.revoked_at, calendar.state) == (PUSH, None, PushCalendar.State.ACTIVE)


# --- Another address --------------------------------------------------------------------------------------------

OLD, NEW = "ada@mehrwert.example", "ada.neu@mehrwert.example"


def rename(advisor, address):
    advisor.email = address
    advisor.save()


def told():
    """What left for whom, thread by thread: recipient, METHOD, SEQUENCE."""
    mails = OutgoingMail.objects.filter(kind__startswith="advisor_").order_by("thread", "position")
    return [(mail.recipient, *said) for mail, said in zip(mails, invitations(), strict=True)]


def test_with_a_new_address_the_old_mailbox_gets_a_cancel_and_the_new_one_a_request(appointment, advisor, rule):
    """The old mailbox kept the event for ever, and the new one got nothing before the next change."""
    choose(advisor, INVITATION)
    rename(advisor, NEW)
    assert [follow_addresses(now=NOW), follow_addresses(now=NOW)] == [1, 0]
    move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW)
    uid, base = f"{appointment.uid}@mehrwert.example", f"advisor:{appointment.uid}:{advisor.pk}"
    assert sorted((address, method, sequence) for address, method, _, sequence, _ in told()) == [
        (NEW, "REQUEST", 2),
        (NEW, "REQUEST", 3),
        (OLD, "CANCEL", 1),
        (OLD, "REQUEST", 0),
    ]
    assert {said[1] for said in invitations()} == {uid}
    assert dict(OutgoingMail.objects.filter(kind__startswith="advisor_").values_list("kind", "thread")) == {
        "advisor_invited": base,
        "advisor_moved": base,
        "advisor_left": f"{base}:2",
    }
    assert "an eine andere E-Mail-Adresse" in words_of(OutgoingMail.objects.get(kind="advisor_left"))


def test_changes_go_to_the_old_mailbox_until_the_invitations_have_followed(appointment, advisor, rule):
    choose(advisor, INVITATION)
    rename(advisor, NEW)
    moved = move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW)
    follow_addresses(now=NOW)
    cancel_appointment(moved, now=NOW)
    assert sorted((address, sequence, method) for address, method, _, sequence, _ in told()) == [
        (NEW, 3, "REQUEST"),
        (NEW, 4, "CANCEL"),
        (OLD, 0, "REQUEST"),
        (OLD, 1, "REQUEST"),
        (OLD, 2, "CANCEL"),
    ]


def test_a_dead_old_mailbox_holds_up_nothing_to_the_new_one_and_its_refusal_stays_known(appointment, advisor):
    choose(advisor, INVITATION)
    OutgoingMail.objects.update(state="sent", finished_at=NOW)
    rename(advisor, NEW)
    follow_addresses(now=NOW)
    due = OutgoingMail.objects.due(NOW)
    assert sorted(due.values_list("recipient", flat=True)) == sorted([OLD, NEW])
    OutgoingMail.objects.filter(recipient=OLD, state="waiting").update(state="failed", finished_at=NOW, attempts=1)
    OutgoingMail.objects.filter(recipient=NEW).update(state="sent", finished_at=NOW)
    assert [each.what for each in health_of([advisor], now=NOW)[0].waiting] == ["E-Mail an die Beratung"]


def test_a_refusal_is_told_once_though_the_address_is_corrected(appointment, advisor):
    """The refused mail went on in a thread of another name, so it counted as a new trouble and the old as over."""
    choose(advisor, INVITATION)
    OutgoingMail.objects.update(state="failed", finished_at=NOW, attempts=1, last_error="550 kein solches Postfach")
    assert watch_channels(now=NOW) == 1
    rename(advisor, NEW)
    follow_addresses(now=NOW)
    OutgoingMail.objects.filter(recipient=NEW).update(state="sent", finished_at=NOW + HOUR)
    OutgoingMail.objects.filter(recipient=OLD, state="waiting").update(state="failed", finished_at=NOW + HOUR)
    assert watch_channels(now=NOW + 2 * HOUR) == 0
    assert Outage.objects.values_list("key", "over_at").get() == (f"advisor:{appointment.uid}:{advisor.pk}:2", None)
    assert OutgoingMail.objects.filter(kind="sync_outage").values_list("recipient").distinct().count() == 2


@pytest.mark.parametrize("address", ["ADA@Mehrwert.EXAMPLE", OLD])
def test_the_same_mailbox_in_other_letters_gets_nothing_twice(appointment, advisor, address):
    choose(advisor, INVITATION)
    rename(advisor, address)
    assert follow_addresses(now=NOW) == 0
    assert [method for method, *_ in invitations()] == ["REQUEST"]
    assert not CalendarChannel.objects.invites_elsewhere().exists()


def test_invitations_that_name_no_mailbox_are_not_taken_back_from_where_they_stand(appointment, advisor):
    """A web process of the release before notes none: its advisor got „zurückgenommen“ and an invitation once more."""
    CalendarChannel.objects.create(advisor=advisor, way=INVITATION, chosen_at=NOW)
    assert [follow_addresses(now=NOW), follow_addresses(now=NOW)] == [0, 0]
    assert CalendarChannel.objects.values_list("address", "sequence_base").get() == (OLD, 0)
    assert not OutgoingMail.objects.exists()


def test_invitations_without_any_mailbox_end(appointment, advisor):
    rename(advisor, "")
    CalendarChannel.objects.create(advisor=advisor, way=INVITATION, chosen_at=NOW)
    assert (follow_addresses(now=NOW), way_of(advisor), OutgoingMail.objects.exists()) == (1, FEED, False)


def test_without_an_address_the_invitations_are_taken_back_and_links_hold_again(appointment, advisor):
    choose(advisor, INVITATION)
    rename(advisor, "")
    assert [follow_addresses(now=NOW), follow_addresses(now=NOW)] == [1, 0]
    assert way_of(advisor) == FEED
    assert [(address, method) for address, method, *_ in told()] == [(OLD, "REQUEST"), (OLD, "CANCEL")]


@pytest.mark.parametrize("way", [FEED, PUSH])
def test_by_another_way_a_new_address_tells_nobody(appointment, advisor, way):
    CalendarChannel.objects.create(advisor=advisor, way=way)
    rename(advisor, NEW)
    assert (follow_addresses(now=NOW), OutgoingMail.objects.exists()) == (0, False)


# --- One mailbox of two -----------------------------------------------------------------------------------------


def test_an_event_that_goes_to_a_colleague_with_the_same_mailbox_stays_there(appointment, advisor, rule):
    """The CANCEL to the one, with the same UID, took it from both."""
    for way in (INVITATION, FEED, INVITATION):  # SEQUENCE has risen by two
        choose(advisor, way)
    colleague = AdvisorFactory(office=advisor.office, email=OLD.upper())
    AvailabilityRuleFactory(advisor=colleague)
    choose(colleague, INVITATION)
    move_appointment(appointment, starts_at=NINE, sequence=0, now=NOW, advisor=colleague)
    assert [(method, sequence) for method, _, sequence, _ in invitations("advisor_booked")] == [("REQUEST", 3)]
    assert invitations("advisor_given_away") == []
    assert OutgoingMail.objects.filter(kind="advisor_given_away").count() == 1


def test_an_event_of_a_shared_mailbox_outdates_no_answer_to_another(appointment, advisor, service, rule):
    """It raised the base of its new owner, so that answers to all her invitations were „einer früheren Fassung“."""
    colleague = AdvisorFactory(office=advisor.office, email=OLD)
    AvailabilityRuleFactory(advisor=colleague)
    other = AppointmentFactory(advisor=colleague, service=service, starts_at=NINE + 2 * HOUR)
    for way in (INVITATION, FEED, INVITATION):
        choose(advisor, way)
    choose(colleague, INVITATION)
    given = move_appointment(appointment, starts_at=NINE, sequence=0, now=NOW, advisor=colleague)
    channel = CalendarChannel.objects.of(colleague)
    assert (channel.sequence_base, channel.sequence_of(other), channel.sequence_of(given)) == (0, 0, 3)
    back = move_appointment(given, starts_at=NINE, sequence=1, now=NOW, advisor=advisor)
    assert (back.sequence_ahead, CalendarChannel.objects.of(advisor).sequence_of(back)) == (2, 6)
