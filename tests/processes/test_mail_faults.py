"""F15: every way a mail server fails, met over real sockets. No mail is lost, none gets a second Message-ID."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from foundation.models import OutgoingMail
from foundation.outbox.delivery import MAX_ATTEMPTS, Tally, deliver_due
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue
from tests.mail_servers import Conduct, FaultyServer, working_server
from tests.servers import free_port

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
IMPATIENT = 0.3
"""Seconds, only towards servers that say nothing: on a busy machine any other may take longer."""
WAITING, SENT, FAILED, DROPPED = OutgoingMail.State


@pytest.fixture(autouse=True)
def smtp(settings) -> None:
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 30


def letter(**values: str) -> Letter:
    return Letter(
        **{"kind": "booking", "to": "erika.muster@firma.example", "subject": "Ihr Termin", "text": "Hallo"} | values
    )


def test_working_server_gets_the_stored_bytes_and_one_recipient(settings) -> None:
    with working_server() as (mailbox, settings.EMAIL_PORT):
        mail = enqueue(letter(text=".Grüße\n" + "x" * 2000, html="<p>Grüße</p>"), now=NOW)
        assert deliver_due(now=NOW) == Tally(sent=1)
    [envelope] = mailbox.envelopes
    assert envelope.original_content == bytes(mail.message)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("termine@mehrwert.example", ["erika.muster@firma.example"])
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.finished_at, mail.last_error) == (SENT, 1, NOW, "")


PUT_OFF = {
    "554 as greeting": (Conduct(greeting="554 no service"), "lehnt die Verbindung ab: SMTP 554 no service"),
    "421 as greeting": (Conduct(greeting="421 too busy"), "lehnt die Verbindung ab: SMTP 421 too busy"),
    "silent before the greeting": (Conduct(greeting=None), "antwortet nicht"),
    "silent after MAIL": (Conduct(mail=None), "antwortet nicht"),
    "silent after RCPT": (Conduct(rcpt=None), "antwortet nicht"),
    "silent after DATA": (Conduct(data=None), "antwortet nicht"),
    "silent after the text": (Conduct(end=None), "antwortet nicht"),
    "451 to RCPT": (Conduct(rcpt="451 4.3.0 try later"), "SMTP 451 4.3.0 try later"),
    "greylisting": (Conduct(rcpt="450 4.2.0 greylisted, see you in a minute"), "SMTP 450 4.2.0 greylisted"),
    "452 to the text": (Conduct(end="452 4.3.1 disk full"), "SMTP 452 4.3.1 disk full"),
    "451 to MAIL": (Conduct(mail="451 4.7.1 slow down"), "SMTP 451 4.7.1 slow down"),
    "cut in DATA": (Conduct(cut_in_data=True), "abgerissen"),
    "cut after DATA": (Conduct(cut_after_data=True), "abgerissen"),
}


@pytest.mark.parametrize(("conduct", "told"), PUT_OFF.values(), ids=PUT_OFF)
def test_passing_fault_puts_the_mail_off_and_it_arrives_later(settings, conduct: Conduct, told: str) -> None:
    with FaultyServer(conduct, Conduct()) as server:
        settings.EMAIL_PORT = server.port
        mail = enqueue(letter(), now=NOW)
        with override_settings(**({"EMAIL_TIMEOUT": IMPATIENT} if conduct.is_silent else {})):
            assert deliver_due(now=NOW) == Tally(put_off=1)
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.leased_until, mail.finished_at) == (WAITING, 1, None, None)
        assert told in mail.last_error
        assert timedelta(minutes=1) <= mail.next_attempt_at - NOW <= timedelta(minutes=1, seconds=12)
        assert deliver_due(now=NOW + timedelta(seconds=59)) == Tally()
        assert deliver_due(now=mail.next_attempt_at) == Tally(sent=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (SENT, 2, "")
    assert len(server.taken) == 1
    assert server.message_ids == {mail.message_id}


def test_refused_connection_puts_the_mail_off(settings) -> None:
    settings.EMAIL_PORT = free_port()
    mail = enqueue(letter(), now=NOW)
    assert deliver_due(now=NOW) == Tally(put_off=1)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (
        WAITING,
        "Verbindung zum Mailserver gescheitert oder abgerissen (ConnectionRefusedError)",
    )


GIVEN_UP = {
    "550 to RCPT": (Conduct(rcpt="550 5.1.1 no such user"), "Empfänger abgelehnt: SMTP 550 5.1.1 no such user"),
    "550 to MAIL": (Conduct(mail="550 5.7.1 not you"), "Mailserver nimmt die E-Mail nicht an: SMTP 550 5.7.1 not you"),
    "554 to the text": (Conduct(end="554 5.7.1 spam"), "Mailserver nimmt die E-Mail nicht an: SMTP 554 5.7.1 spam"),
}


@pytest.mark.parametrize(("conduct", "told"), GIVEN_UP.values(), ids=GIVEN_UP)
def test_lasting_refusal_gives_the_mail_up_at_once(settings, conduct: Conduct, told: str) -> None:
    with FaultyServer(conduct) as server:
        settings.EMAIL_PORT = server.port
        mail = enqueue(letter(), now=NOW)
        assert deliver_due(now=NOW) == Tally(failed=1)
        assert deliver_due(now=NOW + timedelta(days=1)) == Tally()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.finished_at, mail.last_error) == (FAILED, 1, NOW, told)


def test_slow_server_is_waited_for(settings) -> None:
    with FaultyServer(Conduct(seconds_per_answer=0.1)) as server:
        settings.EMAIL_PORT = server.port
        enqueue(letter(), now=NOW)
        assert deliver_due(now=NOW) == Tally(sent=1)
    assert len(server.taken) == 1


@pytest.mark.parametrize("farewell", [None, "500 what?"], ids=["silent at QUIT", "500 to QUIT"])
def test_fault_after_the_mail_was_taken_is_none(settings, farewell: str | None) -> None:
    settings.EMAIL_TIMEOUT = 2
    with FaultyServer(Conduct(quit=farewell)) as server:
        settings.EMAIL_PORT = server.port
        mail = enqueue(letter(), now=NOW)
        assert deliver_due(now=NOW) == Tally(sent=1)
        assert deliver_due(now=NOW + timedelta(days=1)) == Tally()
    mail.refresh_from_db()
    assert (mail.state, len(server.taken)) == (SENT, 1)


def test_hanging_server_costs_no_more_than_the_timeout(settings) -> None:
    settings.EMAIL_TIMEOUT = IMPATIENT
    with FaultyServer(Conduct(greeting=None)) as server:
        settings.EMAIL_PORT = server.port
        enqueue(letter(), now=NOW)
        started = time.monotonic()
        deliver_due(now=NOW)
        assert time.monotonic() - started < 30


def test_dead_server_is_tried_for_five_days_and_then_the_mail_fails(settings) -> None:
    """With pauses that never shrink below the rule's (RFC 5321, 4.5.4.1)."""
    settings.EMAIL_PORT = free_port()
    mail = enqueue(letter(), now=NOW)
    now, pauses = NOW, []
    while deliver_due(now=now) == Tally(put_off=1):
        mail.refresh_from_db()
        pauses.append((mail.next_attempt_at - now).total_seconds() / 60)
        now = mail.next_attempt_at
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.finished_at) == (FAILED, MAX_ATTEMPTS, now)
    wanted = [1, 2, 5, 10, 20, 30] + [60] * 119
    assert len(pauses) == len(wanted)
    assert all(least <= pause <= 1.2 * least for pause, least in zip(pauses, wanted, strict=True))
    assert timedelta(days=5) < now - NOW < timedelta(days=6)


def test_refusal_of_one_address_does_not_hold_up_others(settings) -> None:
    with FaultyServer(Conduct(rcpt="550 no"), Conduct()) as server:
        settings.EMAIL_PORT = server.port
        enqueue(letter(to="weg@firma.example"), now=NOW - timedelta(minutes=1))
        enqueue(letter(to="da@firma.example"), now=NOW)
        assert deliver_due(now=NOW) == Tally(sent=1, failed=1)


def test_server_that_repeats_the_address_does_not_bring_it_into_error_or_log(settings, caplog) -> None:
    answer = "550 5.1.1 <erika.muster@firma.example>: user erika.muster unknown, see https://x.example/?id=GEHEIM"
    caplog.set_level(logging.INFO)
    with FaultyServer(Conduct(rcpt=answer)) as server:
        settings.EMAIL_PORT = server.port
        mail = enqueue(letter(subject="MARKE-BETREFF", text="MARKE-TEXT"), now=NOW)
        deliver_due(now=NOW)
    mail.refresh_from_db()
    assert mail.last_error == "Empfänger abgelehnt: SMTP 550 5.1.1 <…>: user … unknown, see https://x.example/?…"
    assert "given up after attempt 1" in caplog.text
    for marker in ("muster", "MARKE", "GEHEIM"):
        assert marker not in caplog.text
