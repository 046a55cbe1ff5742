"""The ways into the outbox: a row in the caller's transaction, and a nudge for the worker in the same one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat
from django_q.tasks import async_task

from foundation.models import OutgoingMail
from foundation.outbox.message import Letter, compose, one_address

DELIVERY_TASK = "foundation.outbox.delivery.deliver_due"


def enqueue(letter: Letter, *, now: datetime) -> OutgoingMail:
    """Writes the mail in the caller's transaction: what rolls back the change takes its mail along.

    Mails of one thread keep their order if the callers write one after the other, as they do when each first locks
    the appointment that the thread is named for.
    """
    return enqueue_all([letter], now=now)[0]


def enqueue_all(letters: Iterable[Letter | None], *, now: datetime) -> list[OutgoingMail]:
    """The same for several mails with one nudge; None stands for a mail that nobody gets."""
    wanted = [letter for letter in letters if letter is not None]
    if not wanted:
        return []
    with transaction.atomic(savepoint=False):
        last = _last_positions({letter.thread for letter in wanted if letter.thread})
        mails = []
        for letter in wanted:
            last[letter.thread] = last.get(letter.thread, 0) + 1 if letter.thread else 0
            mails.append(_mail(letter, position=last[letter.thread], now=now))
        OutgoingMail.objects.bulk_create(mails)
        wake_worker()
    return mails


def _mail(letter: Letter, *, position: int, now: datetime) -> OutgoingMail:
    mail_id = uuid.uuid4()
    message_id = f"<{mail_id.hex}@{settings.MAIL_DOMAIN}>"
    return OutgoingMail(
        id=mail_id,
        thread=letter.thread,
        position=position,
        kind=letter.kind,
        recipient=one_address(letter.to),
        message_id=message_id,
        message=compose(letter, message_id=message_id, date=now),
        created_at=now,
        next_attempt_at=now,
    )


def _last_positions(threads: Collection[str]) -> dict[str, int]:
    """The number of the last mail of each thread that has one. No query for none."""
    if not threads:
        return {}
    rows = OutgoingMail.objects.filter(thread__in=threads).order_by().values("thread").annotate(last=Max("position"))
    return {row["thread"]: row["last"] for row in rows}


def drop_waiting(thread: str, *, kinds: Collection[str], now: datetime) -> int:
    """Takes back mails that events have overtaken (a reminder of a cancelled appointment); how many.

    A mail that is being delivered at this moment is not taken back.
    """
    overtaken = OutgoingMail.objects.waiting().filter(thread=thread, kind__in=kinds).exclude(thread="")
    return overtaken.exclude(leased_until__gt=now).update(state=OutgoingMail.State.DROPPED, finished_at=now)


def set_aside(threads: Collection[str], *, mark: str) -> None:
    """The mails of these threads so far go on in threads of their own: no later one waits for them."""
    OutgoingMail.objects.filter(thread__in=threads).update(thread=Concat("thread", Value(f":{mark}")))


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


def mails_go_first(*, now: datetime) -> bool:
    """For slow tasks that share the worker with the mails: whether one is due. Then it is next in the queue, and the
    slow task is to end. One query without."""
    if not OutgoingMail.objects.due(now).exists():
        return False
    wake_worker()
    return True
