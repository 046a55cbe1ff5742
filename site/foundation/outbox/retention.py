"""What the outbox forgets (P2): texts and addresses of mails that are done, and traces of them elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_mail_viewer.backends.database.models import EmailMessage as KeptMail
from django_q.models import Task

from foundation.models import OutgoingMail, RetentionSettings
from foundation.password_reset import RESET_TASK

_AT_ONCE = 500
"""Names that one query may ask for."""


def forget_delivered(now: datetime | None = None) -> int:
    """Empties mails that have been done for longer than the retention time, sent or not; how many.

    The row stays, without text and address, so that counts and the order of a thread remain. Mails that were kept in
    the house (letterbox of the demo) go whole, with their files.
    """
    now = now or timezone.now()
    limit = now - timedelta(days=RetentionSettings.in_force().mail_days)
    emptied = (
        OutgoingMail.objects.filter(finished_at__lt=limit)
        .exclude(recipient="", message=b"")
        .update(recipient="", message=b"")
    )
    _forget_kept(KeptMail.objects.filter(created_at__lt=limit))
    # Only an interrupted task leaves a row there; its arguments name the address that was typed in.
    Task.objects.filter(func=RESET_TASK).delete()
    return emptied


def forget_thread(thread: str) -> int:
    """Empties at once what is done of a thread, whose person asked to be forgotten (Art. 17 DSGVO); how many.

    What still waits goes out and is emptied in its time.
    """
    return _forget_done(OutgoingMail.objects.filter(thread=thread).exclude(thread=""))


def forget_recipient(address: str) -> int:
    """The same for all mails to an address."""
    return _forget_done(OutgoingMail.objects.filter(recipient__iexact=address).exclude(recipient=""))


def messages_to(address: str) -> list[str]:
    """The Message-IDs of what `forget_recipient` would empty."""
    mails = OutgoingMail.objects.filter(recipient__iexact=address, finished_at__isnull=False).exclude(recipient="")
    return list(mails.values_list("message_id", flat=True))


def forget_messages(message_ids: Collection[str], *, now: datetime) -> int:
    """Empties mails by their Message-IDs and takes back those that wait: they have gone out once; how many."""
    ordered = sorted(message_ids)
    emptied = 0
    for first in range(0, len(ordered), _AT_ONCE):
        mails = OutgoingMail.objects.filter(message_id__in=ordered[first : first + _AT_ONCE]).exclude(recipient="")
        mails.filter(finished_at__isnull=True).update(state=OutgoingMail.State.DROPPED, finished_at=now)
        emptied += _forget_done(mails)
    return emptied


def _forget_done(mails: QuerySet[OutgoingMail]) -> int:
    done = mails.filter(finished_at__isnull=False)
    kept = Q(message_id__in=list(done.values_list("message_id", flat=True)))
    _forget_kept(KeptMail.objects.filter(kept | Q(parent__in=KeptMail.objects.filter(kept))))
    return done.update(recipient="", message=b"")


def _forget_kept(mails: QuerySet[KeptMail]) -> None:
    for part in mails.exclude(file_attachment=""):
        part.file_attachment.delete(save=False)
    mails.delete()
