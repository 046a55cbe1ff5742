"""Offering a firm other times for its appointment, and taking the one that it chooses.

The times are reserved appointments of their own, so that the database keeps everybody else away from them. They carry
no network and a mark of their own, and count in none of the limits for visitors.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from booking import emails
from booking.domain.clock import minute_of, moment_of
from booking.domain.errors import (
    AlreadyCancelled,
    AppointmentOver,
    FirmWithoutAddress,
    NothingToOffer,
    OfferClosed,
    SlotNotOffered,
    SlotTaken,
)
from booking.domain.slots import Slot
from booking.enums import Kind, OfferAnswer, OfferReason, Status
from booking.models import Appointment, AppointmentEvent, BookingSettings, Closure, EarlierWish, MoveOffer
from booking.replacements import Replacement, places_for, replacements, reserved
from booking.services.close_offers import close_offers, locked_offer, offered_advisors
from booking.services.guard import lock_advisors, overlap_is_refused, refuse_beyond_cap, refuse_taken_elsewhere
from booking.services.move import move_to
from booking.services.refresh import refresh_for_booking
from booking.services.travel import new_stop, own_stop, ways_settled
from booking.threads import firm_thread
from foundation.models import OutgoingMail, User
from offices.postcodes import coordinates

ALTERNATIVES = 3

PAUSE = timedelta(minutes=10)
"""A mail about one offer is not written again within it, so that a double click sends one."""


def refresh_for_offers(appointments: Iterable[Appointment], *, now: datetime) -> None:
    """Before any of them is offered other times: these are held, so an old copy counts as little as for a booking."""
    offices = {place.pk: place for each in appointments for place in places_for(each)}
    refresh_for_booking(offices=offices.values(), advisor=None, now=now)


def time_to_answer(now: datetime) -> datetime:
    """Until when times that are offered now are held, for an appointment that is not before it."""
    return now + timedelta(days=BookingSettings.in_force().offer_days)


def offer_times(
    appointment: Appointment,
    *,
    reason: OfferReason,
    until: datetime,
    now: datetime,
    actor: User | None = None,
    closure: Closure | None = None,
    times: Sequence[Replacement] | None = None,
    number: int = ALTERNATIVES,
) -> MoveOffer:
    """Holds up to `number` other times and writes the firm one mail about them, in one transaction.

    The times are held to `until`, at the longest to the beginning of the appointment. `times` are those to choose
    from, the best first; None leaves that to the rules. While the same offer is open, asking again gives it back and
    sends nothing; any other open offer is taken back. Raises NothingToOffer, FirmWithoutAddress, AppointmentOver,
    AlreadyCancelled; then nothing has changed.
    """
    until = min(until, appointment.starts_at)
    if times is None:
        times = replacements(appointment, now=now, until=until)
    with transaction.atomic():
        people = {each.slot.advisor for each in times}
        lock_advisors(*people, *offered_advisors(appointment))
        current = Appointment.objects.locked().get(pk=appointment.pk)
        _refuse(current, now=now)
        running = current.offers.open().select_for_update().first()
        if running and running.is_open(now=now):
            if running.is_for(reason, closure):
                return running
            if reason == OfferReason.EARLIER:
                # Whoever cannot be received at its time is asked about that first.
                raise NothingToOffer
            close_offers(current, OfferAnswer.WITHDRAWN, now=now)
        elif running:
            close_offers(current, OfferAnswer.EXPIRED, now=now)
        offer = MoveOffer.objects.create(
            appointment=current, reason=reason, closure=closure, sent_at=now, expires_at=until
        )
        held = list(islice(_held(offer, times, now=now), number))
        if not held:
            raise NothingToOffer
        AppointmentEvent.objects.create(appointment=current, type=AppointmentEvent.Type.OFFERED, at=now, actor=actor)
        emails.send_offer(offer, held, now=now)
    return offer


def _refuse(appointment: Appointment, *, now: datetime) -> None:
    if appointment.status == Status.CANCELLED:
        raise AlreadyCancelled
    if appointment.status != Status.BOOKED or appointment.starts_at <= now:
        raise AppointmentOver
    if not appointment.email:
        raise FirmWithoutAddress


def _held(offer: MoveOffer, times: Sequence[Replacement], *, now: datetime) -> Iterator[Appointment]:
    """Reserves one time after the other, passing over those that are gone; their advisors are locked."""
    for each in times:
        if moment_of(each.slot.start) <= offer.expires_at:
            continue
        try:
            with overlap_is_refused(), transaction.atomic():
                time = _hold(offer, each, now=now)
        except SlotTaken:
            continue
        # Outside the block: a reader that stops here would roll back a savepoint that is still open.
        yield time


def _hold(offer: MoveOffer, time: Replacement, *, now: datetime) -> Appointment:
    slot, appointment = time.slot, offer.appointment
    refuse_beyond_cap(appointment.service, slot, now=now, own=[appointment.pk])
    refuse_taken_elsewhere(slot)
    firm = coordinates(appointment.postcode) if time.kind == Kind.FIRM else None
    row = reserved(time, appointment)
    row.offer = offer
    row.visit = secrets.token_urlsafe(12)
    row.hold_expires_at = offer.expires_at
    row.created_at = row.changed_at = now
    stop = new_stop(slot, appointment.service, firm)
    with ways_settled([slot.advisor], now=now, added=(slot.advisor, stop)) as blocked:
        for name, value in blocked.items():
            setattr(row, name, value)
        row.save(force_insert=True)
    return row


def send_again(offer: MoveOffer, *, actor: User | None, now: datetime) -> bool:
    """Writes the mail of an open offer once more; false where the last one is younger than `PAUSE`.

    Raises OfferClosed.
    """
    with locked_offer(offer) as (current, appointment):
        if not current.is_open(now=now):
            raise OfferClosed
        mails = OutgoingMail.objects.filter(thread=firm_thread(appointment), kind__in=emails.OFFERS)
        if mails.filter(created_at__gt=now - PAUSE).exists():
            return False
        current.appointment = appointment
        AppointmentEvent.objects.create(
            appointment=appointment, type=AppointmentEvent.Type.OFFERED, at=now, actor=actor
        )
        emails.send_offer(current, current.alternatives.with_places().filter(status=Status.HELD), now=now)
    return True


def accept_offer(offer: MoveOffer, choice: UUID, *, now: datetime) -> Appointment:
    """Moves the appointment to the held time with the uid `choice` and lets the others go, in one transaction.

    The held time is a promise: the rules are not asked again. Once a time is chosen, whatever is chosen after that
    gives the appointment as it is. Raises OfferClosed, SlotNotOffered for a time that is not among them, and what a
    move raises.
    """
    with overlap_is_refused(), locked_offer(offer) as (current, appointment):
        if current.answer == OfferAnswer.ACCEPTED:
            return appointment
        if not current.is_open(now=now):
            raise OfferClosed
        held = current.alternatives.filter(uid=choice, status=Status.HELD).with_places().first()
        if held is None:
            raise SlotNotOffered
        close_offers(appointment, OfferAnswer.ACCEPTED, now=now)
        if current.reason == OfferReason.EARLIER:
            EarlierWish.objects.filter(appointment=appointment).delete()
        return move_to(
            _slot_of(held),
            appointment,
            stop=own_stop(held),
            kind=held.kind,
            sequence=appointment.sequence,
            now=now,
        )


def _slot_of(held: Appointment) -> Slot:
    return Slot(
        start=minute_of(held.starts_at),
        end=minute_of(held.ends_at),
        block_start=minute_of(held.block_start),
        block_end=minute_of(held.block_end),
        advisor=held.advisor_id,
        office=held.office_id,
        office_day=held.office_day_id,
        kinds=frozenset({held.kind}),
    )
