"""Between reservation and appointment: the firm has sent its answers and must yet confirm its address."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from booking import emails
from booking.domain.errors import HoldExpired, TooManyMails
from booking.domain.intervals import Interval
from booking.enums import Status
from booking.models import Appointment, AppointmentEvent, BookingSettings
from booking.models.appointment import new_link_nonce
from booking.services.erasure_ledger import note_erased
from booking.services.guard import lock_advisors
from booking.services.overtaken import take_back
from booking.services.retention import forget_unconfirmed, periods
from booking.services.travel import settle_ways, span_of
from booking.threads import firm_thread
from foundation.models import OutgoingMail, User
from foundation.outbox.queue import drop_waiting
from foundation.outbox.retention import forget_thread

MAILS = 3
"""To confirm one request, whatever addresses they go to: nobody's letter box is filled from here."""

PAUSE = timedelta(minutes=1)
"""After one of these mails; who asks for another one sooner has pressed twice."""


def ask_to_verify(request: Appointment, *, has_new_address: bool, rules: BookingSettings, now: datetime) -> Appointment:
    """Keeps the answers and the time, and writes the mail with the link unless this address has it already.

    Its caller has locked the row, in the same transaction. The time is kept as long as the rules say, from the first
    mail on, but neither beyond the beginning of the appointment nor beyond the period of unconfirmed requests.
    Raises TooManyMails.
    """
    request.changed_at = now
    if request.verification_sent_at is None:
        wait = timedelta(minutes=rules.minutes_to_verify)
        request.hold_expires_at = min(now + wait, request.starts_at, request.created_at + periods().unconfirmed)
        request.verification_sent_at = now
        AppointmentEvent.objects.create(appointment=request, type=AppointmentEvent.Type.REQUESTED, at=now)
        emails.send_verification(request, now=now)
    elif has_new_address:
        # A link that went elsewhere books nothing any more.
        request.verification_nonce = new_link_nonce()
        _write_again(request, now=now)
    request.save()
    return request


def send_again(request: Appointment, *, now: datetime) -> Appointment:
    """Writes the mail with the same link once more; nothing within a minute of the last one, or once it is booked.

    Raises HoldExpired and TooManyMails.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=request.pk)
        if current.status in {Status.BOOKED, Status.CANCELLED}:
            return current
        if current.verification_sent_at is None or not current.is_held_at(now):
            raise HoldExpired
        # A clock that was put back makes the last mail younger than nothing: that is no second press.
        if timedelta(0) <= now - current.verification_sent_at < PAUSE:
            return current
        _write_again(current, now=now)
        current.save(update_fields=["verification_sent_at"])
    return current


def _write_again(request: Appointment, *, now: datetime) -> None:
    written = OutgoingMail.objects.filter(thread=firm_thread(request), kind__in=emails.OVERTAKEN_BY_ANSWER)
    if written.count() >= MAILS:
        raise TooManyMails(MAILS)
    drop_waiting(firm_thread(request), kinds=emails.OVERTAKEN_BY_ANSWER, now=now)
    request.verification_sent_at = now
    emails.send_verification(request, now=now)


def withdraw_request(request: Appointment, *, now: datetime, actor: User | None = None) -> bool:
    """Gives the time back and forgets the firm at once, also after the time ran out; false where it was booked or
    is forgotten already. `actor` None is the firm itself.
    """
    with transaction.atomic():
        lock_advisors(request.advisor_id)
        if not Appointment.objects.unconfirmed().filter(pk=request.pk).forget():
            return False
        settle_ways([request.advisor_id], [span_of(request)], now=now)
        AppointmentEvent.objects.create(appointment=request, type=AppointmentEvent.Type.RELEASED, at=now, actor=actor)
        note_erased([request], now=now)
        thread = firm_thread(request)
        drop_waiting(thread, kinds=emails.OVERTAKEN_BY_ANSWER, now=now)
        forget_thread(thread)
    return True


def end_run_out(*, now: datetime) -> int:
    """Ends reservations and requests whose time is over, and takes back mails that would still ask to confirm them.

    What requests have told is forgotten here too, once its own period is over. How many were ended.
    """
    # Times that are held for an offer end with their offer.
    run_out = Appointment.objects.run_out(now=now).filter(offer=None)
    spans: dict[int, list[Interval]] = defaultdict(list)
    for request in run_out:
        spans[request.advisor_id].append(span_of(request))
    ended = 0
    for advisor, around in spans.items():
        with transaction.atomic():
            lock_advisors(advisor)
            ended += run_out.filter(advisor=advisor).lapse()
            settle_ways([advisor], around, now=now)
    take_back(emails.OVERTAKEN_BY_ANSWER, of=~Q(status=Status.HELD), now=now)
    forget_unconfirmed(now=now)
    return ended
