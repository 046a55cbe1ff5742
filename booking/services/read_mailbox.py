"""Taking the answers to invitations out of the mailbox that they arrive in (docs/decisions/replies.md)."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from booking.ical.reply import LONGEST, NotAReply, read_letter
from booking.remote.mailbox import Mailbox, MailboxUnread, NotTaken, read_unseen
from booking.services.reply import ReplyKnown, ReplyRefused, record_reply

logger = logging.getLogger(__name__)

SECONDS = 30.0

_reading = Lock()


@dataclass(frozen=True, slots=True)
class Taken:
    """How many mails were answers that now stand at their appointments, and how many were read and were none."""

    replies: int
    others: int


def read_mailbox(mailbox: Mailbox, *, now: datetime, seconds: float = SECONDS) -> Taken:
    """Every unseen mail once; a mail that comes twice says nothing new. Raises MailboxUnread.

    Where the database fails, the round ends with its error; a mail that finds a fault of ours keeps no other waiting.
    """
    count = Counter[str]()

    def take(raw: bytes) -> None:
        try:
            record_reply(read_letter(raw), now=now)
        except (NotAReply, ReplyRefused) as error:
            count["replies" if isinstance(error, ReplyKnown) else "others"] += 1
        except Error:
            raise
        except Exception as fault:
            logger.exception("A mail could not be read")
            raise NotTaken from fault
        else:
            count["replies"] += 1

    read_unseen(mailbox, take, longest=LONGEST, seconds=seconds)
    return Taken(count["replies"], count["others"])


def read_mailbox_beside() -> Thread | None:
    """Reads it in a thread, for the worker, whose next task may be a mail: no server there can make that one wait.

    None where there is no mailbox, or the last reading has not come to its end.
    """
    if not settings.REPLY_MAILBOX_URL or not _reading.acquire(blocking=False):
        return None
    thread = Thread(target=_read_and_release, args=(Mailbox(settings.REPLY_MAILBOX_URL),), daemon=True)
    try:
        thread.start()
    except BaseException:  # the system gives no thread: the next round has to try again
        _reading.release()
        raise
    return thread


def _read_and_release(mailbox: Mailbox) -> None:
    try:
        read_mailbox(mailbox, now=timezone.now())
    except MailboxUnread as error:
        logger.warning("Replies were not fetched: %s", error)
    except Exception:  # nobody else hears of a fault in a thread; the mail stays unseen and is read again
        logger.exception("Replies were not fetched")
    finally:
        connection.close()
        _reading.release()
