"""Who is told of what does not work, when, how often, and that it is over."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from booking.emails import send_booked, send_moved, send_reminder
from booking.health.channels import health_of
from booking.health.troubles import Patience, troubles
from booking.models import AdvisorFeed, Appointment, BookingSettings, BusyCalendar, Outage, PushCalendar, PushEntry
from booking.services import watch
from booking.services.connect_push import disconnect_push
from booking.services.watch import watch_channels
from foundation.models import OutgoingMail
from foundation.outbox.delivery import MAX_ATTEMPTS, PAUSES, TRIED_FOR
from foundation.outbox.queue import try_again
from tests.booking.conftest import NOW
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    BusyCalendarFactory,
    PushCalendarFactory,
    PushEntryFactory,
)
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OWN, OFFICE = "ada@mehrwert.example", "hameln@mehrwert.example"


@pytest.fixture
def advisor():
    office = OfficeFactory(slug="hameln", name="MehrWert-Büro Hameln", email=OFFICE)
    return AdvisorFactory(name="Ada Beispiel", email=OWN, office=office)


@pytest.fixture
def busy(advisor):
    return BusyCalendarFactory(advisor=advisor, name="Mein Outlook", last_error="Keine Antwort.", failures=5)


def told():
    """Kinds and recipients of the mails about outages, in any order."""
    mails = OutgoingMail.objects.filter(kind__startswith="sync_")
    return sorted(mails.values_list("kind", "recipient"))


def both(kind):
    return [(kind, OWN), (kind, OFFICE)]


def letter(kind, recipient):
    mail = OutgoingMail.objects.get(kind=kind, recipient=recipient)
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    return message["Subject"], message.get_body(("plain",)).get_content()


def read_again(calendar, *, now):
    BusyCalendar.objects.filter(pk=calendar.pk).update(read_at=now, last_error="", failures=0)


def test_advisor_and_office_hear_of_it_once_and_once_that_it_is_over(busy):
    assert watch_channels(now=NOW + DAY - MINUTE) == 0
    assert [watch_channels(now=NOW + DAY + minutes * MINUTE) for minutes in (0, 5, 600)] == [1, 0, 0]
    assert told() == both("sync_outage")
    read_again(busy, now=NOW + 2 * DAY)
    assert [watch_channels(now=NOW + 2 * DAY + minutes * MINUTE) for minutes in (0, 5)] == [1, 0]
    assert told() == [*both("sync_outage"), *both("sync_restored")]
    outage = Outage.objects.get()
    assert (outage.began_at, outage.told_at, outage.over_at) == (NOW, NOW + DAY, NOW + 2 * DAY)
    BusyCalendar.objects.update(last_error="Keine Antwort.")
    watch_channels(now=NOW + 3 * DAY)
    assert Outage.objects.count() == 2  # and again, when it fails again
    assert len(told()) == 6


def test_the_advisor_reads_the_name_and_the_office_reads_whose(advisor, busy):
    watch_channels(now=NOW + DAY)
    subject, text = letter("sync_outage", OWN)
    assert subject == "Nicht alles kommt an: Bitte sehen Sie nach"
    for words in (
        "Guten Tag Ada Beispiel,",
        "Belegte Zeiten lassen sich nicht lesen",
        "Name: Mein Outlook",
        "Hat zuletzt geklappt: Montag, 23. November, 8:00 Uhr",
        "Was wir hören: Keine Antwort.",
        "Die letzte Kopie gilt bis: Donnerstag, 26. November, 8:00 Uhr",
        reverse("abgleich:advisor", args=[advisor.pk]),
    ):
        assert words in text, words
    assert "calendar.example" not in text
    subject, text = letter("sync_outage", OFFICE)
    assert "Ada" not in subject
    assert "Beratung: Ada Beispiel" in text
    assert "Mein Outlook" not in text
    assert f"{reverse('abgleich:index')}?buero=hameln" in text


def test_the_time_is_a_setting(busy):
    BookingSettings.objects.create(hours_until_alert=2)
    assert watch_channels(now=NOW + 2 * HOUR - MINUTE) == 0
    assert watch_channels(now=NOW + 2 * HOUR) == 1


def test_more_patience_does_not_end_an_outage(busy):
    watch_channels(now=NOW + DAY)
    BookingSettings.objects.create(hours_until_alert=72)
    assert watch_channels(now=NOW + DAY + HOUR) == 0
    assert told() == both("sync_outage")


def test_a_copy_that_is_old_because_no_worker_ran_is_not_its_server_s_fault(busy):
    BusyCalendar.objects.update(last_error="", failures=0)
    assert watch_channels(now=NOW + 3 * DAY) == 0


def test_all_that_is_new_stands_in_one_mail_to_each_address(advisor, busy):
    colleague = AdvisorFactory(name="Ben Beispiel", email="", office=advisor.office)
    BusyCalendarFactory(advisor=colleague, last_error="Keine Antwort.")
    BusyCalendarFactory(advisor=advisor, name="Privat", last_error="Keine Antwort.")
    assert watch_channels(now=NOW + DAY) == 3
    assert told() == both("sync_outage")
    assert letter("sync_outage", OFFICE)[1].count("Belegte Zeiten lassen sich nicht lesen") == 3
    assert letter("sync_outage", OWN)[1].count("Belegte Zeiten lassen sich nicht lesen") == 2


def test_one_address_gets_one_mail_and_none_gets_none(advisor, busy):
    advisor.office.email = OWN
    advisor.office.save()
    watch_channels(now=NOW + DAY)
    assert told() == [("sync_outage", OWN)]
    OutgoingMail.objects.all().delete()
    Outage.objects.all().delete()
    advisor.office.email = advisor.email = ""
    advisor.office.save()
    advisor.save()
    assert watch_channels(now=NOW + DAY) == 1
    assert told() == []


def test_two_advisors_with_one_address_get_a_letter_each(advisor, busy):
    """The second one's trouble stood in a letter to the first, without a name and with a link to the wrong page."""
    colleague = AdvisorFactory(name="Ben Beispiel", email=OWN, office=advisor.office)
    BusyCalendarFactory(advisor=colleague, name="Privat", last_error="Keine Antwort.")
    assert watch_channels(now=NOW + DAY) == 2
    assert told() == [("sync_outage", OWN), ("sync_outage", OWN), ("sync_outage", OFFICE)]
    mails = OutgoingMail.objects.filter(recipient=OWN)
    texts = [
        message_from_bytes(bytes(mail.message), policy=policy.default).get_body(("plain",)).get_content()
        for mail in mails
    ]
    said = sorted(
        (text.splitlines()[0], "Mein Outlook" in text, "Privat" in text, f"/{person.pk}/" in text)
        for text in texts
        for person in (advisor, colleague)
        if person.name in text
    )
    assert said == [
        ("Guten Tag Ada Beispiel,", True, False, True),
        ("Guten Tag Ben Beispiel,", False, True, True),
    ]


@pytest.mark.parametrize("end", ["disconnected", "left"])
def test_nobody_hears_about_what_was_switched_off(advisor, busy, end):
    watch_channels(now=NOW + DAY)
    if end == "disconnected":
        busy.delete()
    else:
        advisor.is_active = False
        advisor.save()
    assert watch_channels(now=NOW + DAY + MINUTE) == 0
    assert told() == both("sync_outage")
    assert not Outage.objects.open().exists()


# --- Entries ----------------------------------------------------------------------------------------------------


@pytest.fixture
def push(advisor):
    return PushCalendarFactory(advisor=advisor, connected_at=NOW - 10 * DAY, succeeded_at=NOW)


def set_push(**values):
    PushCalendar.objects.update(**values)


def test_refused_access_is_told_at_once_and_over_with_the_first_entry(advisor, push):
    refused = {"state": PushCalendar.State.REFUSED, "failures": 1, "last_error": "Verweigert.", "failed_at": NOW}
    set_push(**refused, succeeded_at=NOW - HOUR)
    PushEntryFactory(calendar=push)  # told of with the calendar, not by itself
    assert watch_channels(now=NOW) == 1
    text = letter("sync_outage", OWN)[1]
    assert "Mit einem neuen App-Passwort tragen wir alles nach." in text
    assert "Hat zuletzt geklappt: Montag, 23. November, 7:00 Uhr" in text  # not when it was refused
    set_push(state=PushCalendar.State.ACTIVE, failures=0, last_error="")
    assert watch_channels(now=NOW + HOUR) == 0
    set_push(succeeded_at=NOW + HOUR)
    PushEntry.objects.update(state=PushEntry.State.DONE)
    assert watch_channels(now=NOW + HOUR) == 1
    subject, text = letter("sync_restored", OWN)
    assert subject == "Störung vorbei: Das kommt wieder an"  # perhaps not all that is out
    assert "Termine werden wieder eingetragen." in text


def test_a_calendar_that_cannot_be_written_to_is_told_after_the_time(push):
    set_push(failures=3, last_error="Keine Antwort.", failed_at=NOW)
    assert watch_channels(now=NOW + DAY - MINUTE) == 0
    assert watch_channels(now=NOW + DAY) == 1


def test_an_entry_that_was_given_up_is_told_after_the_time_and_over_when_it_is_written(advisor, push):
    entry = PushEntryFactory(calendar=push, state=PushEntry.State.FAILED, error="Zu groß.", appointment__changed_at=NOW)
    assert watch_channels(now=NOW + DAY - MINUTE) == 0
    assert watch_channels(now=NOW + DAY) == 1
    text = letter("sync_outage", OWN)[1]
    assert f"Vorgangsnummer: {entry.appointment.reference}" in text
    assert "Was wir hören: Zu groß." in text
    assert entry.appointment.organization not in text
    PushEntry.objects.update(state=PushEntry.State.WAITING, attempts=0, error="")
    assert watch_channels(now=NOW + DAY + MINUTE) == 0  # only asked for, not done
    PushEntry.objects.update(state=PushEntry.State.DONE)
    assert watch_channels(now=NOW + DAY + 2 * MINUTE) == 1
    assert told() == [*both("sync_outage"), *both("sync_restored")]


def test_an_entry_that_was_given_up_does_not_arrive_by_disconnecting_its_calendar(push):
    PushEntryFactory(calendar=push, state=PushEntry.State.FAILED, appointment__changed_at=NOW)
    watch_channels(now=NOW + DAY)
    disconnect_push(push, remove=True, now=NOW + DAY)
    assert watch_channels(now=NOW + DAY + MINUTE) == 0
    assert told() == both("sync_outage")
    assert not Outage.objects.open().exists()


# --- Mails ------------------------------------------------------------------------------------------------------


def mailed(advisor, **values):
    ahead = AppointmentFactory(advisor=advisor, starts_at=NOW + 7 * DAY)
    send_booked(ahead, now=NOW)
    OutgoingMail.objects.exclude(thread=f"firm:{ahead.uid}").delete()
    OutgoingMail.objects.update(**values)
    return ahead


def test_a_refused_mail_is_told_at_once_once_for_each_and_over_when_it_was_taken(advisor):
    ahead = mailed(advisor, state="failed", finished_at=NOW, attempts=1, last_error="Empfänger abgelehnt: SMTP 550")
    assert [watch_channels(now=NOW), watch_channels(now=NOW + DAY)] == [1, 0]
    assert f"Vorgangsnummer: {ahead.reference}" in letter("sync_outage", OFFICE)[1]
    mail = OutgoingMail.objects.get(kind="firm_booked")
    assert ahead.email not in letter("sync_outage", OFFICE)[1]
    assert try_again(mail, now=NOW + DAY)
    assert watch_channels(now=NOW + DAY) == 0
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", finished_at=NOW + DAY)
    assert watch_channels(now=NOW + DAY) == 1
    assert f"Die E-Mail zum Termin {ahead.reference} wurde jetzt angenommen." in letter("sync_restored", OWN)[1]


def test_a_refused_mail_about_the_past_is_over_without_a_word(advisor):
    mailed(advisor, state="failed", finished_at=NOW, attempts=1)
    assert [watch_channels(now=NOW), watch_channels(now=NOW + 8 * DAY)] == [1, 0]
    assert told() == both("sync_outage")
    assert not Outage.objects.open().exists()


def test_a_mail_server_that_is_down_is_one_outage_however_many_mails_wait(advisor):
    for days in (1, 2):
        ahead = AppointmentFactory(advisor=advisor, starts_at=NOW + 7 * days * DAY)
        send_booked(ahead, now=NOW)
    OutgoingMail.objects.update(attempts=12, last_error="Mailserver antwortet nicht")
    assert [watch_channels(now=NOW + DAY), watch_channels(now=NOW + DAY + HOUR)] == [1, 0]
    assert "E-Mails zu Terminen kommen nicht an" in letter("sync_outage", OWN)[1]
    OutgoingMail.objects.update(state="sent")
    assert watch_channels(now=NOW + 2 * DAY) == 1
    assert "E-Mails zu künftigen Terminen bleiben nicht mehr liegen." in letter("sync_restored", OWN)[1]


def test_the_mail_to_the_firm_is_told_also_where_that_to_the_advisor_was_refused_before(advisor):
    ahead = AppointmentFactory(advisor=advisor, starts_at=NOW + 7 * DAY)
    send_booked(ahead, now=NOW)
    OutgoingMail.objects.filter(kind="advisor_booked").update(state="failed", finished_at=NOW, attempts=1)
    OutgoingMail.objects.filter(kind="firm_booked").update(state="sent", finished_at=NOW)
    assert watch_channels(now=NOW) == 1
    assert "Es fehlt: E-Mail an die Beratung" in letter("sync_outage", OFFICE)[1]
    OutgoingMail.objects.filter(kind="sync_outage").delete()
    send_reminder(ahead, now=NOW + DAY)
    OutgoingMail.objects.filter(kind="firm_reminder").update(state="failed", finished_at=NOW + DAY, attempts=1)
    assert watch_channels(now=NOW + DAY) == 1
    assert "Es fehlt: E-Mail an den Betrieb" in letter("sync_outage", OFFICE)[1]


def test_a_refused_mail_was_not_accepted_because_a_colleague_has_the_appointment_by_now(advisor):
    ahead = mailed(advisor, state="failed", finished_at=NOW, attempts=1)
    watch_channels(now=NOW)
    colleague = AdvisorFactory(email="ben@mehrwert.example", office=advisor.office)
    Appointment.objects.filter(pk=ahead.pk).update(advisor=colleague)
    assert watch_channels(now=NOW + HOUR) == 1
    assert told() == sorted([*both("sync_outage"), ("sync_outage", OFFICE), ("sync_outage", colleague.email)])


def test_a_refused_word_to_the_former_advisor_is_told_though_the_new_one_got_hers(advisor):
    """Both stood in one thread: what the new one got hid that the event still stands in the former one's calendar."""
    ahead = AppointmentFactory(advisor=advisor, starts_at=NOW + 7 * DAY)
    colleague = AdvisorFactory(name="Ben Beispiel", email="ben@mehrwert.example", office=advisor.office)
    former, ahead.advisor = copy(ahead), colleague
    ahead.save()
    send_moved(ahead, former=former, now=NOW)
    mails = OutgoingMail.objects
    mails.filter(kind="advisor_given_away").update(state="failed", finished_at=NOW, attempts=1)
    mails.exclude(kind="advisor_given_away").update(state="sent", finished_at=NOW)
    (lacking,) = health_of([colleague, advisor], now=NOW)[1].waiting
    assert (lacking.advisor_id, lacking.is_given_away, lacking.what) == (advisor.pk, True, "E-Mail an die Beratung")
    assert health_of([colleague], now=NOW)[0].waiting == []
    assert watch_channels(now=NOW) == 1
    assert told() == both("sync_outage")


def test_mails_are_tried_until_after_the_latest_alert():
    """They were given up one by one after 14 to 17 hours; the word about the whole channel came after 24."""
    latest = BookingSettings(hours_until_alert=4 * 24)
    latest.clean_fields()
    with pytest.raises(ValidationError):
        BookingSettings(hours_until_alert=4 * 24 + 1).clean_fields()
    shortest = sum((PAUSES[min(number, len(PAUSES)) - 1] for number in range(1, MAX_ATTEMPTS)), timedelta())
    assert timedelta(hours=latest.hours_until_alert) < TRIED_FOR <= shortest < TRIED_FOR + HOUR


def test_a_mail_server_that_was_down_until_all_was_given_up_does_not_work_again(advisor):
    BookingSettings.objects.create(hours_until_alert=2)
    mailed(advisor, attempts=6, last_error="Mailserver antwortet nicht")
    assert watch_channels(now=NOW + 2 * HOUR) == 1
    OutgoingMail.objects.filter(kind="firm_booked").update(state="failed", finished_at=NOW + 5 * DAY, attempts=126)
    assert watch_channels(now=NOW + 5 * DAY) == 1  # the appointment that nothing is tried for any more
    assert {kind for kind, _ in told()} == {"sync_outage"}


# --- Feeds ------------------------------------------------------------------------------------------------------


def test_a_feed_that_nobody_reads_is_told_to_its_owner_alone(advisor):
    feed = AdvisorFeedFactory(advisor=advisor, name="Handy", last_fetched_at=NOW)
    AdvisorFeedFactory(advisor=advisor)  # never read: never missed
    assert [watch_channels(now=NOW + 14 * DAY - MINUTE), watch_channels(now=NOW + 14 * DAY)] == [0, 1]
    assert told() == [("sync_outage", OWN)]
    assert "Name: Handy" in letter("sync_outage", OWN)[1]
    AdvisorFeed.objects.filter(pk=feed.pk).update(last_fetched_at=NOW + 15 * DAY)
    assert watch_channels(now=NOW + 15 * DAY) == 1
    assert told() == [("sync_outage", OWN), ("sync_restored", OWN)]


def test_feeds_are_left_alone_where_the_setting_says_so(advisor):
    BookingSettings.objects.create(days_until_quiet=0)
    AdvisorFeedFactory(advisor=advisor, last_fetched_at=NOW)
    assert watch_channels(now=NOW + 300 * DAY) == 0


# --- Rivals -----------------------------------------------------------------------------------------------------


def test_f17_of_two_workers_that_see_the_same_one_tells(advisor, busy):
    found = health_of([advisor], now=NOW + DAY)
    (trouble,) = troubles(found[0], Patience(failing=DAY, quiet=None), now=NOW + DAY)
    assert [watch._note(trouble, now=NOW + DAY), watch._note(trouble, now=NOW + DAY)] == [True, False]


# --- Cost and clean-up ------------------------------------------------------------------------------------------


def test_outages_are_forgotten_thirty_days_after_their_end(busy):
    watch_channels(now=NOW + DAY)
    read_again(busy, now=NOW + 2 * DAY)
    watch_channels(now=NOW + 2 * DAY)
    read_again(busy, now=NOW + 32 * DAY)
    for minutes, left in ((0, 1), (1, 0)):
        watch_channels(now=NOW + 32 * DAY + minutes * MINUTE)
        assert Outage.objects.count() == left


@pytest.mark.parametrize("items", [1, 3])
def test_a_round_takes_as_many_queries_for_three_as_for_one(django_assert_num_queries, items):
    for _ in range(items):
        BusyCalendarFactory(last_error="Keine Antwort.")
    watch_channels(now=NOW + DAY)
    with django_assert_num_queries(12):
        assert watch_channels(now=NOW + DAY + MINUTE) == 0
