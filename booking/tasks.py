"""What the worker does for the booking by the clock. Each may run twice, late, or by two workers at once."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from booking.models import Closure
from booking.services import (
    close_offers,
    offer_for_closure,
    pass_on,
    push,
    read_mailbox,
    refresh,
    remind,
    request,
    retention,
    watch,
)
from booking.services import follow_addresses as follow
from booking.services.erasure_ledger import note_missing
from booking.services.repeat_erasures import repeat_erasures
from foundation.models import User
from foundation.outbox.queue import mails_go_first


def release_run_out_holds() -> int:
    """Ends reservations and unconfirmed requests whose time is over. Nobody waits for it: a new reservation clears its
    way by itself."""
    return request.end_run_out(now=timezone.now())


def expire_offers() -> int:
    """Ends offers without an answer and frees their times; how many."""
    return len(close_offers.expire_offers(now=timezone.now()))


def offer_to_the_rest(closure: int, appointments: list[int], actor: int) -> int:
    """The next piece of an office closed in one go; how many firms got their offer. Nothing once it is open again."""
    closed = Closure.objects.filter(pk=closure).first()
    if closed is None:
        return 0
    user = User.objects.get(pk=actor)
    return offer_for_closure.offer_for_closure(closed, appointments, actor=user, now=timezone.now()).offered


def pass_on_freed_times() -> int:
    """Asks the next firm that waits for an earlier time; how many were asked."""
    return len(pass_on.pass_on_freed_times(now=timezone.now()))


def read_own_calendars() -> int:
    """Fetches the advisors' own calendars that are due; how many."""
    return refresh.refresh_due(now=timezone.now(), gives_way=_mails_wait)


def write_into_calendars() -> int:
    """Carries changed appointments into the advisors' own calendars; how many calendars were written into."""
    return push.push_due(now=timezone.now(), gives_way=_mails_wait)


def watch_channels() -> int:
    """Tells advisors and offices of calendars and mails that do not work, and of those that work again; of how many."""
    return watch.watch_channels(now=timezone.now())


def follow_addresses() -> int:
    """Takes invitations along to the new addresses of advisors; of how many."""
    return follow.follow_addresses(now=timezone.now())


def read_reply_mailbox() -> None:
    """Fetches answers to invitations, beside the other tasks."""
    read_mailbox.read_mailbox_beside()


def send_reminders() -> int:
    """Reminds firms of what lies ahead; the number of mails written."""
    return remind.send_reminders(now=timezone.now())


def apply_retention() -> str:
    """Forgets what is due, and again what a restored backup brought back; the result is shown in the list of tasks."""
    now = timezone.now()
    repeat_erasures(now=now)
    note_missing(since=now - timedelta(days=7), now=now)
    forgotten = retention.apply_retention(now=now)
    done = {"anonymisiert": forgotten.anonymised, "vergessen": forgotten.unconfirmed, "gelöscht": forgotten.deleted}
    return ", ".join(f"{number} {what}" for what, number in done.items())


def _mails_wait() -> bool:
    """Of this moment: a slow round has begun some time ago."""
    return mails_go_first(now=timezone.now())
