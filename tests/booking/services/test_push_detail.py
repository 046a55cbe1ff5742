"""What an advisor's own calendar is told: as with feeds, by her choice, and with it what was entered before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from booking.enums import Reminder
from booking.ical.stored import read_stored
from booking.models import AdvisorFeed, Appointment, PushCalendar, PushEntry
from booking.services.connect_push import choose_content, connect_push, disconnect_push
from booking.services.note_push import note_push
from booking.services.push import push_due
from booking.services.retention import anonymise
from tests.booking.calendar_servers import answer, client_during, client_saying
from tests.booking.conftest import NOW
from tests.booking.services.test_push_faults import CREATED, FOUND, NOT_THERE
from tests.factories.booking import AppointmentFactory, PushCalendarFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CHANGED = answer(status=204, etag='"2"')
ACCOUNT = {"url": "https://calendar.example/", "user": "lena", "password": "x"}
OBJECT = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Belegt\r\nSEQUENCE:%d\r\nEND:VEVENT\r\nEND:VCALENDAR"
BUSY, TITLE, FULL = AdvisorFeed.Detail.BUSY, AdvisorFeed.Detail.TITLE, AdvisorFeed.Detail.FULL


@pytest.fixture
def own():
    return PushCalendarFactory(compared_at=NOW + 30 * 24 * HOUR)


@pytest.fixture
def appointment(own):
    made = AppointmentFactory(
        advisor=own.advisor, organization="Metall GmbH", name="Kim", email="kim@metall.example", sequence=4
    )
    note_push(made, now=NOW)
    return made


def push(*script, now=NOW):
    client = client_saying(*script)
    push_due(now=now, client=client)
    assert next(client.script, None) is None  # all was asked for
    return client


def written(client):
    """The event in the last request, and the condition under which it is to be taken."""
    asked = client.asked[-1]
    assert asked["method"] == "PUT"
    event = read_stored(asked["body"].decode())
    return event.said | {"SEQUENCE": event.sequence}, asked["headers"].get("If-Match")


def test_the_calendar_says_as_much_as_was_chosen(own, appointment):
    said, condition = written(push(NOT_THERE, CREATED))
    assert (said["SUMMARY"], said["SEQUENCE"], condition) == ("Beratungstermin", "4", None)
    assert "Metall" not in str(said)

    assert choose_content(own, detail=FULL, reminder=0, now=NOW + HOUR)
    said, condition = written(push(CHANGED, now=NOW + HOUR))
    assert (said["SUMMARY"], said["SEQUENCE"], condition) == (
        f"{appointment.service.name}: Metall GmbH",
        "5",
        '"1"',
    )
    assert said["DESCRIPTION"].startswith("Metall GmbH\nKim\nkim@metall.example\n")
    assert own.entries.get().etag == '"2"'

    assert choose_content(own, detail=BUSY, reminder=0, now=NOW + 2 * HOUR)
    said, condition = written(push(answer(status=204, etag='"3"'), now=NOW + 2 * HOUR))
    assert (said["SUMMARY"], said["SEQUENCE"], condition) == ("Belegt", "6", '"2"')
    assert not {"DESCRIPTION", "LOCATION", "URL"} & said.keys()
    assert own.entries.get().state == PushEntry.State.DONE


def test_the_stamps_rise_with_the_choice(own, appointment):
    push(NOT_THERE, CREATED)
    choose_content(own, detail=BUSY, reminder=0, now=NOW + HOUR)
    text = push(CHANGED, now=NOW + HOUR).asked[-1]["body"].decode()
    assert "DTSTAMP:20261123T080000Z" in text
    assert "LAST-MODIFIED:20261123T080000Z" in text


def test_a_move_after_the_choice_rises_further(own, appointment):
    choose_content(own, detail=BUSY, reminder=0, now=NOW)
    push(NOT_THERE, CREATED)
    Appointment.objects.update(sequence=5)
    note_push(appointment, now=NOW)
    assert written(push(CHANGED))[0]["SEQUENCE"] == "6"
    appointment.refresh_from_db()
    assert appointment.sequence == 5  # what the firm's invitation counts is not touched


def test_the_same_choice_again_writes_nothing(own, appointment):
    push(NOT_THERE, CREATED)
    assert not choose_content(own, detail=TITLE, reminder=0, now=NOW)
    push()
    own.refresh_from_db()
    assert (own.advisor.calendar_channel.sequence_base, own.detail_changed_at) == (0, None)


def test_connecting_again_counts_on_where_the_last_calendar_ended(own, appointment):
    """SEQUENCE of what had been left there fell, as if what was written were older (RFC 5545, 3.8.7.4)."""
    choose_content(own, detail=BUSY, reminder=0, now=NOW)
    push(NOT_THERE, CREATED)
    stored = answer(OBJECT % 5, etag='"1"')
    disconnect_push(own, remove=False, now=NOW)
    own = connect_push(advisor=own.advisor, **ACCOUNT, now=NOW, client=client_saying(FOUND))
    PushCalendar.objects.update(compared_at=NOW + 30 * 24 * HOUR)
    assert written(push(stored, CHANGED))[0]["SEQUENCE"] == "5"
    choose_content(own, detail=FULL, reminder=0, now=NOW)
    assert written(push(CHANGED))[0]["SEQUENCE"] == "6"


def test_a_choice_made_while_it_is_written_is_not_taken_for_done(own, appointment):
    client = client_during("PUT", lambda: choose_content(own, detail=BUSY, reminder=0, now=NOW), NOT_THERE, CREATED)
    push_due(now=NOW, client=client)
    assert own.entries.get().state == PushEntry.State.WAITING
    assert written(push(CHANGED))[0]["SUMMARY"] == "Belegt"


@pytest.mark.parametrize(("detail", "is_rewritten"), [(BUSY, False), (TITLE, False), (FULL, True)])
def test_a_firm_that_is_forgotten_is_forgotten_there_too(own, appointment, detail, is_rewritten):
    PushCalendar.objects.update(detail=detail)
    push(NOT_THERE, CREATED)
    anonymise(Appointment.objects.all(), now=NOW)
    client = push(*([CHANGED] if is_rewritten else []))
    if is_rewritten:
        said, _ = written(client)
        assert said["SUMMARY"] == appointment.service.name
        assert "etall" not in str(said)
        assert said["DESCRIPTION"] == said["URL"]


def test_connecting_takes_the_choice_along():
    chosen = {"detail": BUSY, "reminder": Reminder.HOUR}
    own = connect_push(advisor=AdvisorFactory(), **ACCOUNT, **chosen, now=NOW, client=client_saying(FOUND))
    own.refresh_from_db()
    assert (own.detail, own.reminder) == (BUSY, 60)


# --- DAV-3: a reminder, if she wants one ------------------------------------------------------------------------

ALARM = (
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Beratungstermin\r\nTRIGGER:-PT30M\r\nEND:VALARM\r\nEND:VEVENT\r\n"
)


def text_in(client):
    return client.asked[-1]["body"].decode()


def test_nothing_reminds_unless_she_chooses_so_and_no_longer_than_that(own, appointment):
    assert "VALARM" not in text_in(push(NOT_THERE, CREATED))
    assert choose_content(own, detail=TITLE, reminder=Reminder.HALF_HOUR, now=NOW)
    client = push(CHANGED)
    assert (text_in(client).count(ALARM), written(client)[0]["SEQUENCE"]) == (1, "5")
    assert not choose_content(own, detail=TITLE, reminder=Reminder.HALF_HOUR, now=NOW)
    push()
    assert choose_content(own, detail=TITLE, reminder=Reminder.NONE, now=NOW)
    client = push(CHANGED)
    assert ("VALARM" in text_in(client), written(client)[0]["SEQUENCE"]) == (False, "6")


def test_what_is_over_is_not_written_anew_for_a_reminder_and_never_reminds(own, appointment):
    """Programs show all reminders that they missed, one after the other."""
    push(NOT_THERE, CREATED)
    late = appointment.ends_at
    assert choose_content(own, detail=TITLE, reminder=Reminder.DAY, now=late)
    push(now=late)
    assert choose_content(own, detail=BUSY, reminder=Reminder.DAY, now=late)
    text = text_in(push(CHANGED, now=late))
    assert ("SUMMARY:Belegt" in text, "VALARM" in text) == (True, False)


def test_what_was_left_there_without_the_reminder_gets_it(own, appointment):
    text = text_in(push(NOT_THERE, CREATED))
    left = answer(text.encode(), etag='"1"')
    disconnect_push(own, remove=False, now=NOW)
    own = connect_push(
        advisor=own.advisor, **ACCOUNT, reminder=Reminder.HALF_HOUR, now=NOW, client=client_saying(FOUND)
    )
    PushCalendar.objects.update(compared_at=NOW + 30 * 24 * HOUR)
    assert text_in(push(left, CHANGED)).count(ALARM) == 1


def test_a_calendar_that_the_release_before_connects_reminds_of_nothing(own):
    """Web processes of it run on while the database is new already: connecting ended in an error of the server."""
    table = PushCalendar._meta.db_table
    columns = ", ".join(field.column for field in PushCalendar._meta.concrete_fields if field.name != "reminder")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        row = cursor.fetchone()
        own.delete()
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(row))})", row)
    assert PushCalendar.objects.get().reminder == Reminder.NONE
