"""The ways into the outbox: a row in the caller's transaction, and a nudge for the worker in the same one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django_q.tasks import async_task

from foundation.models import OutgoingMail
from foundation.outbox.message import Letter, compose, one_address

DELIVERY_TASK = "foundation.outbox.delivery.deliver_due"


def enqueue(letter: Letter, *, now: datetime) -> OutgoingMail:
    """Writes the mail in the caller's transaction: what rolls back the change takes its mail along.

    Mails of one thread keep their order if the callers write one after the other, as they do when each first locks
    the appointment that the thread is named for.
    """
    with transaction.atomic(savepoint=False):
        mail = _write(letter, now=now)
        wake_worker()
    return mail


def enqueue_all(letters: Iterable[Letter | None], *, now: datetime) -> None:
    """The same for several mails with one nudge; None stands for a mail that nobody gets."""
    with transaction.atomic(savepoint=False):
        if [_write(letter, now=now) for letter in letters if letter is not None]:
            wake_worker()


def _write(letter: Letter, *, now: datetime) -> OutgoingMail:
    mail_id = uuid.uuid4()
    message_id = f"<{mail_id.hex}@{settings.MAIL_DOMAIN}>"
    message = compose(letter, message_id=message_id, date=now)
    return OutgoingMail.objects.create(
        id=mail_id,
        thread=letter.thread,
        position=_next_position(letter.thread),
        kind=letter.kind,
        recipient=one_address(letter.to),
        message_id=message_id,
        message=message,
        created_at=now,
        next_attempt_at=now,
    )


def drop_waiting(thread: str, *, kinds: Collection[str], now: datetime) -> int:
    """Takes back mails that events have overtaken (a reminder of a cancelled appointment); how many.

    A mail that is being delivered at this moment is not taken back.
    """
    overtaken = OutgoingMail.objects.waiting().filter(thread=thread, kind__in=kinds).exclude(thread="")
    return overtaken.exclude(leased_until__gt=now).update(state=OutgoingMail.State.DROPPED, finished_at=now)


def try_again(mail: OutgoingMail, *, now: datetime) -> bool:
    """Puts a failed mail back, with all its attempts before it; False if it has not failed or its text is gone."""
    revived = (
        OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.FAILED)
        .exclude(recipient="")
        .update(state=OutgoingMail.State.WAITING, attempts=0, next_attempt_at=now, leased_until=None, finished_at=None)
    )
    if revived:
        wake_worker()
    return bool(revived)


def wake_worker() -> None:
    """One task for the worker, in the current transaction: the broker's table lies in the same database."""
    async_task(DELIVERY_TASK, save=False)


def _next_position(thread: str) -> int:
    if not thread:
        return 0
    return (OutgoingMail.objects.filter(thread=thread).aggregate(last=Max("position"))["last"] or 0) + 1
