"""Turning a reservation into an appointment."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from booking import emails
from booking.calendars import sender
from booking.domain.errors import AlreadyCancelled, FilledInTooFast, HoldExpired, TooManyAppointments
from booking.enums import Kind, Status
from booking.models import Appointment, AppointmentEvent, BookingSettings, CalendarChannel
from booking.services.guard import lock_advisors, overlap_is_refused
from booking.services.note_push import note_push
from booking.services.request import ask_to_verify
from booking.services.travel import elsewhere
from booking.threads import firm_thread
from foundation.models import User
from foundation.outbox.queue import drop_waiting

ON_CALL = "on_call"
"""Detail of a booking that the office confirmed in the firm's stead."""


@dataclass(frozen=True, slots=True)
class FirmDetails:
    """What a firm tells about itself; the form has checked it."""

    organization: str
    name: str
    email: str
    postcode: str
    phone: str = ""
    street: str = ""
    size_class: str = ""
    topic: str = ""
    message: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)


def book_appointment(
    hold: Appointment, details: FirmDetails, *, now: datetime, actor: User | None = None
) -> Appointment:
    """Books the reserved time. Repeating it changes nothing and sends nothing: the first booking stands.

    Where the service wants the address confirmed first, the reservation stays one, now with the answers, until
    `book_requested`; sending the form again corrects them.
    `actor` None is the firm itself; confirming and the limits against misuse are for it alone.
    Raises HoldExpired where the reservation ran out, AlreadyCancelled where the appointment was cancelled since,
    TooManyAppointments, TooManyMails and FilledInTooFast against misuse; after those the reservation still stands. So
    it does where the form names another place for a visit and the way there does not fit: WayDoesNotFit, PlaceUnknown,
    FirmTooFar.
    """
    is_elsewhere = hold.kind == Kind.FIRM and details.postcode != hold.postcode
    with overlap_is_refused(), transaction.atomic():
        if is_elsewhere:
            lock_advisors(hold.advisor_id)
        appointment = Appointment.objects.locked().get(pk=hold.pk)
        if not _is_open(appointment, now):
            return appointment
        rules = None if actor else BookingSettings.in_force()
        if rules:
            _check_misuse(appointment, details, rules, now=now)
        has_new_address = appointment.email.lower() != details.email.lower()
        blocked = elsewhere(appointment, details.postcode, now=now) if is_elsewhere else nullcontext({})
        with blocked as fields:
            for name, value in (asdict(details) | fields).items():
                setattr(appointment, name, value)
            if rules and appointment.service.confirm_email_first:
                return ask_to_verify(appointment, has_new_address=has_new_address, rules=rules, now=now)
            return _complete(appointment, actor=actor, now=now)


def book_requested(request: Appointment, *, now: datetime, actor: User | None = None) -> Appointment:
    """Books what waits for its address to be confirmed: by the firm's link, or on its word by the office (`actor`).

    Repeating it changes nothing and sends nothing. Raises HoldExpired, AlreadyCancelled.
    """
    with transaction.atomic():
        current = Appointment.objects.locked().get(pk=request.pk)
        if not _is_open(current, now):
            return current
        if not current.awaits_verification:
            raise HoldExpired
        drop_waiting(firm_thread(current), kinds=emails.OVERTAKEN_BY_ANSWER, now=now)
        return _complete(current, actor=actor, now=now, detail=ON_CALL if actor else "")


def _is_open(appointment: Appointment, now: datetime) -> bool:
    """Whether it is yet to be booked; false where that is done. Raises HoldExpired, AlreadyCancelled."""
    if appointment.status == Status.BOOKED:
        return False
    if appointment.status == Status.CANCELLED:
        raise AlreadyCancelled
    if not appointment.is_held_at(now):
        raise HoldExpired
    return True


def _complete(appointment: Appointment, *, actor: User | None, now: datetime, detail: str = "") -> Appointment:
    appointment.status = Status.BOOKED
    appointment.hold_expires_at = None
    appointment.hold_network = ""
    appointment.booked_at = appointment.changed_at = now
    appointment.organizer = sender().address
    appointment.save()
    AppointmentEvent.objects.create(
        appointment=appointment, type=AppointmentEvent.Type.BOOKED, at=now, actor=actor, detail=detail
    )
    channel = CalendarChannel.objects.of(appointment.advisor)
    emails.send_booked(appointment, now=now, channel=channel)
    if channel.way == CalendarChannel.Way.PUSH:
        note_push(appointment, now=now)
    return appointment


def _check_misuse(hold: Appointment, details: FirmDetails, rules: BookingSettings, *, now: datetime) -> None:
    """Two forms sent at the same moment may pass the limit by one: it keeps misuse small, it is no promise."""
    # A clock that was put back makes the hold younger than nothing: that is nobody's haste.
    if timedelta(0) <= now - hold.created_at < timedelta(seconds=rules.seconds_to_fill_in):
        raise FilledInTooFast
    others = Appointment.objects.ahead_of(details.email, now=now).exclude(pk=hold.pk)
    if others.count() >= rules.appointments_per_address:
        raise TooManyAppointments(rules.appointments_per_address)
