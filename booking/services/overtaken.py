"""Taking back mails that still wait although what they say has passed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from booking.models import Appointment
from booking.threads import firm_thread
from foundation.models import OutgoingMail
from foundation.outbox.queue import drop_waiting


def take_back(kinds: Collection[str], *, of: Q, now: datetime) -> None:
    """Drops the waiting mails of these kinds whose appointment is now as `of` says. One query where none waits."""
    threads = OutgoingMail.objects.waiting().filter(kind__in=kinds).values_list("thread", flat=True)
    uids = [thread.partition(":")[2] for thread in threads]
    if uids:
        for appointment in Appointment.objects.filter(of, uid__in=uids).only("uid"):
            drop_waiting(firm_thread(appointment), kinds=kinds, now=now)
