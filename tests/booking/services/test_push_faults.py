"""What servers say against an entry, and what follows: a pause, a mail, a visible error. No network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_q.models import OrmQ

from booking.enums import Status
from booking.models import PushCalendar, PushEntry, PushLine
from booking.remote.answers import Unread
from booking.remote.caldav import Account
from booking.remote.objects import Collection
from booking.remote.pace import Pace
from booking.services.connect_push import (
    AlreadyConnected,
    compare_now,
    connect_push,
    disconnect_push,
    renew_access,
    repair,
)
from booking.services.note_push import PUSH_TASK, note_push
from booking.services.push import LONGEST_WISH, PAUSES, push_due
from booking.services.watch import watch_channels
from foundation.fetching.refusals import TimedOut
from foundation.models import OutgoingMail
from tests.booking.calendar_servers import answer, client_during, client_saying
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, PushCalendarFactory

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PRECONDITION = b'<error xmlns="DAV:"><%s/></error>'
NOT_THERE, CREATED, DELETED = answer(status=404), answer(status=201, etag='"1"'), answer(status=204)
ACCOUNT = b"""<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/lena/beratung/</href>
<propstat><prop><resourcetype><collection/><C:calendar/></resourcetype><displayname>Beratung</displayname></prop>
<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"""
BUSY = "Der Server ist überlastet oder wird gewartet (503)."
FOUND = answer(ACCOUNT, status=207)


@pytest.fixture
def own():
    # Compared just now, so that a round does nothing but write.
    return PushCalendarFactory(compared_at=NOW + 30 * 24 * HOUR)


@pytest.fixture
def appointment(own):
    made = AppointmentFactory(advisor=own.advisor)
    note_push(made, now=NOW)
    return made


def push(*script, now=NOW):
    client = client_saying(*script)
    push_due(now=now, client=client)
    assert next(client.script, None) is None  # all was asked for
    return client


def state(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("said", "told", "pause"),
    [
        (TimedOut(), TimedOut.text, MINUTE),
        (answer(status=500), "Der Server meldet einen Fehler (500).", MINUTE),
        (answer(status=429, retry_after="900"), "Der Server ist überlastet oder wird gewartet (429).", 15 * MINUTE),
        (answer(status=503, retry_after="7200"), BUSY, 2 * HOUR),
        (
            answer(status=503, retry_after="9999999"),
            BUSY,
            LONGEST_WISH,
        ),
    ],
)
def test_a_server_in_trouble_puts_the_whole_calendar_off(own, appointment, said, told, pause):
    AppointmentFactory(advisor=own.advisor, starts_at=appointment.starts_at + HOUR)
    client = push(said)
    assert len(client.asked) == 1  # the second entry is not tried in vain
    assert (state(own).last_error, own.next_try_at, own.failed_at) == (told, NOW + pause, NOW)
    assert {entry.state for entry in own.entries.all()} == {PushEntry.State.WAITING}
    assert not OutgoingMail.objects.exists()
    push(now=NOW + pause - MINUTE)
    push(NOT_THERE, CREATED, NOT_THERE, CREATED, now=NOW + pause)
    assert (state(own).last_error, own.failures) == ("", 0)
    assert own.entries.not_there().count() == 0


def test_pauses_of_a_calendar_grow_from_a_minute_to_six_hours_and_stay_there(own, appointment):
    now, pauses = NOW, []
    for _ in range(len(PAUSES) + 1):
        push(TimedOut(), now=now)
        pauses.append(state(own).next_try_at - now)
        now = own.next_try_at
    assert pauses == [*PAUSES, PAUSES[-1]]
    assert (pauses[0], pauses[-1]) == (MINUTE, 6 * HOUR)


def test_an_entry_that_the_server_will_not_have_is_given_up_visibly_and_holds_nobody_up(own, appointment):
    note_push(AppointmentFactory(advisor=own.advisor, starts_at=appointment.starts_at + HOUR), now=NOW)
    first, second = own.entries.all()
    push(NOT_THERE, answer(status=413), NOT_THERE, CREATED)
    told = "Der Server hält den Eintrag für zu groß (413)."
    assert (state(first).state, first.error, first.next_try_at) == (PushEntry.State.WAITING, told, NOW + MINUTE)
    assert state(second).state == PushEntry.State.DONE
    for _ in PAUSES:
        push(NOT_THERE, answer(status=413), now=state(first).next_try_at)
    assert (state(first).state, first.error) == (PushEntry.State.FAILED, told)
    assert own.entries.not_there().get() == first
    push(now=NOW + 100 * HOUR)
    assert repair(own, now=NOW, entry=first.pk) == 1
    push(NOT_THERE, CREATED)
    assert state(first).state == PushEntry.State.DONE


def test_a_round_gives_way_between_two_entries_and_has_a_next_one(own, appointment):
    """Many hanging calendars held the mails up for forty seconds a round."""
    note_push(AppointmentFactory(advisor=own.advisor, starts_at=appointment.starts_at + HOUR), now=NOW)
    OrmQ.objects.all().delete()
    push_due(now=NOW, client=client_saying(), gives_way=lambda: True)
    assert (state(own).succeeded_at, OrmQ.objects.count()) == (None, 1)
    answers = iter([False, True])
    push_due(now=NOW, client=client_saying(NOT_THERE, CREATED), gives_way=lambda: next(answers))
    assert [entry.state for entry in own.entries.all()] == [PushEntry.State.DONE, PushEntry.State.WAITING]
    assert [task.func() for task in OrmQ.objects.all()] == [PUSH_TASK] * 2
    push(NOT_THERE, CREATED)
    assert own.entries.not_there().count() == 0


@pytest.mark.parametrize(
    "refusal",
    [answer(status=401), answer(status=403), answer(PRECONDITION % b"need-privileges", status=403)],
)
def test_a_refused_password_stops_and_the_advisor_is_told_once(own, appointment, refusal):
    push(refusal)
    assert state(own).state == PushCalendar.State.REFUSED
    watch_channels(now=NOW)
    mail = OutgoingMail.objects.get(recipient=own.advisor.email)
    assert mail.kind == "sync_outage"
    note_push(appointment, now=NOW)  # changes are still noted
    push(now=NOW + 100 * HOUR)
    watch_channels(now=NOW + 100 * HOUR)
    assert OutgoingMail.objects.filter(recipient=own.advisor.email).count() == 1
    renew_access(own, password="neu", now=NOW, client=client_saying(FOUND))
    assert state(own).door["password"] == "neu"
    push(NOT_THERE, CREATED)
    assert own.entries.get().state == PushEntry.State.DONE


def test_a_new_password_that_is_wrong_too_changes_nothing(own, appointment):
    push(answer(status=401))
    with pytest.raises(Unread):
        renew_access(own, password="falsch", now=NOW, client=client_saying(answer(status=401)))
    assert (state(own).state, own.door["password"]) == (PushCalendar.State.REFUSED, "geheim")


@pytest.mark.parametrize("name", [b"valid-sync-token", b'no-uid-conflict xmlns="urn:ietf:params:xml:ns:caldav"'])
def test_a_403_that_names_a_precondition_is_no_password_problem(own, appointment, name):
    push(NOT_THERE, answer(PRECONDITION % name, status=403))
    assert state(own).state == PushCalendar.State.ACTIVE
    assert own.entries.get().error.startswith("Der Server nimmt den Eintrag nicht an (403).")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("refusal", [answer(status=405), answer(status=501)])
def test_a_server_that_cannot_compare_still_takes_entries(own, appointment, refusal):
    PushCalendar.objects.update(compared_at=None)
    push(NOT_THERE, CREATED, refusal)
    assert own.entries.get().state == PushEntry.State.DONE
    assert (state(own).last_error, own.compared_at) == ("", NOW)
    assert own.lines.first().text.startswith("Nicht verglichen: ")
    with pytest.raises(Unread):
        compare_now(own, now=NOW, client=client_saying(refusal))


def test_deleting_what_is_gone_is_success(own, appointment):
    push(NOT_THERE, CREATED)
    appointment.status = Status.CANCELLED
    appointment.save()
    note_push(appointment, now=NOW)
    client = push(NOT_THERE)
    assert [(each["method"], each["headers"]) for each in client.asked] == [("DELETE", {"If-Match": '"1"'})]
    assert own.entries.get().state == PushEntry.State.REMOVED


def test_conditions_are_sent_with_every_change(own, appointment):
    client = push(NOT_THERE, CREATED)
    assert [each["method"] for each in client.asked] == ["GET", "PUT"]
    assert client.asked[1]["headers"]["If-None-Match"] == "*"
    assert {each["address"].url for each in client.asked} == {
        f"https://10.0.0.1/lena/beratung/mehrwert-{appointment.uid.hex}.ics"
    }
    note_push(appointment, now=NOW)
    client = push(answer(status=204, etag='"2"'))
    assert client.asked[0]["headers"]["If-Match"] == '"1"'
    assert own.entries.get().etag == '"2"'


def test_a_server_that_tells_no_etag_is_asked_for_it(own, appointment):
    client = push(NOT_THERE, answer(status=201), answer(b"BEGIN:VCALENDAR", etag='"3"'))
    assert [each["method"] for each in client.asked] == ["GET", "PUT", "GET"]
    assert own.entries.get().etag == '"3"'


def test_an_advisor_has_one_calendar(own):
    with pytest.raises(AlreadyConnected):
        connect_push(
            advisor=own.advisor,
            url="https://calendar.example/",
            user="lena",
            password="x",
            now=NOW,
            client=client_saying(FOUND),
        )


def test_address_and_password_are_sealed(own):
    stored = str(list(PushCalendar.objects.values()))
    assert "geheim" not in stored
    assert "10.0.0.1" not in stored
    assert "geheim" not in repr(Account(**{key: own.door[key] for key in ("url", "user", "password")}))


def test_a_removal_that_does_not_get_on_can_be_ended(own, appointment):
    push(NOT_THERE, CREATED)
    disconnect_push(own, remove=True, now=NOW)
    push(TimedOut())
    assert state(own).state == PushCalendar.State.REMOVING
    disconnect_push(own, remove=False, now=NOW)
    assert not PushCalendar.objects.exists()


def test_a_removal_that_begins_while_entries_are_written_takes_them_all_out(own, appointment):
    """What the round still wrote counted as entered, and „wird getrennt“ stayed for ever."""
    note_push(AppointmentFactory(advisor=own.advisor, starts_at=appointment.starts_at + HOUR), now=NOW)

    def leave():
        if state(own).state == PushCalendar.State.ACTIVE:
            disconnect_push(own, remove=True, now=NOW)

    push_due(now=NOW, client=client_during("PUT", leave, NOT_THERE, CREATED, NOT_THERE))
    push(answer(b"BEGIN:VCALENDAR", etag='"1"'), DELETED)
    assert not PushCalendar.objects.exists()


def test_a_calendar_let_go_while_its_server_hangs_holds_no_other_up(own, appointment):
    """Its log was still written to: the round ended with an error, and the calendars after it had to wait."""
    other = PushCalendarFactory(compared_at=own.compared_at, next_try_at=NOW + MINUTE)
    note_push(AppointmentFactory(advisor=other.advisor), now=NOW)
    let_go = PushCalendar.objects.filter(pk=own.pk).delete
    client = client_during("GET", let_go, TimedOut(), NOT_THERE, CREATED)
    assert push_due(now=NOW + MINUTE, client=client) == 2
    assert [entry.state for entry in other.entries.all()] == [PushEntry.State.DONE]
    assert not PushLine.objects.exclude(calendar=other).exists()


def test_noting_takes_one_query_without_a_calendar(django_assert_num_queries):
    appointment = AppointmentFactory()
    with django_assert_num_queries(1):
        note_push(appointment, now=NOW)


@pytest.mark.parametrize(("host", "pauses"), [("caldav.gmx.net", 1), ("cloud.example.org", 0)])
def test_gmx_is_asked_once_in_two_seconds(host, pauses):
    slept = []
    url = f"https://{host}/lena/beratung/"
    client = client_saying(NOT_THERE, NOT_THERE)
    collection = Collection(Account(url, "lena", "x"), url, client, NOW, pace=Pace(slept.append))
    collection.read("a.ics")
    collection.read("b.ics")
    assert len(slept) == pauses
    assert all(1 < seconds <= 2 for seconds in slept)


def test_a_collection_elsewhere_is_never_asked():
    client = client_saying()
    collection = Collection(Account("https://a.example/", "lena", "x"), "https://b.example/k/", client, NOW)
    with pytest.raises(Unread):
        collection.read("a.ics")
    assert client.asked == []
