"""What the readers of „Abgleich“ say about channels and about appointments that have not arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from booking.desk.sync_words import summary
from booking.emails import send_booked, send_cancelled
from booking.enums import Channel, ChannelState, Status
from booking.health.channels import health_of
from booking.health.details import in_detail
from booking.models import Appointment, PushCalendar, PushEntry
from foundation.models import OutgoingMail
from foundation.outbox.retention import forget_delivered
from tests.booking.conftest import NOW
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    BusyCalendarFactory,
    PushCalendarFactory,
    PushEntryFactory,
)
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def advisor():
    return AdvisorFactory(email="")


def health(advisor, *, now=NOW, **options):
    return health_of([advisor], now=now, **options)[0]


def state_of(advisor, channel, *, now=NOW):
    return [each.state for each in health(advisor, now=now).of(channel)]


def text_of(advisor, *, now=NOW):
    return summary([health(advisor, now=now)]).text


def mailed(advisor, *, at=NOW, state=OutgoingMail.State.WAITING, **values):
    """An appointment in a week, and the mail to its firm in that state."""
    ahead = AppointmentFactory(advisor=advisor, starts_at=NOW + values.pop("ahead", 7 * DAY))
    send_booked(ahead, now=at)
    finished = None if state == OutgoingMail.State.WAITING else at
    OutgoingMail.objects.filter(thread=f"firm:{ahead.uid}").update(state=state, finished_at=finished, **values)
    return ahead


def test_without_any_channel_there_are_only_mails_and_all_is_well(advisor):
    assert [(each.channel, each.state) for each in health(advisor).channels] == [(Channel.MAIL, ChannelState.GOOD)]
    assert text_of(advisor) == "Alles angekommen"


# --- Entries into her own calendar ------------------------------------------------------------------------------


@pytest.fixture
def calendar(advisor):
    return PushCalendarFactory(advisor=advisor, connected_at=NOW - 10 * DAY, succeeded_at=NOW)


def test_an_entry_waits_from_the_fifth_minute_on(advisor, calendar):
    PushEntryFactory(calendar=calendar, appointment__changed_at=NOW)
    assert text_of(advisor, now=NOW + 5 * MINUTE - timedelta(seconds=1)) == "Alles angekommen"
    assert text_of(advisor, now=NOW + 5 * MINUTE) == "1 Termin wartet"
    assert state_of(advisor, Channel.PUSH, now=NOW + 5 * MINUTE) == [ChannelState.WAITING]


def test_what_is_entered_removed_over_or_of_a_calendar_being_disconnected_does_not_wait(advisor, calendar):
    for days, state in enumerate((PushEntry.State.DONE, PushEntry.State.REMOVED), start=3):
        PushEntryFactory(calendar=calendar, state=state, appointment__starts_at=NOW + days * DAY)
    PushEntryFactory(calendar=calendar, appointment__starts_at=NOW - HOUR)
    assert text_of(advisor) == "Alles angekommen"
    PushEntryFactory(calendar=calendar, appointment__starts_at=NOW + DAY)
    assert text_of(advisor) == "1 Termin wartet"
    PushCalendar.objects.update(state=PushCalendar.State.REMOVING)
    assert text_of(advisor) == "Alles angekommen"


def test_a_cancelled_appointment_that_still_stands_there_waits(advisor, calendar):
    PushEntryFactory(calendar=calendar, appointment__status=Status.CANCELLED, etag='"1"')
    assert text_of(advisor) == "1 Termin wartet"


def test_an_old_appointment_waits_since_the_calendar_was_connected(advisor, calendar):
    entry = PushEntryFactory(calendar=calendar)
    assert [each.since for each in health(advisor).waiting] == [NOW - 10 * DAY]
    entry.appointment.changed_at = NOW - HOUR
    entry.appointment.save()
    assert [each.since for each in health(advisor).waiting] == [NOW - HOUR]


@pytest.mark.parametrize(
    ("state", "reason"),
    [(PushEntry.State.FAILED, "Der Server nimmt ihn nicht."), (PushEntry.State.CONFLICT, "Ein Gast ist dabei.")],
)
def test_what_is_given_up_waits_at_once_and_has_no_next_try(advisor, calendar, state, reason):
    field = "error" if state == PushEntry.State.FAILED else "difference"
    PushEntryFactory(calendar=calendar, state=state, appointment__changed_at=NOW, **{field: reason})
    (waiting,) = health(advisor).waiting
    assert (waiting.reason, waiting.next_try_at, waiting.is_given_up) == (reason, None, True)


def test_a_calendar_that_fails_waits_and_is_out_after_a_day(advisor, calendar):
    PushCalendar.objects.update(failures=2, last_error="Keine Antwort.", failed_at=NOW, next_try_at=NOW + 2 * MINUTE)
    (push,) = health(advisor).of(Channel.PUSH)
    assert (push.state, push.error, push.next_try_at) == (ChannelState.WAITING, "Keine Antwort.", NOW + 2 * MINUTE)
    assert state_of(advisor, Channel.PUSH, now=NOW + DAY - MINUTE) == [ChannelState.WAITING]
    assert state_of(advisor, Channel.PUSH, now=NOW + DAY) == [ChannelState.OUT]
    assert text_of(advisor, now=NOW + DAY) == "1 Verbindung ist gestört"


def test_refused_access_is_out_at_once_and_has_no_next_try(advisor, calendar):
    PushCalendar.objects.update(state=PushCalendar.State.REFUSED, failures=1, last_error="Verweigert.", failed_at=NOW)
    PushEntryFactory(calendar=calendar, appointment__changed_at=NOW - HOUR)
    (push,) = health(advisor).of(Channel.PUSH)
    assert (push.state, push.next_try_at) == (ChannelState.OUT, None)
    assert [(each.reason, each.is_given_up) for each in push.waiting] == [("Verweigert.", True)]
    assert text_of(advisor) == "1 Termin wartet"


def test_an_entry_that_was_tried_for_a_day_puts_its_calendar_out(advisor, calendar):
    entry = PushEntryFactory(calendar=calendar, appointment__changed_at=NOW - DAY)
    assert state_of(advisor, Channel.PUSH) == [ChannelState.WAITING]
    PushEntry.objects.filter(pk=entry.pk).update(attempts=5)
    assert state_of(advisor, Channel.PUSH) == [ChannelState.OUT]


def test_of_an_appointment_that_was_given_away_the_former_advisor_learns_no_time(advisor, calendar):
    entry = PushEntryFactory(calendar=calendar, appointment__advisor=AdvisorFactory())
    assert entry.appointment.advisor != advisor
    assert [each.is_given_away for each in health(advisor).waiting] == [True]


# --- Busy times -------------------------------------------------------------------------------------------------


def test_a_busy_calendar_is_good_then_waits_then_is_out(advisor):
    row = BusyCalendarFactory(advisor=advisor)
    assert state_of(advisor, Channel.BUSY, now=NOW + HOUR) == [ChannelState.GOOD]
    row.last_error, row.failed_at = "Keine Antwort.", NOW + HOUR
    row.save()
    (busy,) = health(advisor, now=NOW + HOUR).of(Channel.BUSY)
    assert (busy.state, busy.succeeded_at, busy.failed_at) == (ChannelState.WAITING, NOW, NOW + HOUR)
    assert (busy.error, busy.next_try_at) == ("Keine Antwort.", NOW + HOUR)
    assert state_of(advisor, Channel.BUSY, now=NOW + DAY) == [ChannelState.OUT]


# --- Feeds ------------------------------------------------------------------------------------------------------


def test_a_feed_is_unused_read_or_quiet(advisor):
    feed = AdvisorFeedFactory(advisor=advisor)
    assert state_of(advisor, Channel.FEED) == [ChannelState.UNUSED]
    feed.last_fetched_at, feed.last_client = NOW, "Mozilla/5.0 Thunderbird/128.0"
    feed.save()
    (health_of_feed,) = health(advisor).of(Channel.FEED)
    assert (health_of_feed.state, health_of_feed.client) == (ChannelState.GOOD, "Thunderbird")
    assert state_of(advisor, Channel.FEED, now=NOW + 2 * DAY) == [ChannelState.QUIET]
    assert text_of(advisor, now=NOW + 2 * DAY) == "Alles angekommen"
    feed.revoked_at = NOW
    feed.save()
    assert state_of(advisor, Channel.FEED) == []


def test_each_feed_lacks_what_was_changed_since_it_was_read(advisor):
    old, new = (AdvisorFeedFactory(advisor=advisor, last_fetched_at=NOW - age) for age in (DAY, HOUR))
    AdvisorFeedFactory(advisor=advisor)
    ahead = {"advisor": advisor, "starts_at": NOW + DAY}
    booked = AppointmentFactory(**ahead, changed_at=NOW - 2 * HOUR)
    cancelled = AppointmentFactory(**ahead, changed_at=NOW - MINUTE, status=Status.CANCELLED)
    AppointmentFactory(**ahead | {"starts_at": NOW + 2 * DAY}, changed_at=NOW, status=Status.EXPIRED)
    AppointmentFactory(**ahead | {"starts_at": NOW - DAY}, changed_at=NOW - MINUTE)
    unread = {each.key: each.unread for each in in_detail(health(advisor), now=NOW).of(Channel.FEED)}
    assert set(unread.pop(str(old.uid))) == {booked, cancelled}
    assert unread.pop(str(new.uid)) == (cancelled,)
    assert list(unread.values()) == [()]


# --- Mails ------------------------------------------------------------------------------------------------------


def test_a_mail_that_waits_has_its_last_answer_and_its_next_try(advisor):
    ahead = mailed(advisor, at=NOW - HOUR, attempts=3, last_error="Mailserver antwortet nicht")
    (mail,) = health(advisor).of(Channel.MAIL)
    assert (mail.state, mail.error) == (ChannelState.WAITING, "Mailserver antwortet nicht")
    assert [(each.appointment, each.what) for each in mail.waiting] == [(ahead, "E-Mail an den Betrieb")]
    assert state_of(advisor, Channel.MAIL, now=NOW + DAY) == [ChannelState.OUT]


def test_a_refused_mail_is_out_at_once(advisor):
    mailed(advisor, state=OutgoingMail.State.FAILED, attempts=1, last_error="Empfänger abgelehnt: SMTP 550")
    assert state_of(advisor, Channel.MAIL) == [ChannelState.OUT]
    assert text_of(advisor) == "1 Termin wartet"


def test_what_has_left_was_told_later_or_is_of_the_past_does_not_wait(advisor):
    mailed(advisor, at=NOW - HOUR, state=OutgoingMail.State.SENT)
    mailed(advisor, at=NOW - HOUR, ahead=-DAY)
    told = mailed(advisor, at=NOW - HOUR, state=OutgoingMail.State.FAILED, ahead=8 * DAY)
    assert text_of(advisor) == "1 Termin wartet"
    send_cancelled(told, now=NOW)
    OutgoingMail.objects.filter(kind="firm_cancelled").update(state=OutgoingMail.State.SENT)
    assert text_of(advisor) == "Alles angekommen"


@pytest.mark.parametrize(("status", "until"), [(Status.HELD, NOW + HOUR), (Status.EXPIRED, None)])
def test_a_request_whose_mail_was_refused_is_no_appointment_that_waits(advisor, status, until):
    request = mailed(advisor, state=OutgoingMail.State.FAILED, attempts=1)
    Appointment.objects.filter(pk=request.pk).update(status=status, hold_expires_at=until)
    assert text_of(advisor) == "Alles angekommen"


def test_a_refused_mail_does_not_arrive_by_being_forgotten(advisor):
    mailed(advisor, at=NOW - 31 * DAY, state=OutgoingMail.State.FAILED, attempts=1)
    assert forget_delivered(now=NOW) == 1
    assert text_of(advisor) == "1 Termin wartet"
    Appointment.objects.update(anonymised_at=NOW)  # whose firm nobody shall write to any more
    assert text_of(advisor) == "Alles angekommen"


def test_an_appointment_counts_once_however_many_channels_lack_it(advisor, calendar):
    ahead = mailed(advisor, at=NOW - HOUR)
    PushEntryFactory(calendar=calendar, appointment=ahead)
    assert len(health(advisor).waiting) == 2
    assert text_of(advisor) == "1 Termin wartet"
    mailed(advisor, at=NOW - HOUR, ahead=9 * DAY)
    assert text_of(advisor) == "2 Termine warten"


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(django_assert_num_queries, items):
    people = AdvisorFactory.create_batch(items, email="")
    for number, person in enumerate(people):
        PushEntryFactory(calendar__advisor=person)
        BusyCalendarFactory(advisor=person)
        AdvisorFeedFactory(advisor=person)
        mailed(person, at=NOW - HOUR, ahead=number * DAY + 7 * DAY)
    with django_assert_num_queries(6):
        assert len(health_of(people, now=NOW)) == items
