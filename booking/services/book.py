"""Turning a reservation into an appointment."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from booking import emails
from booking.domain.errors import AlreadyCancelled, FilledInTooFast, HoldExpired, TooManyAppointments
from booking.enums import Status
from booking.models import Appointment, AppointmentEvent, BookingSettings
from foundation.models import User


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

    `actor` None is the firm itself; the limits against misuse are for it alone.
    Raises HoldExpired where the reservation ran out, AlreadyCancelled where the appointment was cancelled since,
    TooManyAppointments and FilledInTooFast against misuse; after those the reservation still stands.
    """
    with transaction.atomic():
        appointment = Appointment.objects.locked().get(pk=hold.pk)
        if appointment.status == Status.BOOKED:
            return appointment
        if appointment.status == Status.CANCELLED:
            raise AlreadyCancelled
        if appointment.status == Status.EXPIRED or _has_run_out(appointment, now):
            raise HoldExpired
        if actor is None:
            _check_misuse(appointment, details, now=now)
        for name, value in asdict(details).items():
            setattr(appointment, name, value)
        appointment.status = Status.BOOKED
        appointment.hold_expires_at = None
        appointment.hold_network = ""
        appointment.booked_at = appointment.changed_at = now
        appointment.save()
        AppointmentEvent.objects.create(appointment=appointment, type=AppointmentEvent.Type.BOOKED, at=now, actor=actor)
        emails.send_booked(appointment, now=now)
    return appointment


def _has_run_out(appointment: Appointment, now: datetime) -> bool:
    return appointment.hold_expires_at is None or appointment.hold_expires_at <= now


def _check_misuse(hold: Appointment, details: FirmDetails, *, now: datetime) -> None:
    """Two forms sent at the same moment may pass the limit by one: it keeps misuse small, it is no promise."""
    rules = BookingSettings.load()
    # A clock that was put back makes the hold younger than nothing: that is nobody's haste.
    if timedelta(0) <= now - hold.created_at < timedelta(seconds=rules.seconds_to_fill_in):
        raise FilledInTooFast
    if Appointment.objects.ahead_of(details.email, now=now).count() >= rules.appointments_per_address:
        raise TooManyAppointments(rules.appointments_per_address)
