"""Forgetting: what was asked for a consultation goes when its time is over (Art. 5 and 17 DSGVO).

Statistics survive without the person: what, where, when and how large the firm was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from booking.enums import Status
from booking.links import LIFE_AFTER_END
from booking.models import Appointment, AppointmentEvent, FeedText, Service
from booking.models.appointment import new_link_nonce
from booking.querysets import AppointmentQuerySet
from booking.services.note_push import note_forgotten
from booking.threads import firm_thread
from foundation.models import RetentionSettings, User
from foundation.outbox.retention import forget_thread

_DAYS_OF_A_MONTH = 30.4375
_LET_GO_HOLDS_KEPT = timedelta(days=1)

PERSONAL_FIELDS = ("organization", "name", "email", "phone", "street", "topic", "message", "cancel_reason", "note")
"""What names a firm or a person, or was written freely. Postcode and size class stay for the statistics."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many appointments were made anonymous, how many unconfirmed requests were emptied, and how many rows that
    came to nothing were deleted."""

    anonymised: int
    deleted: int
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True)
class Periods:
    """How long data are kept: after a cancellation, after the end of an appointment, and from the choice of a time
    on that was asked for and never confirmed.

    `held` is for services without a period of their own.
    """

    cancelled: timedelta
    held: timedelta
    unconfirmed: timedelta

    def held_for(self, months: int | None) -> timedelta:
        """`months` is what the service says, None where it says nothing."""
        return self.held if months is None else timedelta(days=months * _DAYS_OF_A_MONTH)


def periods() -> Periods:
    """The one place where RetentionSettings become spans of time; a month has 30.4375 days."""
    chosen = RetentionSettings.in_force()
    return Periods(
        cancelled=timedelta(days=chosen.cancelled_days),
        held=timedelta(days=chosen.held_months * _DAYS_OF_A_MONTH),
        unconfirmed=timedelta(hours=chosen.unconfirmed_hours),
    )


def kept_until(appointment: Appointment, kept: Periods | None = None) -> datetime:
    """From when on the clean-up takes the data; those of a mere reservation go when it runs out.

    `kept` are the periods at hand, None reads them.
    """
    kept = kept or periods()
    if appointment.is_unconfirmed:
        return appointment.created_at + kept.unconfirmed
    if appointment.status == Status.HELD and appointment.hold_expires_at is not None:
        return appointment.hold_expires_at
    if appointment.status == Status.CANCELLED and appointment.cancelled_at is not None:
        return appointment.cancelled_at + kept.cancelled
    return appointment.ends_at + kept.held_for(appointment.service.held_months)


def apply_retention(*, now: datetime) -> Forgotten:
    """Applies the periods of RetentionSettings and of the services. Running it again changes nothing."""
    kept = periods()
    due = Appointment.objects.filter(anonymised_at__isnull=True)
    anonymised = anonymise(due.filter(status=Status.CANCELLED, cancelled_at__lte=now - kept.cancelled), now=now)
    for months in Service.objects.order_by().values_list("held_months", flat=True).distinct():
        held = due.filter(status=Status.BOOKED, **_own_period(months))
        anonymised += anonymise(held.filter(ends_at__lte=now - kept.held_for(months)), now=now)
    unconfirmed = forget_unconfirmed(now=now)
    return Forgotten(anonymised, _delete_let_go(now), unconfirmed)


def forget_unconfirmed(*, now: datetime) -> int:
    """Empties requests whose period is over and the mails that asked to confirm them; how many.

    A period of hours is not left to the clean-up of the night. Two queries where there is none.
    """
    due = Appointment.objects.unconfirmed().filter(created_at__lte=now - periods().unconfirmed)
    with transaction.atomic():
        found = list(due.select_for_update(of=("self",)))
        for request in found:
            forget_thread(firm_thread(request))
        return Appointment.objects.filter(pk__in=[request.pk for request in found]).forget()


def _delete_let_go(now: datetime) -> int:
    """Rows without a firm. Those of requests stay until their links end, which otherwise would lead nowhere."""
    hold = Q(verification_sent_at__isnull=True, changed_at__lte=now - _LET_GO_HOLDS_KEPT)
    request = Q(verification_sent_at__isnull=False, email="", ends_at__lte=now - LIFE_AFTER_END)
    _, by_model = Appointment.objects.filter(hold | request, status=Status.EXPIRED).delete()
    return by_model.get(Appointment._meta.label, 0)


def _own_period(months: int | None) -> dict[str, object]:
    return {"service__held_months__isnull": True} if months is None else {"service__held_months": months}


def anonymise(appointments: AppointmentQuerySet, *, now: datetime, actor: User | None = None) -> int:
    """Empties the personal fields and ends all links; returns how many appointments it concerned.

    `actor` None: the clean-up, or the firm itself.
    """
    with transaction.atomic():
        found = list(appointments.select_for_update(of=("self",)))
        for appointment in found:
            for field in PERSONAL_FIELDS:
                setattr(appointment, field, "")
            appointment.answers = []
            appointment.visit = ""
            appointment.link_nonce = new_link_nonce()
            appointment.verification_nonce = new_link_nonce()
            appointment.anonymised_at = appointment.changed_at = now
        Appointment.objects.bulk_update(
            found,
            [
                *PERSONAL_FIELDS,
                *("answers", "visit", "link_nonce", "verification_nonce", "anonymised_at", "changed_at"),
            ],
        )
        FeedText.objects.filter(appointment__in=found).delete()
        note_forgotten(found, now=now)
        AppointmentEvent.objects.bulk_create(
            AppointmentEvent(appointment=appointment, type=AppointmentEvent.Type.ANONYMISED, at=now, actor=actor)
            for appointment in found
        )
    return len(found)
