"""Passing a time that somebody gave up to the firms that wait, one after the other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.errors import BookingRefused
from booking.domain.waiting import answer_until
from booking.enums import Kind, OfferReason
from booking.models import Appointment, BookingSettings, EarlierWish, FreedTime, MoveOffer
from booking.replacements import Replacement
from booking.selectors import free_times, own_times
from booking.services.offer import offer_times
from booking.services.refresh import refresh_for_booking


def pass_on_freed_times(*, now: datetime) -> list[MoveOffer]:
    """Offers each free time to the next firm, where no other is being asked about it; the offers made.

    It may run twice, late, or in two workers: the row of the time is locked, and names whom it was offered to.
    """
    EarlierWish.objects.of_over(now=now).delete()
    FreedTime.objects.over(now=now).delete()
    minutes = BookingSettings.in_force().minutes_for_earlier
    offers = []
    for time in FreedTime.objects.unasked().select_related("office", "advisor"):
        refresh_for_booking(offices=[time.office], advisor=time.advisor, now=now)
        offers.append(_pass_on(time.pk, minutes, now=now))
    return [offer for offer in offers if offer is not None]


def _pass_on(pk: int, minutes: int, *, now: datetime) -> MoveOffer | None:
    with transaction.atomic():
        freed = FreedTime.objects.open().select_related("office", "advisor").select_for_update(of=("self",))
        time = freed.filter(pk=pk).first()
        if time is None or time.offers.open().exists():
            return None
        until = answer_until(now=minute_of(now), minutes=minutes, start=minute_of(time.starts_at), clock=BERLIN)
        if until is None or _is_booked_again(time) or not (firms := _next_firms(time)):
            time.closed_at = now
            time.save(update_fields=["closed_at"])
            return None
        offers = (_offer(time, wish, until=moment_of(until), now=now) for wish in firms)
        # None: somebody has chosen it at this moment and may still let it go. It is tried again in a minute.
        return next((offer for offer in offers if offer is not None), None)


def _is_booked_again(time: FreedTime) -> bool:
    booked = Appointment.objects.booked().filter(advisor=time.advisor_id)
    return booked.filter(starts_at__lt=time.ends_at, ends_at__gt=time.starts_at).exists()


def _next_firms(time: FreedTime) -> list[EarlierWish]:
    """Those that this time suits and that were not yet asked about it, in their turn. One query."""
    waiting = EarlierWish.objects.waiting(office=time.office_id, after=time.starts_at).in_turn()
    waiting = waiting.exclude(appointment__offers__freed_time=time).exclude(appointment=time.former_id)
    minutes = BERLIN.local(minute_of(time.starts_at))[1]
    return [
        wish
        for wish in waiting.select_related("appointment__service", "appointment__office", "appointment__advisor")
        if wish.suits(minutes) and (not wish.same_advisor or wish.appointment.advisor_id == time.advisor_id)
    ]


def _offer(time: FreedTime, wish: EarlierWish, *, until: datetime, now: datetime) -> MoveOffer | None:
    found = _fitting(time, wish.appointment, now=now)
    if found is None:
        return None
    try:
        offer = offer_times(wish.appointment, reason=OfferReason.EARLIER, until=until, now=now, times=[found], number=1)
    except BookingRefused:
        return None
    if offer.sent_at != now:  # asked about another time by another worker, just now
        return None
    offer.freed_time = time
    offer.save(update_fields=["freed_time"])
    EarlierWish.objects.filter(pk=wish.pk).update(last_offered_at=now)
    return offer


def _fitting(time: FreedTime, appointment: Appointment, *, now: datetime) -> Replacement | None:
    """The first start within the freed time at which the rules give this appointment its own service and duration."""
    day = BERLIN.local(minute_of(time.starts_at))[0]
    slots = free_times(
        appointment.service,
        now=now,
        offices=[time.office],
        kind=appointment.kind,
        advisor=time.advisor,
        first=day,
        last=day,
        own=own_times(appointment),
        minutes=appointment.minutes,
        postcode=appointment.postcode,
    )
    first, end = minute_of(time.starts_at), minute_of(min(time.ends_at, appointment.starts_at))
    starts = (Replacement(slot, Kind(appointment.kind)) for slot in slots if first <= slot.start < end)
    return next(starts, None)
