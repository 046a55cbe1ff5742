"""The rules of the way out, with a transport made of paper: order, leases, poison, clocks. Real servers and
processes: tests/processes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django_q.models import OrmQ

from foundation.models import OutgoingMail
from foundation.outbox import delivery
from foundation.outbox.delivery import LEASE, MAX_ATTEMPTS, MAX_UNFORESEEN, Tally, deliver_due
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
WAITING, SENT, FAILED, DROPPED = OutgoingMail.State


class PaperTransport(BaseEmailBackend):
    """Notes what it takes; `moods` says what to raise for a recipient."""

    taken: list[EmailMessage] = []
    moods: dict[str, Exception] = {}

    def send_messages(self, messages: list[EmailMessage]) -> int:
        for message in messages:
            [recipient] = message.recipients()
            if recipient in self.moods:
                raise self.moods[recipient]
            self.taken.append(message)
        return len(messages)


@pytest.fixture(autouse=True)
def transport(settings) -> type[PaperTransport]:
    settings.OUTBOX_TRANSPORT = f"{__name__}.PaperTransport"
    PaperTransport.taken, PaperTransport.moods = [], {}
    return PaperTransport


def put(
    kind: str = "booking", *, thread: str = "", to: str = "erika@firma.example", now: datetime = NOW
) -> OutgoingMail:
    return enqueue(Letter(kind=kind, to=to, subject="Ihr Termin", text="Hallo", thread=thread), now=now)


def test_nothing_due_is_nothing_done() -> None:
    put(now=NOW + timedelta(seconds=1))
    assert deliver_due(now=NOW) == Tally()


def test_stored_bytes_are_handed_over_unchanged(transport) -> None:
    mail = put()
    deliver_due(now=NOW)
    [message] = transport.taken
    assert message.message().as_bytes(linesep="\r\n") == bytes(mail.message)
    assert message.message()["Message-ID"] == mail.message_id
    assert message.recipients() == ["erika@firma.example"]


def test_thread_leaves_in_order_and_others_do_not_wait(transport) -> None:
    """F18: a cancellation does not overtake its confirmation."""
    transport.moods = {"langsam@firma.example": ConnectionError()}
    first = put("booking", thread="a", to="langsam@firma.example")
    second = put("cancellation", thread="a", to="erika@firma.example")
    put("booking", thread="b")
    assert deliver_due(now=NOW) == Tally(sent=1, put_off=1)
    second.refresh_from_db()
    assert (second.state, second.attempts) == (WAITING, 0)
    transport.moods = {}
    first.refresh_from_db()
    assert deliver_due(now=first.next_attempt_at) == Tally(sent=2)
    assert [message.message()["Message-ID"] for message in transport.taken][1:] == [first.message_id, second.message_id]


def test_mail_waits_while_an_earlier_one_of_its_thread_is_on_the_way(transport) -> None:
    first = put(thread="a")
    put(thread="a")
    OutgoingMail.objects.filter(pk=first.pk).update(leased_until=NOW + LEASE)
    assert deliver_due(now=NOW) == Tally()


@pytest.mark.parametrize("state", [SENT, FAILED, DROPPED])
def test_finished_mail_lets_the_next_of_its_thread_go(state: str) -> None:
    OutgoingMail.objects.filter(pk=put(thread="a").pk).update(state=state)
    put(thread="a")
    assert deliver_due(now=NOW) == Tally(sent=1)


def test_poison_stops_after_few_attempts_and_frees_its_thread(transport) -> None:
    transport.moods = {"gift@firma.example": ValueError("secret text of the mail")}
    poison, next_one = put(thread="a", to="gift@firma.example"), put(thread="a")
    now, runs = NOW, 0
    while OutgoingMail.objects.waiting().filter(pk=poison.pk).exists():
        assert put(now=now) in OutgoingMail.objects.due(now)
        assert deliver_due(now=now).sent >= 1
        now, runs = now + timedelta(hours=2), runs + 1
    poison.refresh_from_db()
    next_one.refresh_from_db()
    assert (runs, poison.state, poison.attempts) == (MAX_UNFORESEEN, FAILED, MAX_UNFORESEEN)
    assert poison.last_error == "Unerwarteter Fehler beim Versand (ValueError)"
    assert next_one.state == SENT


def test_transport_that_counts_nothing_has_not_sent(transport, monkeypatch) -> None:
    monkeypatch.setattr(transport, "send_messages", lambda *_: 0)
    put()
    assert deliver_due(now=NOW) == Tally(put_off=1)


def test_wrong_settings_of_the_transport_do_not_count_as_poison(settings) -> None:
    settings.OUTBOX_TRANSPORT = "no.such.Transport"
    mail, now = put(), NOW
    for _ in range(MAX_UNFORESEEN + 1):
        assert deliver_due(now=now) == Tally(put_off=1)
        now += timedelta(minutes=75)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (
        WAITING,
        "Verbindung zum Mailserver gescheitert oder abgerissen (ConnectionError)",
    )


def test_mail_that_kills_its_process_ends_too(transport, monkeypatch) -> None:
    """Each attempt counts before it is made: what never comes to a result is given up all the same."""

    def die(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(transport, "send_messages", die)
    mail, now = put(), NOW
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(SystemExit):
            deliver_due(now=now)
        now += LEASE
    assert deliver_due(now=now) == Tally(failed=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (FAILED, MAX_ATTEMPTS + 1)
    assert mail.last_error == "Versand mehrmals abgebrochen, ohne dass ein Ergebnis kam"


def test_lease_is_kept_until_its_end_and_not_longer(transport, monkeypatch) -> None:
    """F14: what a killed process left behind is picked up within five minutes."""
    mail = put()
    OutgoingMail.objects.update(leased_until=NOW + LEASE, attempts=1)
    assert timedelta(0) < LEASE <= timedelta(minutes=5)
    assert deliver_due(now=NOW + LEASE - timedelta(microseconds=1)) == Tally()
    assert deliver_due(now=NOW + LEASE) == Tally(sent=1)
    mail.refresh_from_db()
    assert (mail.attempts, mail.leased_until) == (2, None)


def test_result_of_a_process_that_lost_its_lease_changes_nothing(transport, monkeypatch) -> None:
    mail = put()
    theirs = NOW + timedelta(minutes=4)

    def lose(*_: object) -> int:
        OutgoingMail.objects.update(leased_until=theirs)
        raise ConnectionError

    monkeypatch.setattr(transport, "send_messages", lose)
    deliver_due(now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.leased_until, mail.last_error) == (WAITING, theirs, "")


def test_clock_that_jumps_back_a_day_does_not_hold_mails(transport) -> None:
    """F30: a lease and a pause written before the jump lie impossibly far ahead."""
    put()
    OutgoingMail.objects.update(leased_until=NOW + LEASE, next_attempt_at=NOW + timedelta(minutes=70))
    assert deliver_due(now=NOW - timedelta(days=1)) == Tally(sent=1)


def test_clock_that_jumps_back_five_minutes_leaves_a_lease_alone(transport) -> None:
    put()
    OutgoingMail.objects.update(leased_until=NOW + LEASE)
    assert deliver_due(now=NOW - timedelta(minutes=5)) == Tally()


def test_clock_is_read_anew_for_each_mail(transport, monkeypatch) -> None:
    """A run may take a minute: a lease counted from its start would end early."""
    with time_machine.travel(NOW, tick=False) as clock:
        put()
        put()
        seen: list[datetime] = []

        def slow(_: object, messages: list[EmailMessage]) -> int:
            seen.append(OutgoingMail.objects.get(leased_until__isnull=False).leased_until)
            clock.shift(40)
            return len(messages)

        monkeypatch.setattr(transport, "send_messages", slow)
        assert deliver_due() == Tally(sent=2)
    assert seen == [NOW + LEASE, NOW + LEASE + timedelta(seconds=40)]


def test_run_that_reaches_its_limit_leaves_the_rest_to_a_task_of_its_own() -> None:
    for _ in range(3):
        put()
    OrmQ.objects.all().delete()
    assert deliver_due(now=NOW, limit=2) == Tally(sent=2)
    assert OrmQ.objects.count() == 1
    assert deliver_due(now=NOW, limit=1) == Tally(sent=1)
    assert OrmQ.objects.count() == 1


def test_run_that_takes_long_leaves_the_rest_to_a_task_of_its_own(monkeypatch) -> None:
    monkeypatch.setattr(delivery, "TIME_BUDGET", -1.0)
    put()
    put()
    OrmQ.objects.all().delete()
    assert deliver_due(now=NOW) == Tally(sent=1)
    assert OrmQ.objects.count() == 1


def test_claiming_costs_as_many_queries_with_many_mails_as_with_few(django_assert_num_queries) -> None:
    for _ in range(3):
        put(thread="a")
    # three times find, claim, read, settle; once find nothing
    with django_assert_num_queries(13):
        deliver_due(now=NOW)


def test_thousands_of_old_mails_do_not_slow_the_search(transport) -> None:
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            thread=f"t{number}",
            position=1,
            message_id=f"<{number}@x.example>",
            message=b"",
            state=SENT,
            created_at=NOW,
            next_attempt_at=NOW,
        )
        for number in range(5000)
    )
    put(thread="t7")
    started = time.monotonic()
    assert deliver_due(now=NOW) == Tally(sent=1)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("backend", ["console", "filebased", "locmem", "dummy"])
def test_djangos_own_backends_take_stored_mails(settings, tmp_path, capsys, mailoutbox, backend: str) -> None:
    settings.OUTBOX_TRANSPORT = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    mail = put()
    assert deliver_due(now=NOW) == Tally(sent=1)
    stored = bytes(mail.message).replace(b"\r\n", b"\n").decode()
    if backend == "console":
        assert capsys.readouterr().out.startswith(stored)
    if backend == "filebased":
        [file] = tmp_path.iterdir()
        assert file.read_text().startswith(stored)
    if backend == "locmem":
        [message] = mailoutbox
        assert (message.subject, message.to) == ("Ihr Termin", ["erika@firma.example"])
