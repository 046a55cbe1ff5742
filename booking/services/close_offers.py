"""Ending offers, by whatever ends them: their times are let go in the same transaction.

The order of the locks is everywhere the same: advisors, then the appointment, then its offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from booking import emails
from booking.domain.errors import OfferClosed
from booking.enums import OfferAnswer
from booking.models import Appointment, AppointmentEvent, MoveOffer
from booking.services.guard import lock_advisors
from booking.services.travel import settle_ways, span_of
from booking.threads import firm_thread
from foundation.models import User
from foundation.outbox.queue import drop_waiting


def offered_advisors(*appointments: Appointment) -> list[int]:
    """Whose time is held for the appointments; whoever lets it go locks them before the appointments. One query."""
    held = Appointment.objects.held_for([each.pk for each in appointments])
    return list(held.order_by().values_list("advisor_id", flat=True))


def close_offers(appointment: Appointment, answer: OfferAnswer, *, now: datetime) -> None:
    """Ends the open offer, if there is one; the appointment is locked, and the advisors of its times are.

    Two queries where no time is held.
    """
    held = list(Appointment.objects.held_for([appointment.pk]))
    if held:
        Appointment.objects.held_for([appointment.pk]).let_go()
        settle_ways({time.advisor_id for time in held}, map(span_of, held), now=now)
    appointment.offers.open().update(answer=answer, answered_at=now)


@contextmanager
def locked_offer(offer: MoveOffer) -> Iterator[tuple[MoveOffer, Appointment]]:
    """One transaction around offer and appointment as they now stand, all their advisors locked."""
    with transaction.atomic():
        lock_advisors(offer.appointment.advisor_id, *offered_advisors(offer.appointment))
        appointment = Appointment.objects.locked().get(pk=offer.appointment_id)
        yield MoveOffer.objects.select_for_update().get(pk=offer.pk), appointment


def decline_offer(offer: MoveOffer, *, now: datetime) -> None:
    """The firm wants none of the times; its appointment stays. Again, it changes nothing. Raises OfferClosed."""
    with locked_offer(offer) as (current, appointment):
        if current.answer == OfferAnswer.DECLINED:
            return
        if not current.is_open(now=now):
            raise OfferClosed
        close_offers(appointment, OfferAnswer.DECLINED, now=now)
        _note(appointment, AppointmentEvent.Type.DECLINED, now=now)


def withdraw_offer(offer: MoveOffer, *, actor: User | None, now: datetime) -> None:
    """Takes the offer back, and its mail where that still waits; the firm is told only by the link.

    Again, it changes nothing. Raises OfferClosed where it was answered before.
    """
    with locked_offer(offer) as (current, appointment):
        if current.answer == OfferAnswer.WITHDRAWN:
            return
        if not current.is_open(now=now):
            raise OfferClosed
        drop_waiting(firm_thread(appointment), kinds=emails.OFFERS, now=now)
        close_offers(appointment, OfferAnswer.WITHDRAWN, now=now)
        _note(appointment, AppointmentEvent.Type.WITHDRAWN, now=now, actor=actor)


def expire_offers(*, now: datetime) -> list[MoveOffer]:
    """Ends the offers whose time to answer is over; those that it ended. It may run twice, late, or by two workers."""
    run_out = MoveOffer.objects.run_out(now=now).select_related("appointment")
    return [offer for offer in run_out if _expire(offer, now=now)]


def _expire(offer: MoveOffer, *, now: datetime) -> bool:
    with locked_offer(offer) as (current, appointment):
        if current.answer != OfferAnswer.OPEN:
            return False
        drop_waiting(firm_thread(appointment), kinds=emails.OFFERS, now=now)
        close_offers(appointment, OfferAnswer.EXPIRED, now=now)
        _note(appointment, AppointmentEvent.Type.LAPSED, now=now)
    return True


def _note(appointment: Appointment, event: AppointmentEvent.Type, *, now: datetime, actor: User | None = None) -> None:
    AppointmentEvent.objects.create(appointment=appointment, type=event, at=now, actor=actor)
