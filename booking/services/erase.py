"""Deleting a firm's data on its wish (Art. 17 DSGVO): by its own link, or by the office for all of an address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking import emails
from booking.elsewhere import elsewhere
from booking.enums import Status
from booking.models import Appointment
from booking.querysets import AppointmentQuerySet
from booking.services.cancel import cancel_appointment
from booking.services.close_offers import offered_advisors
from booking.services.erasure_ledger import note_erased
from booking.services.guard import lock_advisors
from booking.services.hold import release_hold
from booking.services.request import withdraw_request
from booking.services.retention import anonymise
from booking.threads import firm_thread
from foundation.models import User
from foundation.outbox.queue import drop_waiting
from foundation.outbox.retention import forget_recipient, forget_thread, messages_to


def erase_data(appointment: Appointment, *, now: datetime, actor: User | None = None) -> None:
    """Makes the appointment anonymous at once, in one transaction. Repeating it changes nothing.

    `actor` None is the firm itself.

    An appointment still ahead is cancelled first, and both sides are told. Of the mails to the firm the word of a
    cancellation still goes out, its text is forgotten by the outbox's own period; others that wait are dropped, and
    whatever is done is emptied now. The mails to the advisor never held the firm's data.
    """
    with transaction.atomic():
        lock_advisors(appointment.advisor_id, *offered_advisors(appointment))
        current = Appointment.objects.locked().get(pk=appointment.pk)
        if current.anonymised_at is not None or current.status not in {Status.BOOKED, Status.CANCELLED}:
            return
        thread = firm_thread(current)
        drop_waiting(thread, kinds=emails.OVERTAKEN_BY_ERASING, now=now)
        if current.status == Status.BOOKED and current.starts_at > now:
            cancel_appointment(current, now=now, actor=actor)
        anonymise(Appointment.objects.filter(pk=current.pk), now=now, actor=actor)
        forget_thread(thread)
        note_erased([current], now=now)


def erase_address(email: str, *, rows: AppointmentQuerySet, is_everything: bool, actor: User, now: datetime) -> int:
    """Erases in one transaction whatever is kept under an address among `rows`; how many appointments.

    With `is_everything` the mails to it that are done are emptied too, whatever they were about, and what apps above
    keep is erased. Reservations are let
    go, and requests that wait for their address to be confirmed are withdrawn. Repeating it changes nothing.
    """
    with transaction.atomic():
        found = list(rows.of_address(email).order_by("pk"))
        lock_advisors(*(each.advisor_id for each in found), *offered_advisors(*found))
        for appointment in found:
            erase_one(appointment, now=now, actor=actor)
        if is_everything:
            note_erased([], messages_to(email), now=now)
            elsewhere.erase(email, now=now)
            forget_recipient(email)
    return len(found)


def erase_one(appointment: Appointment, *, now: datetime, actor: User | None = None) -> None:
    """Whatever has become of it, also since it was read; an unconfirmed request or a mere reservation takes its time no
    more."""
    if appointment.is_unconfirmed:
        is_gone = withdraw_request(appointment, now=now, actor=actor)
    else:
        is_gone = appointment.status == Status.HELD and release_hold(appointment, now=now)
    if not is_gone:
        erase_data(appointment, now=now, actor=actor)
