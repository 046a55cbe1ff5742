"""Appointments in an advisor's own calendar: on real servers on this machine, which may be killed at any moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from icalendar import Calendar

from booking.enums import Reminder
from booking.models import PushCalendar, PushEntry
from booking.services.cancel import cancel_appointment
from booking.services.connect_push import choose_content, compare_now, connect_push, disconnect_push, repair
from booking.services.note_push import note_push
from booking.services.push import LEASE, push_due
from tests.booking.entered import client_for, connected, events_at, events_wanted, path_of
from tests.calendar_peers import PEERS
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(scope="module", params=PEERS)
def server(request, tmp_path_factory):
    with PEERS[request.param](tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture
def own(server):
    return connected(server, now=NOW)


def push(server, now=NOW):
    return push_due(now=now, client=allowed(server))


def allowed(server):
    return client_for(("127.0.0.1", server.port))


def move(appointment, start, now=NOW):
    """As `move_to` leaves it, without asking the rules."""
    span = appointment.ends_at - appointment.starts_at
    appointment.starts_at, appointment.ends_at = start, start + span
    appointment.block_start, appointment.block_end = start, start + span
    appointment.sequence += 1
    appointment.changed_at = now
    appointment.save()
    note_push(appointment, now=now)


def entry_of(calendar):
    return calendar.entries.get()


def test_an_appointment_is_entered_moved_and_taken_out(server, own):
    appointment = AppointmentFactory(advisor=own.advisor, organization="Geheim GmbH", email="geheim@firma.example")
    note_push(appointment, now=NOW)
    push(server)
    assert events_at(server, own) == events_wanted(own)
    assert len(events_wanted(own)) == 1
    text = next(iter(server.objects(path_of(own)).values()))
    assert "DTSTART:20261201T080000Z" in text
    assert "CLASS:PRIVATE" in text
    assert f"URL:http://127.0.0.1:8000/termin/vorgang/{appointment.reference}/" in text
    for unwanted in ("METHOD", "ATTENDEE", "ORGANIZER", "VTIMEZONE", "Geheim", "geheim"):
        assert unwanted not in text
    move(appointment, datetime(2026, 12, 3, 10, tzinfo=UTC))
    push(server)
    assert events_at(server, own) == events_wanted(own)
    cancel_appointment(appointment, now=NOW)
    push(server)
    assert events_at(server, own) == []
    assert entry_of(own).state == PushEntry.State.REMOVED
    assert [line.text for line in own.lines.all()] == [
        "Entfernt: Donnerstag, 3. Dezember, 11:00 Uhr.",
        "Eingetragen: Donnerstag, 3. Dezember, 11:00 Uhr.",
        "Eingetragen: Dienstag, 1. Dezember, 9:00 Uhr.",
    ]


def test_what_was_booked_before_is_entered_on_connecting(server):
    advisor = AdvisorFactory()
    AppointmentFactory(advisor=advisor)
    AppointmentFactory(advisor=advisor, starts_at=NOW - 48 * HOUR)
    own = connected(server, now=NOW, advisor=advisor)
    push(server)
    assert [start for _, start, _, _ in events_at(server, own)] == [datetime(2026, 12, 1, 8, tzinfo=UTC)]


def test_what_was_booked_in_the_moment_of_connecting_is_found(server, own):
    AppointmentFactory(advisor=own.advisor)
    push(server)
    assert events_at(server, own) == events_wanted(own) != []


class Killed(BaseException):
    """The process is gone: nothing of ours catches it."""


def dies_after(server, method, monkeypatch):
    """Once, when the server has done what was asked."""
    client = allowed(server)
    fetch = type(client).fetch

    def dying(self, address, **options):
        answer = fetch(self, address, **options)
        if options.get("method") == method:
            monkeypatch.undo()
            raise Killed
        return answer

    monkeypatch.setattr(type(client), "fetch", dying)


@pytest.mark.parametrize("change", ["create", "move", "cancel"])
def test_killed_between_the_answer_and_the_note_doubles_nothing(server, own, monkeypatch, change):
    appointment = AppointmentFactory(advisor=own.advisor)
    note_push(appointment, now=NOW)
    if change != "create":
        push(server)
    if change == "move":
        move(appointment, datetime(2026, 12, 4, 8, tzinfo=UTC))
    if change == "cancel":
        cancel_appointment(appointment, now=NOW)
    dies_after(server, "DELETE" if change == "cancel" else "PUT", monkeypatch)
    with pytest.raises(Killed):
        push(server)
    assert push(server, NOW + MINUTE) == 0  # the dead process still holds its lease
    push(server, NOW + LEASE)
    assert events_at(server, own) == events_wanted(own)
    assert entry_of(own).state == (PushEntry.State.REMOVED if change == "cancel" else PushEntry.State.DONE)


def test_a_change_made_while_it_is_written_is_not_taken_for_done(server, own, monkeypatch):
    appointment = AppointmentFactory(advisor=own.advisor)
    note_push(appointment, now=NOW)
    client = allowed(server)
    fetch = type(client).fetch

    def meanwhile(self, address, **options):
        answer = fetch(self, address, **options)
        if options.get("method") == "PUT":
            monkeypatch.undo()
            move(appointment, datetime(2026, 12, 4, 8, tzinfo=UTC))
        return answer

    monkeypatch.setattr(type(client), "fetch", meanwhile)
    push(server)
    assert entry_of(own).state == PushEntry.State.WAITING
    push(server)
    assert events_at(server, own) == events_wanted(own)


def test_server_killed_during_200_changes_loses_and_doubles_nothing(server, own, monkeypatch):
    start = datetime(2026, 12, 1, tzinfo=UTC)
    appointments = [AppointmentFactory(advisor=own.advisor, starts_at=start + 2 * index * HOUR) for index in range(80)]
    for appointment in appointments:
        note_push(appointment, now=NOW)
    requests = count()
    client = allowed(server)
    fetch = type(client).fetch

    def killing(self, address, **options):
        if next(requests) == 60:
            server.kill()
        return fetch(self, address, **options)

    monkeypatch.setattr(type(client), "fetch", killing)
    push(server)
    monkeypatch.undo()
    own.refresh_from_db()
    assert own.last_error == "Der Server hat keine Verbindung angenommen oder sie abgebrochen."
    assert own.next_try_at == NOW + MINUTE
    for appointment in appointments[:80]:
        move(appointment, appointment.starts_at + HOUR)
    for appointment in appointments[:40]:
        cancel_appointment(appointment, now=NOW)
    assert push(server) == 0  # still down, and not asked before its time
    server.start()
    assert push(server, NOW + MINUTE) == 1
    assert events_at(server, own) == events_wanted(own)
    assert len(events_wanted(own)) == 40
    assert own.entries.not_there().count() == 0
    own.refresh_from_db()
    assert (own.last_error, own.failures, own.succeeded_at) == ("", 0, NOW + MINUTE)


def edited(server, calendar, old, new):
    """The advisor's program changes the one event."""
    name, text = next(iter(server.objects(path_of(calendar)).items()))
    assert old in text
    server.put(f"{path_of(calendar)}/{name}", text.replace(old, new))


def test_what_the_advisor_moves_or_deletes_is_a_difference_that_one_click_repairs(server, own):
    appointment = AppointmentFactory(advisor=own.advisor)
    note_push(appointment, now=NOW)
    push(server)
    edited(server, own, "DTSTART:20261201T080000Z", "DTSTART;TZID=Europe/Berlin:20261201T083000")
    assert compare_now(own, now=NOW, client=allowed(server)) == 1
    assert entry_of(own).difference == "Im Kalender steht: Dienstag, 1. Dezember 2026, 8:30 bis 10:00 Uhr."
    push(server)  # the site stays the truth, but writes over nothing unasked
    assert "083000" in next(iter(server.objects(path_of(own)).values()))
    assert repair(own, now=NOW, entry=entry_of(own).pk) == 1
    push(server)
    assert events_at(server, own) == events_wanted(own)
    name = next(iter(server.objects(path_of(own))))
    server.delete(f"{path_of(own)}/{name}")
    push(server, NOW + 2 * HOUR)  # looks by itself every hour
    assert entry_of(own).difference == "Im Kalender gelöscht."
    repair(own, now=NOW + 2 * HOUR)
    push(server, NOW + 2 * HOUR)
    assert events_at(server, own) == events_wanted(own)
    assert entry_of(own).difference == ""


def test_a_reminder_of_her_own_is_no_difference(server, own):
    appointment = AppointmentFactory(advisor=own.advisor)
    note_push(appointment, now=NOW)
    push(server)
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Los\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    edited(server, own, "END:VEVENT", alarm)
    assert compare_now(own, now=NOW, client=allowed(server)) == 0
    move(appointment, datetime(2026, 12, 4, 8, tzinfo=UTC))
    push(server)
    assert events_at(server, own) == events_wanted(own)


def test_dav_3_the_reminder_that_she_chose_stands_there_and_goes_with_the_choice(server, own):
    note_push(AppointmentFactory(advisor=own.advisor), now=NOW)
    reminders = []
    for chosen in (Reminder.NONE, Reminder.QUARTER_HOUR, Reminder.DAY, Reminder.NONE):
        choose_content(own, detail="title", reminder=chosen, now=NOW)
        push(server)
        (text,) = server.objects(path_of(own)).values()
        reminders.append([alarm["TRIGGER"].dt for alarm in Calendar.from_ical(text).walk("VALARM")])
    assert reminders == [[], [-15 * MINUTE], [-24 * HOUR], []]
    assert compare_now(own, now=NOW, client=allowed(server)) == 0


def test_a_move_goes_over_her_own_move_but_not_over_her_guests(server, own):
    appointment = AppointmentFactory(advisor=own.advisor)
    note_push(appointment, now=NOW)
    push(server)
    edited(server, own, "DTSTART:20261201T080000Z", "DTSTART:20261201T083000Z")
    move(appointment, datetime(2026, 12, 4, 8, tzinfo=UTC))
    push(server)
    assert events_at(server, own) == events_wanted(own)
    edited(server, own, "END:VEVENT", "ATTENDEE:mailto:gast@example.org\r\nEND:VEVENT")
    cancel_appointment(appointment, now=NOW)
    push(server)
    entry = entry_of(own)
    assert entry.state == PushEntry.State.CONFLICT
    assert entry.difference.startswith("Der Eintrag wurde im Kalender ergänzt")
    assert len(events_at(server, own)) == 1
    repair(own, now=NOW, entry=entry.pk)
    push(server)
    assert events_at(server, own) == []


def test_disconnecting_takes_out_what_was_entered_if_wished(server, own):
    note_push(AppointmentFactory(advisor=own.advisor), now=NOW)
    push(server)
    path = path_of(own)
    disconnect_push(own, remove=True, now=NOW)
    push(server)
    assert not PushCalendar.objects.exists()
    assert server.objects(path) == {}


def test_disconnecting_and_connecting_again_doubles_nothing(server, own):
    note_push(AppointmentFactory(advisor=own.advisor), now=NOW)
    push(server)
    advisor, door, before = own.advisor, own.door, events_at(server, own)
    disconnect_push(own, remove=False, now=NOW)
    assert not PushCalendar.objects.exists()
    again = connect_push(
        advisor=advisor,
        url=door["collection"],
        user="lena",
        password="geheim",
        now=NOW,
        client=allowed(server),
    )
    push(server)
    assert events_at(server, again) == before
