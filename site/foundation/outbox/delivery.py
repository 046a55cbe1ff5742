"""The way out: due mails are claimed one by one under a lease, handed to the transport and settled.

At least once: a process that dies between the server's "250" and our UPDATE sends the mail again, with the same
Message-ID and Date.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from foundation.models import OutgoingMail
from foundation.models.outgoing_mail import OutgoingMailQuerySet
from foundation.outbox.faults import Fault, fault_of
from foundation.outbox.queue import wake_worker
from foundation.outbox.transport import hand_over

logger = logging.getLogger(__name__)

# Longer than a task may run (Q_CLUSTER["timeout"], held by a check), so that no living worker loses its mail.
LEASE = timedelta(minutes=3)
# After the n-th failed attempt; then the last one again and again.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60))
# RFC 5321, 4.5.4.1: at least four to five days. Shorter than people take to be told of a server that is down and to
# mend it, the mails would be lost one by one before.
TRIED_FOR = timedelta(days=5)
MAX_ATTEMPTS = len(PAUSES) + 1 + -(-(TRIED_FOR - sum(PAUSES, timedelta())) // PAUSES[-1])
# For a mail that fails without the network or the server being at fault.
MAX_UNFORESEEN = 5
# Seconds after which a run starts no further mail; the rest goes to a task of its own.
TIME_BUDGET = 45.0


@dataclass(slots=True)
class Tally:
    """What one run did: mails taken by the server, put off, given up."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.put_off + self.failed


def deliver_due(now: datetime | None = None, limit: int = 100) -> Tally:
    """Sends what is due, each mail at most once per run. With `now` the clock stands still at that moment."""
    tally = Tally()
    started = time.monotonic()
    while mail := _claim(now or timezone.now()):
        _deliver(mail, tally, now)
        if tally.total >= limit or time.monotonic() - started > TIME_BUDGET:
            if OutgoingMail.objects.due(now or timezone.now()).exists():
                wake_worker()
            break
    return tally


def pause_after(attempts: int, mail: OutgoingMail) -> timedelta:
    """Grows with the attempts; up to a fifth longer, differently for each mail, so that they do not come in a herd."""
    return PAUSES[min(attempts, len(PAUSES)) - 1] * (1 + mail.pk.int % 1000 / 5000)


def _claim(now: datetime) -> OutgoingMail | None:
    """One due mail, leased to this process by a single conditional UPDATE: of two rivals one changes the row, the
    other finds it taken and looks for the next. The attempt is counted now, so a mail that kills its process ends."""
    while True:
        pk = (
            OutgoingMail.objects.due(now).order_by("next_attempt_at", "created_at").values_list("pk", flat=True).first()
        )
        if pk is None:
            return None
        if (
            OutgoingMail.objects.due(now)
            .filter(pk=pk)
            .update(leased_until=now + LEASE, next_attempt_at=now, attempts=F("attempts") + 1)
        ):
            return OutgoingMail.objects.get(pk=pk)


def _deliver(mail: OutgoingMail, tally: Tally, fixed_now: datetime | None) -> None:
    if mail.attempts > MAX_ATTEMPTS:
        _give_up(mail, Fault("Versand mehrmals abgebrochen, ohne dass ein Ergebnis kam"), fixed_now or timezone.now())
        tally.failed += 1
        return
    try:
        hand_over(bytes(mail.message), mail.recipient)
    except Exception as error:  # noqa: BLE001  # whatever a transport raises must not stop the other mails
        now = fixed_now or timezone.now()
        fault = fault_of(error, recipient=mail.recipient)
        last = MAX_UNFORESEEN if fault.unforeseen else MAX_ATTEMPTS
        if fault.lasting or mail.attempts >= last:
            _give_up(mail, fault, now)
            tally.failed += 1
        else:
            _put_off(mail, fault, now)
            tally.put_off += 1
    else:
        _settle(mail, fixed_now or timezone.now())
        tally.sent += 1


def _settle(mail: OutgoingMail, now: datetime) -> None:
    """Sent is sent, whoever holds the lease by now."""
    OutgoingMail.objects.waiting().filter(pk=mail.pk).update(
        state=OutgoingMail.State.SENT, finished_at=now, leased_until=None, last_error=""
    )
    logger.info("Mail %s (%s) sent at attempt %d", mail.pk.hex[:8], mail.kind, mail.attempts)


def _put_off(mail: OutgoingMail, fault: Fault, now: datetime) -> None:
    _held(mail).update(next_attempt_at=now + pause_after(mail.attempts, mail), leased_until=None, last_error=fault.text)
    logger.warning("Mail %s (%s) put off after attempt %d: %s", mail.pk.hex[:8], mail.kind, mail.attempts, fault.text)


def _give_up(mail: OutgoingMail, fault: Fault, now: datetime) -> None:
    """Out of the way of its thread, and with the administrators, who can try again."""
    _held(mail).update(state=OutgoingMail.State.FAILED, finished_at=now, leased_until=None, last_error=fault.text)
    logger.error("Mail %s (%s) given up after attempt %d: %s", mail.pk.hex[:8], mail.kind, mail.attempts, fault.text)


def _held(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row as long as this process holds its lease: the moment it ends serves as the proof."""
    return OutgoingMail.objects.waiting().filter(pk=mail.pk, leased_until=mail.leased_until)
