"""The state in numbers: the check for monitoring, and the document that a program reads."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from itertools import count

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django_q.models import Schedule

from booking.domain.levels import Level, Limits
from booking.emails import send_booked
from booking.health import figures
from booking.health.figures import Thresholds, checks, in_words
from booking.management.commands import check_sync
from booking.models import Outage, PushCalendar, PushEntry
from booking.views.monitoring import GUESSES
from foundation.models import OutgoingMail
from home.groups import MONITORS
from tests.booking.conftest import NOW
from tests.factories.accounts import account, administrator, advisor_with_account, client_of
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    BusyCalendarFactory,
    PushCalendarFactory,
    PushEntryFactory,
)
from tests.factories.offices import AdvisorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ADDRESS = "/monitoring/sync.json"
PASSWORD = "Nur-fuer-Tests-4711"

ALL_WELL = {
    "version": 1,
    "status": "ok",
    "at": "2026-11-23T07:00:00+00:00",
    "page": "http://127.0.0.1:8000/admin/abgleich/",
    "troubles": [],
    "checks": {
        "worker": {"status": "ok", "seconds_late": 0, "tasks_queued": 0},
        "mail": {"status": "ok", "waiting": 0, "oldest_waiting_seconds": None, "given_up_last_day": 0},
        "busy": {"status": "ok", "calendars": 0, "failing": 0, "beyond_trust": 0, "oldest_read_seconds": None},
        "push": {"status": "ok", "calendars": 0, "failing": 0, "refused": 0, "oldest_failing_seconds": None},
        "entries": {"status": "ok", "waiting": 0, "given_up": 0, "conflicts": 0, "oldest_waiting_seconds": None},
        "feeds": {"status": "ok", "links": 0, "never_read": 0, "quiet": 0, "latest_read_seconds": None},
        "outages": {"status": "ok", "open": 0, "oldest_seconds": None},
    },
}


@pytest.fixture(autouse=True)
def planned():
    Schedule.objects.all().delete()
    return Schedule.objects.create(func="x", next_run=NOW + MINUTE, repeats=-1)


def found(now=NOW, thresholds=None):
    return {check.name: check for check in checks(now=now, thresholds=thresholds or Thresholds())}


def run(capsys, **options):
    """Exit code and lines of the command."""
    code = 0
    try:
        call_command("check_sync", **options)
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out.splitlines()


def troubled():
    """One of each trouble, under names that nobody may read."""
    advisor = AdvisorFactory(name="Frau Geheim", email="geheim@mehrwert.example")
    BusyCalendarFactory(advisor=advisor, name="Geheim", read_at=NOW - 5 * HOUR, last_error="geheim")
    refused = PushCalendarFactory(
        advisor=advisor, name="Geheim", state=PushCalendar.State.REFUSED, connected_at=NOW - 9 * DAY
    )
    PushEntryFactory(calendar=refused, state=PushEntry.State.FAILED, error="geheim")
    old = {"connected_at": NOW - 9 * DAY, "succeeded_at": NOW - 25 * HOUR}
    failing = PushCalendarFactory(failures=3, last_error="geheim", **old)
    PushEntryFactory(calendar=failing, appointment__changed_at=NOW - 5 * HOUR)
    AdvisorFeedFactory(advisor=advisor, name="Geheim", last_fetched_at=NOW - 3 * DAY)
    AdvisorFeedFactory(advisor=advisor)
    mailed = AppointmentFactory(advisor=advisor, organization="Geheim GmbH", starts_at=NOW + 20 * DAY)
    send_booked(mailed, now=NOW - HOUR)
    OutgoingMail.objects.filter(kind="advisor_booked").update(state="failed", finished_at=NOW)
    Outage.objects.create(advisor=advisor, channel="busy", key="x", began_at=NOW - HOUR, told_at=NOW)


TROUBLES = {
    "mail": {"status": "warning", "waiting": 1, "oldest_waiting_seconds": 3600, "given_up_last_day": 1},
    "busy": {"status": "warning", "calendars": 1, "failing": 1, "beyond_trust": 0, "oldest_read_seconds": 18000},
    "push": {"status": "critical", "calendars": 2, "failing": 1, "refused": 1, "oldest_failing_seconds": 90000},
    "entries": {"status": "warning", "waiting": 1, "given_up": 1, "conflicts": 0, "oldest_waiting_seconds": 18000},
    "feeds": {"status": "ok", "links": 2, "never_read": 1, "quiet": 1, "latest_read_seconds": 259200},
    "outages": {"status": "ok", "open": 1, "oldest_seconds": 3600},
}
LINES = [
    "CRITICAL: In einen eigenen Kalender lässt sich seit einem Tag nicht eintragen; Kalender mit Fehler: 1.",
    "WARNING: Ein eigener Kalender der Beratung wurde seit 5 Stunden nicht gelesen; Kalender mit Fehler: 1.",
    "WARNING: Kalender zum Eintragen, die den Zugang verweigern: 1.",
    "WARNING: In eigenen Kalendern fehlende Termine: 1, der älteste seit 5 Stunden.",
    "WARNING: Einträge in eigene Kalender, die nicht mehr versucht werden: 1.",
    "WARNING: Wartende E-Mails: 1, die älteste seit einer Stunde.",
    "WARNING: In den letzten 24 Stunden aufgegebene E-Mails: 1.",
]


# --- Ages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "level"),
    [
        (None, Level.OK),
        (-9, Level.OK),
        (4.9, Level.OK),
        (5, Level.WARNING),
        (14.9, Level.WARNING),
        (15, Level.CRITICAL),
    ],
)
def test_levels_begin_with_their_limit(minutes, level):
    age = None if minutes is None else timedelta(minutes=minutes)
    assert Limits(5 * MINUTE, 15 * MINUTE).level_of(age) == level


def test_ages_in_words():
    ages = (0 * MINUTE, MINUTE, 59 * MINUTE, HOUR, 23 * HOUR, DAY, 49 * HOUR)
    words = "0 Minuten, einer Minute, 59 Minuten, einer Stunde, 23 Stunden, einem Tag, 2 Tagen"
    assert ", ".join(map(in_words, ages)) == words


@pytest.mark.parametrize(("minutes", "level"), [(4, Level.OK), (5, Level.WARNING), (15, Level.CRITICAL)])
def test_a_worker_that_does_not_run_is_noticed(planned, minutes, level):
    Schedule.objects.update(next_run=NOW - minutes * MINUTE)
    worker = found()["worker"]
    assert (worker.level, worker.numbers["seconds_late"]) == (level, minutes * 60)


def test_without_any_plan_nothing_ever_runs(planned):
    planned.delete()
    assert found()["worker"].troubles == [(Level.CRITICAL, "Es gibt keine Zeitpläne; prepare_site legt sie an.")]


def test_a_copy_beyond_its_age_and_advisors_who_left(planned):
    row = BusyCalendarFactory(read_at=NOW - 73 * HOUR)
    assert found()["busy"].level == Level.CRITICAL
    assert found()["busy"].numbers["beyond_trust"] == 1
    row.advisor.is_active = False
    row.advisor.save()
    assert found()["busy"].level == Level.OK


# --- The command ------------------------------------------------------------------------------------------------


def test_all_is_well(capsys):
    code, (line,) = run(capsys)
    assert code == 0
    assert line == (
        "SYNC OK: alles geht | worker_seconds_late=0s worker_tasks_queued=0 mail_waiting=0 mail_given_up_last_day=0 "
        "busy_calendars=0 busy_failing=0 busy_beyond_trust=0 push_calendars=0 push_failing=0 push_refused=0 "
        "entries_waiting=0 entries_given_up=0 entries_conflicts=0 feeds_links=0 feeds_never_read=0 feeds_quiet=0 "
        "outages_open=0"
    )


def test_each_trouble_has_a_line_and_the_worst_decides(capsys):
    troubled()
    code, (first, *lines, last) = run(capsys)
    assert (code, first.split(" | ")[0]) == (2, "SYNC CRITICAL: Auffälligkeiten: 7")
    assert lines == sorted(lines, key=lambda line: not line.startswith("CRITICAL"))
    assert sorted(lines) == sorted(LINES)
    assert last == "Welche es sind: http://127.0.0.1:8000/admin/abgleich/"
    assert reverse("abgleich:index") == "/admin/abgleich/"
    assert "eheim" not in first + "".join(lines)


def test_limits_are_options(capsys):
    troubled()
    code, lines = run(capsys, calendar_warning=2000 * MINUTE, calendar_critical=3000 * MINUTE, mail_warning=61 * MINUTE)
    assert (code, lines[0].split(" | ")[0]) == (1, "SYNC WARNING: Auffälligkeiten: 3")


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "٣", "9" * 30])
def test_what_is_no_number_of_minutes_is_unknown_not_critical(capsys, value):
    with pytest.raises(SystemExit) as stop:
        check_sync.Command().run_from_argv(["manage.py", "check_sync", f"--mail-warning={value}"])
    assert stop.value.code == 3
    assert capsys.readouterr().out.startswith("SYNC UNKNOWN: ")


def test_a_silent_database_is_unknown(monkeypatch, capsys):
    def silent(**_):
        raise DatabaseError("could not connect to 10.0.0.7 as mehrwert")

    monkeypatch.setattr(check_sync, "checks", silent)
    assert run(capsys) == (3, ["SYNC UNKNOWN: Die Datenbank antwortet nicht."])


# --- The document -----------------------------------------------------------------------------------------------


NETWORKS = count(1)


@pytest.fixture
def client():
    """Of a network of its own: refused logins of the tests before do not count."""
    return Client(REMOTE_ADDR=f"198.51.100.{next(NETWORKS)}")


@pytest.fixture
def monitor():
    return account("waechter", MONITORS, password=PASSWORD)


def basic(name="waechter", password=PASSWORD):
    return {"HTTP_AUTHORIZATION": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def test_a_program_logs_in_and_reads_numbers(client, monitor):
    response = client.get(ADDRESS, **basic())
    assert (response.status_code, response.json()) == (200, ALL_WELL)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert reverse("booking:sync_state") == ADDRESS


def test_all_that_is_stored_comes_as_numbers_and_nobody_is_named(client, monitor):
    troubled()
    response = client.get(ADDRESS, **basic())
    document = response.json()
    assert document["status"] == "critical"
    assert {name: document["checks"][name] for name in TROUBLES} == TROUBLES
    assert document["troubles"][0] == LINES[0].removeprefix("CRITICAL: ")
    assert sorted(document["troubles"]) == sorted(line.partition(": ")[2] for line in LINES)
    assert "eheim" not in json.dumps(document, ensure_ascii=False)


@pytest.mark.parametrize(
    "header",
    [
        {},
        basic(password="falsch"),
        basic(name="niemand"),
        basic(name="a\0b"),
        {"HTTP_AUTHORIZATION": "Basic"},
        {"HTTP_AUTHORIZATION": "Basic ???"},
        {"HTTP_AUTHORIZATION": "Basic /////w=="},
        {"HTTP_AUTHORIZATION": "Basic bmljaHRz"},
        {"HTTP_AUTHORIZATION": basic()["HTTP_AUTHORIZATION"].replace("Basic", "Bearer")},
    ],
)
def test_without_a_login_there_is_nothing_to_read(client, monitor, header):
    response = client.get(ADDRESS, **header)
    assert (response.status_code, response.json()) == (401, {"error": "unauthorized"})
    assert response.headers["WWW-Authenticate"] == 'Basic realm="MehrWert", charset="UTF-8"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_a_right_password_of_somebody_without_the_right_is_answered_like_a_wrong_one(client):
    account("redaktion", "Redaktion", password=PASSWORD)
    assert client.get(ADDRESS, **basic("redaktion")).status_code == 401


def test_passwords_cannot_be_guessed_from_one_network_for_long(monitor, now, django_assert_num_queries):
    guesser = Client(REMOTE_ADDR="203.0.113.20")
    guesses = [basic(password=f"Passwort{number}") for number in range(9)] + [basic("niemand")]
    assert {guesser.get(ADDRESS, **guess).status_code for guess in guesses} == {401}
    with django_assert_num_queries(0):
        refused = guesser.get(ADDRESS, **basic())
    assert (refused.status_code, refused.json()) == (429, {"error": "too many requests"})
    assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("900", "private, no-store")
    now.shift(timedelta(minutes=15))
    assert guesser.get(ADDRESS, **basic()).status_code == 200


def test_guesses_of_one_network_shut_out_no_other_and_right_logins_are_not_counted(monitor, now):
    guesser, watcher = Client(REMOTE_ADDR="203.0.113.21"), Client(REMOTE_ADDR="203.0.113.22")
    for _ in range(GUESSES.times):
        guesser.get(ADDRESS, **basic(password="falsch"))
    assert {watcher.get(ADDRESS, **basic()).status_code for _ in range(GUESSES.times + 1)} == {200}
    guesser.force_login(administrator())
    assert guesser.get(ADDRESS).status_code == 200


def test_people_who_are_logged_in_need_the_right(monitor):
    assert client_of(administrator()).get(ADDRESS).status_code == 200
    stranger = client_of(advisor_with_account().user)
    response = stranger.get(ADDRESS)
    assert (response.status_code, response.json()) == (403, {"error": "forbidden"})
    assert client_of(monitor).get(reverse("wagtailadmin_home")).status_code == 302


def test_nobody_who_was_locked_out_reads_on(client, monitor):
    monitor.is_active = False
    monitor.save()
    assert client.get(ADDRESS, **basic()).status_code == 401


def test_only_reading(client, monitor):
    assert client.post(ADDRESS, **basic()).status_code == 405
    assert client.head(ADDRESS, **basic()).status_code == 200


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(django_assert_num_queries, items):
    for _ in range(items):
        calendar = PushCalendarFactory(failures=1)
        PushEntryFactory(calendar=calendar)
        BusyCalendarFactory()
        AdvisorFeedFactory()
    with django_assert_num_queries(8):
        assert len(figures.checks(now=NOW, thresholds=Thresholds())) == 7
    watcher = Client()
    watcher.force_login(administrator())
    with django_assert_num_queries(12):
        assert watcher.get(ADDRESS).status_code == 200
