"""Into the outbox: in the transaction of the change, in the order of the thread, one row per person."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from email.policy import SMTP

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.db import transaction
from django_q.models import OrmQ

from foundation.models import OutgoingMail
from foundation.outbox.message import Letter
from foundation.outbox.queue import DELIVERY_TASK, drop_waiting, enqueue, mails_go_first, try_again

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
WAITING, SENT, FAILED, DROPPED = OutgoingMail.State


def letter(kind: str = "booking", thread: str = "", to: str = "erika@firma.example") -> Letter:
    return Letter(kind=kind, to=to, subject="Ihr Termin", text="Guten Tag", thread=thread)


def test_row_carries_the_wire_text_with_its_message_id_and_date() -> None:
    mail = OutgoingMail.objects.get(pk=enqueue(letter(to="erika@müllerei.example"), now=NOW).pk)
    message = email.message_from_bytes(bytes(mail.message), policy=SMTP)
    assert message["Message-ID"] == mail.message_id == f"<{mail.pk.hex}@mehrwert.example>"
    assert message["Date"].datetime == NOW
    assert (mail.state, mail.kind, mail.recipient, mail.created_at, mail.next_attempt_at, mail.attempts) == (
        WAITING,
        "booking",
        "erika@xn--mllerei-n2a.example",
        NOW,
        NOW,
        0,
    )


def test_the_worker_is_woken_in_the_same_transaction() -> None:
    enqueue(letter(), now=NOW)
    [task] = OrmQ.objects.all()
    assert (task.func(), task.args()) == (DELIVERY_TASK, ())


def test_a_change_that_is_rolled_back_sends_nothing() -> None:
    with transaction.atomic():
        enqueue(letter(), now=NOW)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_positions_count_within_the_thread_and_not_by_the_clock() -> None:
    """F30: the clock jumps back between two mails of one appointment."""
    mails = [
        enqueue(letter(thread="a"), now=NOW),
        enqueue(letter(thread="b"), now=NOW),
        enqueue(letter(thread="a"), now=NOW - timedelta(minutes=5)),
        enqueue(letter(), now=NOW),
    ]
    assert [mail.position for mail in mails] == [1, 1, 2, 0]


def test_overtaken_mails_are_dropped_and_others_stay() -> None:
    kept = [enqueue(letter("reminder", thread="b"), now=NOW), enqueue(letter("booking", thread="a"), now=NOW)]
    flying = enqueue(letter("reminder", thread="a"), now=NOW)
    OutgoingMail.objects.filter(pk=flying.pk).update(leased_until=NOW + timedelta(minutes=1))
    dropped = enqueue(letter("reminder", thread="a"), now=NOW)
    assert drop_waiting("a", kinds={"reminder"}, now=NOW) == 1
    assert set(OutgoingMail.objects.waiting()) == {*kept, flying}
    dropped.refresh_from_db()
    assert (dropped.state, dropped.finished_at) == (DROPPED, NOW)


def test_only_a_failed_mail_can_be_tried_again() -> None:
    mail = enqueue(letter(), now=NOW)
    later = NOW + timedelta(days=1)
    assert not try_again(mail, now=later)
    OutgoingMail.objects.update(state=FAILED, attempts=20, finished_at=NOW, last_error="SMTP 550")
    OrmQ.objects.all().delete()
    assert try_again(mail, now=later)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.next_attempt_at, mail.finished_at) == (WAITING, 0, later, None)
    assert OrmQ.objects.count() == 1


def test_a_failed_mail_whose_text_is_gone_stays_failed() -> None:
    mail = enqueue(letter(), now=NOW)
    OutgoingMail.objects.update(state=FAILED, message=b"", recipient="")
    assert not try_again(mail, now=NOW)


@pytest.fixture
def outbox_backend(settings) -> None:
    """pytest-django puts Django's test backend in its place; here the real one is under test."""
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"


@pytest.mark.usefixtures("outbox_backend")
class TestBackend:
    def test_every_recipient_gets_a_mail_of_their_own(self) -> None:
        message = EmailMultiAlternatives(
            "Freigabe erbeten",
            "Text",
            "MehrWert <termine@mehrwert.example>",
            to=["Anna Adam <anna@mehrwert.example>", "bert@mehrwert.example"],
            cc=["carla@mehrwert.example"],
            bcc=["anna@mehrwert.example"],
            reply_to=["antwort@mehrwert.example"],
            attachments=[("plan.txt", "Größe", "text/plain")],
        )
        message.attach_alternative("<p>Text</p>", "text/html")
        assert message.send() == 1
        mails = {
            mail.recipient: email.message_from_bytes(bytes(mail.message), policy=SMTP)
            for mail in OutgoingMail.objects.all()
        }
        assert set(mails) == {"anna@mehrwert.example", "bert@mehrwert.example", "carla@mehrwert.example"}
        for recipient, mail in mails.items():
            assert (mail["To"], mail["Cc"], mail["Bcc"]) == (recipient, None, None)
            assert (mail["Subject"], mail["Reply-To"]) == ("Freigabe erbeten", "antwort@mehrwert.example")
            assert [part.get_content_type() for part in mail.walk()] == [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html",
                "text/plain",
            ]

    def test_a_message_in_html_alone_gets_a_text(self) -> None:
        message = EmailMultiAlternatives("S", "<p>Guten <b>Tag</b></p>", None, ["a@mehrwert.example"])
        message.content_subtype = "html"
        message.send()
        mail = email.message_from_bytes(bytes(OutgoingMail.objects.get().message), policy=SMTP)
        assert [part.get_content().strip() for part in mail.iter_parts()] == ["Guten Tag", "<p>Guten <b>Tag</b></p>"]

    def test_header_injection_is_refused_and_nothing_is_written(self) -> None:
        with pytest.raises(BadHeaderError):
            send_mail("S\r\nBcc: x@evil.example", "T", None, ["a@mehrwert.example"])
        with pytest.raises(BadHeaderError):
            send_mail("S", "T", None, ["a@mehrwert.example", "b@mehrwert.example\nBcc: x@evil.example"])
        assert OutgoingMail.objects.count() == 0

    def test_nobody_to_write_to_is_no_mail(self) -> None:
        assert EmailMultiAlternatives("S", "T", None, []).send() == 0


def test_slow_tasks_end_while_a_mail_is_due_and_it_is_next() -> None:
    mail = enqueue(letter(), now=NOW)
    OrmQ.objects.all().delete()
    assert mails_go_first(now=NOW)
    assert [task.func() for task in OrmQ.objects.all()] == [DELIVERY_TASK]
    OutgoingMail.objects.filter(pk=mail.pk).update(next_attempt_at=NOW + timedelta(minutes=1))
    assert not mails_go_first(now=NOW)
    assert OrmQ.objects.count() == 1
