"""Copies of advisors' own calendars: kept, replaced, too old to be believed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from booking.domain.errors import SlotNotOffered, SlotTaken
from booking.enums import Kind, Status
from booking.freshness import FREE_TIMES
from booking.ical.busy.reading import BusyReading, read_busy
from booking.models import Appointment, BookingSettings, BusyCalendar, BusyTime
from booking.remote.answers import Unread
from booking.remote.ics import LOCKED, PAGE
from booking.selectors import advisors_at, free_times
from booking.services import connect, hold, read_calendar
from booking.services import refresh as refresh_module
from booking.services.cancel import cancel_appointment
from booking.services.connect import (
    MAX_CALENDARS,
    AlreadyRead,
    TooManyCalendars,
    connect_ics,
    disconnect,
)
from booking.services.hold import Wish, hold_time
from booking.services.move import move_appointment
from booking.services.offer_for_closure import offer_for_closure
from booking.services.pass_on import pass_on_freed_times
from booking.services.read_calendar import FreshCopy
from booking.services.refresh import keep_copy, refresh, refresh_due, refresh_for_booking
from booking.services.wish import wish_earlier
from booking.wording import on_request
from foundation.fetching.refusals import AddressRefused, RedirectRefused, TimedOut, TooLarge, Unreachable, Unreadable
from tests.booking.calendar_servers import answer, calendar, client_saying
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator
from tests.factories.booking import (
    AppointmentFactory,
    AvailabilityRuleFactory,
    BusyCalendarFactory,
    BusyTimeFactory,
    ClosureFactory,
)
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""10 o'clock in Berlin on the day after NOW."""

SECRET = "https://calendar.example/geheim.ics"
DENTIST = calendar("20261124T090000Z/20261124T100000Z")
OTHER = calendar("20261125T090000Z/20261125T100000Z")

NO_BEGIN = "Unter der Adresse steht kein Kalender (die Antwort beginnt nicht mit BEGIN:VCALENDAR)."
NO_END = "Der Kalender ist unvollständig angekommen (das Ende fehlt)."
NO_CALENDAR = "Unter der Adresse gibt es keinen Kalender ({}). Vielleicht wurde die Freigabe beendet."


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Without a process of its own; tests/booking/ical/busy/test_process.py has those."""

    def read(raw, *, seconds, **options):
        return read_busy(raw, **options)

    monkeypatch.setattr(read_calendar, "read_busy_apart", read)


@pytest.fixture
def own_calendar(advisor):
    return BusyCalendarFactory(advisor=advisor)


def times_of(calendar_row):
    return [(time.start, time.end) for time in calendar_row.times.all()]


def state_of(calendar_row):
    calendar_row.refresh_from_db()
    return calendar_row


def starts(service, *, now=NOW, day=TEN, **options):
    slots = free_times(service, now=now, first=day.date(), last=day.date(), kind=Kind.OFFICE, **options)
    return [f"{datetime.fromtimestamp(slot.start * 60, UTC):%H:%M}" for slot in slots]


# --- Connecting -------------------------------------------------------------------------------------------------


def test_connecting_keeps_times_alone_and_seals_the_address(advisor):
    client = client_saying(answer(DENTIST, etag='"1"'))
    row = connect_ics(
        advisor=advisor, name="Outlook", url="https://calendar.example/geheim.ics", now=NOW, client=client
    )
    assert times_of(row) == [(TEN, TEN + HOUR)]
    assert (row.door, row.etag, row.read_at) == ({"url": "https://calendar.example/geheim.ics"}, '"1"', NOW)
    assert row.trusted_until == NOW + 72 * HOUR
    assert row.remarks == {"events": 1, "guessed_zones": [], "refused": 0, "unreadable": 0}
    stored = str(list(BusyCalendar.objects.values())) + str(list(BusyTime.objects.values()))
    assert "calendar.example" not in stored
    assert "Zahnarzt" not in stored


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (TimedOut(), TimedOut.text),
        (answer(b"Hallo"), NO_BEGIN),
        (answer(b"\xef\xbb\xbf\n<!doctype html><p>Bitte anmelden"), PAGE),
        (answer(status=404), NO_CALENDAR.format(404)),
        (answer(status=401), LOCKED.format(401)),
        (answer(status=304), "Der Server antwortet anders als ein Kalender (304)."),
        (answer(status=500), "Der Server meldet einen Fehler (500)."),
    ],
)
def test_a_calendar_that_cannot_be_read_is_not_connected(advisor, said, told):
    with pytest.raises(Unread) as refused:
        connect_ics(advisor=advisor, name="x", url="https://calendar.example/", now=NOW, client=client_saying(said))
    assert str(refused.value) == told
    assert not BusyCalendar.objects.exists()


def test_calendars_are_counted(advisor):
    BusyCalendarFactory.create_batch(MAX_CALENDARS, advisor=advisor)
    with pytest.raises(TooManyCalendars):
        connect_ics(
            advisor=advisor, name="x", url="https://calendar.example/", now=NOW, client=client_saying(answer(DENTIST))
        )
    assert BusyCalendar.objects.count() == MAX_CALENDARS


@pytest.mark.parametrize(
    "again",
    [
        "https://calendar.example/geheim.ics",
        "webcal://calendar.example/geheim.ics",
        "http://CALENDAR.example:80/geheim.ics#x",
    ],
)
def test_one_address_is_not_connected_twice_however_it_is_spelled(advisor, own_calendar, again):
    with pytest.raises(AlreadyRead) as refused:
        connect_ics(advisor=advisor, name="x", url=again, now=NOW, client=client_saying(answer(DENTIST)))
    assert refused.value.name == "Outlook"
    assert BusyCalendar.objects.count() == 1


def test_another_address_or_another_persons_calendar_is_no_second(advisor, own_calendar):
    for person, url in ((advisor, "https://calendar.example/geheim.ics?b"), (AdvisorFactory(), SECRET)):
        connect_ics(advisor=person, name="x", url=url, now=NOW, client=client_saying(answer(DENTIST)))
    assert BusyCalendar.objects.count() == 3


def test_a_connection_that_nobody_can_open_is_no_second(advisor, own_calendar):
    BusyCalendar.objects.update(access="sealed by a lost key")
    connect_ics(advisor=advisor, name="x", url=SECRET, now=NOW, client=client_saying(answer(DENTIST)))


def test_another_choice_of_calendars_locks_the_advisor_first_as_readers_do(advisor, monkeypatch):
    """It took the calendar first: with a reader that kept a copy of it, either waited for the other."""
    door = {"url": SECRET, "user": "kim", "password": "x", "collections": [{"url": SECRET, "name": "A", "used": False}]}
    row = BusyCalendarFactory(advisor=advisor, kind=BusyCalendar.Kind.CALDAV, access=BusyCalendar.sealed(door))
    monkeypatch.setattr(connect, "read_door", lambda kind, door, **options: FreshCopy(None))
    with CaptureQueriesContext(connection) as queries:
        connect.choose_collections(row, used=[SECRET], now=NOW)
    tables = [re.search(r'(?:FROM|UPDATE) "(\w+)"', query["sql"]) for query in queries]
    assert [table[1] for table in tables if table][:2] == ["offices_advisor", "booking_busycalendar"]
    assert state_of(row).door["collections"][0]["used"]


def test_a_disconnected_calendar_takes_its_times_along(own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    disconnect(own_calendar)
    assert (BusyCalendar.objects.count(), BusyTime.objects.count()) == (0, 0)


# --- Keeping ----------------------------------------------------------------------------------------------------


def test_an_unchanged_calendar_is_asked_for_changes_and_stays_as_it_is(own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    BusyCalendar.objects.update(etag='"1"')
    client = client_saying(answer(status=304))
    assert refresh(state_of(own_calendar), now=NOW + 12 * MINUTE, client=client)
    assert client.asked[0]["headers"]["If-None-Match"] == '"1"'
    assert times_of(own_calendar) == [(TEN, TEN + HOUR)]
    assert state_of(own_calendar).read_at == NOW + 12 * MINUTE


def test_on_another_day_the_whole_calendar_is_read_for_the_span_has_moved_on(own_calendar):
    BusyCalendar.objects.update(etag='"1"', last_modified="Mon, 23 Nov 2026 07:00:00 GMT")
    client = client_saying(answer(DENTIST))
    refresh(state_of(own_calendar), now=NOW + 24 * HOUR, client=client)
    assert client.asked[0]["headers"] == {"Accept": "text/calendar, */*;q=0.1"}
    assert state_of(own_calendar).expanded_at == NOW + 24 * HOUR


def test_new_times_replace_the_old_ones(own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    refresh(own_calendar, now=NOW, client=client_saying(answer(OTHER)))
    assert times_of(own_calendar) == [(TEN + 24 * HOUR, TEN + 25 * HOUR)]


def test_what_is_over_since_yesterday_is_forgotten(own_calendar):
    BusyTimeFactory(calendar=own_calendar, start=NOW - 26 * HOUR)
    kept = BusyTimeFactory(calendar=own_calendar)
    refresh(own_calendar, now=NOW, client=client_saying(answer(DENTIST)))
    assert list(BusyTime.objects.all()) == [kept]


FAILURES = {
    "hangs or drips": (TimedOut(), TimedOut.text),
    "endless, a bomb, 5 GB announced": (TooLarge(), TooLarge.text),
    "truncated": (Unreadable(), Unreadable.text),
    "reset": (Unreachable(), Unreachable.text),
    "redirects in a loop": (RedirectRefused(), RedirectRefused.text),
    "leads inside": (AddressRefused(), AddressRefused.text),
    "401": (answer(status=401), LOCKED.format(401)),
    "404": (answer(status=404), NO_CALENDAR.format(404)),
    "410": (answer(status=410), NO_CALENDAR.format(410)),
    "429": (answer(status=429), "Der Server ist überlastet oder wird gewartet (429)."),
    "500": (answer(status=500), "Der Server meldet einen Fehler (500)."),
    "503": (answer(status=503), "Der Server ist überlastet oder wird gewartet (503)."),
    "empty": (answer(b""), NO_BEGIN),
    "login page": (answer(b"<!doctype html><title>Anmelden</title>"), PAGE),
    "cut between two events": (answer(DENTIST.removesuffix(b"END:VCALENDAR\r\n")), NO_END),
}


@pytest.mark.parametrize(("said", "told"), FAILURES.values(), ids=FAILURES)
def test_f32_a_failure_is_never_free(own_calendar, said, told):
    BusyTimeFactory(calendar=own_calendar)
    refresh(own_calendar, now=NOW + HOUR, client=client_saying(said))
    row = state_of(own_calendar)
    assert times_of(row) == [(TEN, TEN + HOUR)]
    assert (row.failures, row.read_at, row.failed_at, row.last_error) == (1, NOW, NOW + HOUR, told)


def test_a_full_calendar_that_comes_back_empty_is_believed_at_the_second_time(own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    refresh(own_calendar, now=NOW + 12 * MINUTE, client=client_saying(answer(calendar(), etag='"2"')))
    assert len(times_of(own_calendar)) == 1
    row = state_of(own_calendar)
    assert (row.is_empty_once, row.etag) == (True, "")
    refresh(row, now=NOW + 24 * MINUTE, client=client_saying(answer(calendar(), etag='"2"')))
    assert times_of(own_calendar) == []
    assert state_of(own_calendar).is_empty_once is False


def test_what_was_empty_by_mistake_is_forgotten(own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    for number, said in enumerate([answer(calendar()), answer(DENTIST), answer(calendar())]):
        refresh(state_of(own_calendar), now=NOW + number * 12 * MINUTE, client=client_saying(said))
    assert times_of(own_calendar) == [(TEN, TEN + HOUR)]


def test_pauses_grow_to_six_hours_and_end_with_success(own_calendar):
    pauses, now = [], NOW
    for _ in range(7):
        refresh(own_calendar, now=now, client=client_saying(TimedOut()))
        after = state_of(own_calendar).next_try_at
        pauses.append((after - now) / HOUR)
        now = after
    assert pauses == sorted(pauses)
    assert 0.17 < pauses[0] <= 0.2
    assert 5.4 <= pauses[-1] <= 6
    refresh(own_calendar, now=now, client=client_saying(answer(DENTIST)))
    row = state_of(own_calendar)
    assert (row.failures, row.last_error, row.next_try_at <= now + 12 * MINUTE) == (0, "", True)


def test_a_server_may_ask_for_a_longer_pause_within_reason(own_calendar):
    refresh(own_calendar, now=NOW, client=client_saying(answer(status=429, retry_after="7200")))
    assert state_of(own_calendar).next_try_at == NOW + 2 * HOUR
    refresh(own_calendar, now=NOW, client=client_saying(answer(status=503, retry_after="999999999")))
    assert state_of(own_calendar).next_try_at == NOW + 24 * HOUR


def test_two_readers_do_not_read_one_calendar(own_calendar):
    BusyCalendar.objects.update(leased_until=NOW + MINUTE)
    client = client_saying()
    assert not refresh(own_calendar, now=NOW, client=client)
    assert client.asked == []


def test_a_reader_that_died_is_followed_by_another(own_calendar):
    BusyCalendar.objects.update(leased_until=NOW)
    assert refresh(own_calendar, now=NOW, client=client_saying(answer(DENTIST)))


def test_a_round_reads_what_is_due_and_goes_on_after_a_fault_of_ours(advisor, own_calendar, monkeypatch, caplog):
    healthy = BusyCalendarFactory(advisor=advisor, next_try_at=NOW + 10 * MINUTE)
    later = BusyCalendarFactory(advisor=advisor, next_try_at=NOW + 20 * MINUTE)
    BusyCalendar.objects.filter(pk=own_calendar.pk).update(next_try_at=NOW)
    client = client_saying(answer(DENTIST), answer(DENTIST))
    real, said = read_calendar.read_busy_apart, iter([ZeroDivisionError("https://calendar.example/geheim")])

    def read(raw, **options):
        for error in said:
            raise error
        return real(raw, **options)

    monkeypatch.setattr(read_calendar, "read_busy_apart", read)
    assert refresh_due(now=NOW + 12 * MINUTE, client=client) == 2
    assert state_of(own_calendar).last_error == "Beim Lesen ist ein unerwarteter Fehler aufgetreten."
    assert (state_of(healthy).failures, len(times_of(healthy))) == (0, 1)
    assert state_of(later).next_try_at == NOW + 20 * MINUTE


def test_a_round_gives_way_between_two_calendars(advisor, own_calendar):
    """Many hanging calendars held the mails up for twenty seconds a round."""
    second = BusyCalendarFactory(advisor=advisor, next_try_at=NOW + 12 * MINUTE)
    now, answers = NOW + 12 * MINUTE, iter([False, True])
    assert refresh_due(now=now, client=client_saying(answer(DENTIST)), gives_way=lambda: next(answers)) == 1
    assert refresh_due(now=now, client=client_saying(), gives_way=lambda: True) == 0
    assert refresh_due(now=now, client=client_saying(answer(DENTIST))) == 1
    assert (state_of(own_calendar).read_at, state_of(second).read_at) == (now, now)


def test_access_that_no_key_opens_is_said_so(own_calendar):
    BusyCalendar.objects.update(access="broken")
    refresh(state_of(own_calendar), now=NOW, client=client_saying())
    told = "Die Zugangsdaten sind nicht mehr lesbar. Bitte verbinden Sie den Kalender neu."
    assert state_of(own_calendar).last_error == told


def test_a_former_key_is_needed_until_the_calendar_was_read_once(own_calendar, settings):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    settings.SECRET_KEY_FALLBACKS = [former]
    refresh(own_calendar, now=NOW, client=client_saying(answer(DENTIST)))
    settings.SECRET_KEY_FALLBACKS = []
    assert state_of(own_calendar).door == {"url": "https://calendar.example/geheim.ics"}


# --- Ages -------------------------------------------------------------------------------------------------------


def test_health_is_told_by_the_age(own_calendar):
    health = [own_calendar.health_at(NOW + hours * HOUR) for hours in (0, 23.9, 24, 71.9, 72)]
    assert health == ["good", "good", "late", "late", "silent"]


def test_a_copy_beyond_its_age_offers_nothing_and_says_so(office, service, rule, own_calendar):
    late = NOW + 72 * HOUR
    day = TEN + 72 * HOUR
    assert starts(service, now=late - MINUTE, day=day) != []
    assert starts(service, now=late, day=day) == []
    assert on_request(advisors_at(office, now=late - MINUTE), office) == ""
    office.phone = "05151 900"
    told = "Termine bei Ada Beispiel gibt es zurzeit nur auf Anfrage: Bitte rufen Sie uns an: 05151 900."
    assert on_request(advisors_at(office, now=late), office) == told


def test_the_age_is_a_setting(own_calendar):
    BookingSettings.objects.create(hours_until_on_request=30)
    refresh(own_calendar, now=NOW + HOUR, client=client_saying(TimedOut()))
    assert state_of(own_calendar).trusted_until == NOW + 30 * HOUR


# --- Free times and booking -------------------------------------------------------------------------------------


def test_busy_times_are_not_offered(service, rule, own_calendar):
    assert starts(service) == ["08:00", "08:30", "09:00", "09:30", "10:00"]
    BusyTimeFactory(calendar=own_calendar)
    assert starts(service) == ["08:00", "10:00"]


def test_free_times_take_no_query_more_with_calendars(service, rule, own_calendar, django_assert_num_queries):
    BusyTimeFactory.create_batch(3, calendar=own_calendar)
    with django_assert_num_queries(4):
        free_times(service, now=NOW)


def wish_for(service, office, **options):
    return Wish(service, office, Kind.OFFICE, TEN, **options)


def test_a_time_that_became_busy_is_refused_as_taken(office, service, rule, own_calendar):
    BusyTimeFactory(calendar=own_calendar)
    with pytest.raises(SlotTaken):
        hold_time(wish_for(service, office), visit="a", network="", now=NOW)


def test_a_time_of_a_silent_calendar_is_refused(office, service, rule, own_calendar):
    BusyCalendar.objects.update(trusted_until=NOW)
    with pytest.raises(SlotNotOffered):
        hold_time(wish_for(service, office), visit="a", network="", now=NOW)


def test_somebody_else_gives_the_time(office, service, rule, own_calendar):
    other = AvailabilityRuleFactory(advisor__office=office)
    BusyTimeFactory(calendar=own_calendar)
    assert hold_time(wish_for(service, office), visit="a", network="", now=NOW).advisor == other.advisor


def importing(own_calendar):
    start = int(TEN.timestamp()) // 60
    keep_copy(own_calendar, FreshCopy(BusyReading(((start, start + 60),))), now=NOW)


def test_f3_an_import_after_the_look_and_before_the_lock_wins(office, service, rule, own_calendar, monkeypatch):
    looked = hold._candidates

    def look(*args, **options):
        found = looked(*args, **options)
        importing(own_calendar)
        return found

    monkeypatch.setattr(hold, "_candidates", look)
    with pytest.raises(SlotTaken):
        hold_time(wish_for(service, office), visit="a", network="", now=NOW)
    assert not Appointment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_f3_a_booking_waits_for_an_import_that_has_begun(office, service, rule, own_calendar, monkeypatch):
    has_begun, has_looked = Event(), Event()
    looked = hold._candidates

    def look(*args, **options):
        found = looked(*args, **options)
        has_looked.set()
        return found

    def import_slowly():
        try:
            with transaction.atomic():
                importing(own_calendar)
                has_begun.set()
                has_looked.wait(10)
        finally:
            connection.close()

    monkeypatch.setattr(hold, "_candidates", look)
    importer = Thread(target=import_slowly)
    importer.start()
    has_begun.wait(10)
    with pytest.raises(SlotTaken):
        hold_time(wish_for(service, office), visit="a", network="", now=NOW)
    importer.join()
    assert (Appointment.objects.count(), BusyTime.objects.count()) == (0, 1)


def test_f3_an_import_after_a_booking_leaves_it_alone(office, service, rule, own_calendar):
    held = hold_time(wish_for(service, office), visit="a", network="", now=NOW)
    importing(own_calendar)
    assert Appointment.objects.get() == held


def test_an_appointment_is_not_moved_into_a_busy_time(office, service, rule, advisor, own_calendar):
    appointment = AppointmentFactory(advisor=advisor, service=service, starts_at=TEN + 24 * HOUR)
    BusyTimeFactory(calendar=own_calendar)
    with pytest.raises(SlotTaken):
        move_appointment(appointment, starts_at=TEN, sequence=0, now=NOW)


def test_an_own_booking_that_comes_back_does_not_block_its_moving(service, rule, advisor, own_calendar, settings):
    appointment = AppointmentFactory(advisor=advisor, service=service, starts_at=TEN)
    echo = DENTIST.replace(b"0@sample.example", f"{appointment.uid}@{settings.MAIL_DOMAIN}".encode())
    refresh(own_calendar, now=NOW, client=client_saying(answer(echo)))
    assert times_of(own_calendar) == []


def test_an_old_copy_is_read_once_more_for_a_booking(office, service, rule, own_calendar):
    client = client_saying(answer(DENTIST))
    refresh_for_booking(offices=[office], advisor=None, now=NOW + 15 * MINUTE, client=client)
    assert len(client.asked) == 1
    assert client.asked[0]["seconds"] <= 3
    assert times_of(own_calendar) == [(TEN, TEN + HOUR)]


@pytest.mark.parametrize(("minutes", "failures"), [(14, 0), (60, 1)])
def test_a_fresh_copy_or_a_calendar_known_to_fail_makes_nobody_wait(
    office, rule, own_calendar, minutes, failures, django_assert_num_queries
):
    BusyCalendar.objects.update(failures=failures)
    client = client_saying()
    with django_assert_num_queries(1):
        refresh_for_booking(offices=[office], advisor=own_calendar.advisor, now=NOW + minutes * MINUTE, client=client)
    assert client.asked == []


def test_a_calendar_that_hangs_costs_one_booking_three_seconds_and_the_next_none(office, rule, own_calendar):
    client = client_saying(TimedOut())
    for _ in range(2):
        refresh_for_booking(offices=[office], advisor=None, now=NOW + HOUR, client=client)
    assert len(client.asked) == 1


@pytest.fixture
def renewed(own_calendar, monkeypatch):
    """Its copy is old; meanwhile the whole day of TEN has been taken in it."""
    BusyCalendar.objects.update(read_at=NOW - HOUR)
    client = client_saying(answer(calendar("20261123T230000Z/20261124T230000Z")))
    monkeypatch.setattr(refresh_module, "site_client", lambda: client)
    return client


def later_appointment(advisor, service):
    return AppointmentFactory(advisor=advisor, service=service, starts_at=TEN + 7 * 24 * HOUR, email="a@firma.example")


def test_an_old_copy_is_read_once_more_before_times_are_held_for_an_offer(rule, service, advisor, office, renewed):
    appointment = later_appointment(advisor, service)
    closure = ClosureFactory(office=office, first_day=appointment.starts_at.date())
    BookingSettings.objects.update_or_create(defaults={"offer_days": 1})
    offer_for_closure(closure, [appointment.pk], actor=administrator(), now=NOW)
    assert len(renewed.asked) == 1
    held = Appointment.objects.filter(status=Status.HELD)
    assert held.exists()
    assert not held.filter(starts_at__lt=TEN + 15 * HOUR).exists()


def test_an_old_copy_is_read_once_more_before_a_freed_time_is_passed_on(rule, service, advisor, renewed):
    early = AppointmentFactory(advisor=advisor, service=service, starts_at=TEN)
    wish_earlier(later_appointment(advisor, service), day_part="", same_advisor=False, now=NOW)
    cancel_appointment(early, now=NOW)
    assert pass_on_freed_times(now=NOW) == []
    assert len(renewed.asked) == 1


def test_calendars_elsewhere_are_not_read_for_a_booking(office, rule, own_calendar):
    BusyCalendarFactory(read_at=NOW - HOUR)
    refresh_for_booking(offices=[office], advisor=None, now=NOW, client=client_saying())


def test_free_times_are_reckoned_anew_only_when_times_change(
    own_calendar, monkeypatch, django_capture_on_commit_callbacks
):
    row = own_calendar
    with django_capture_on_commit_callbacks() as first:
        refresh(row, now=NOW, client=client_saying(answer(DENTIST)))
    with django_capture_on_commit_callbacks() as second:
        refresh(row, now=NOW + MINUTE, client=client_saying(answer(DENTIST)))
    assert (first, second) == ([FREE_TIMES.renew], [])
