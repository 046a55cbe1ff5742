"""Reserving a time while its form is filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.errors import HoldExpired, SlotNotOffered, SlotTaken, TooManyHolds
from booking.domain.slots import Slot
from booking.enums import Kind, Status
from booking.models import Appointment, BookingSettings, Service
from booking.selectors import slots_at
from booking.services.guard import (
    SecondLook,
    lock_advisors,
    lock_for_visit,
    look_again,
    overlap_is_refused,
    refuse_beyond_cap,
)
from booking.services.travel import new_stop, place_to_visit, settle_ways, span_of, ways_settled
from booking.shares import shares_in_turn
from courses.models import CoursePage
from offices.models import Advisor, Office

LONGEST_HOLD = timedelta(minutes=60)
"""However often it is extended, a reservation ends that long after it was made."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks for: a service at an office, of one kind, at one instant, with anybody or one advisor.

    `minutes` is the duration that was chosen, None the usual one. A visit in the firm needs the postcode among the
    details: it says where the way leads.
    """

    service: Service
    office: Office
    kind: str
    starts_at: datetime
    advisor: Advisor | None = None
    course: CoursePage | None = None
    details: dict[str, Any] = field(default_factory=dict)
    minutes: int | None = None

    @classmethod
    def again(cls, hold: Appointment, *, details: dict[str, Any], advisor: Advisor | None = None) -> Wish:
        """What a reservation was made for, once more."""
        return cls(
            service=hold.service,
            office=hold.office,
            kind=hold.kind,
            starts_at=hold.starts_at,
            advisor=advisor,
            course=hold.course,
            details=details,
            minutes=hold.chosen_minutes,
        )

    @property
    def postcode(self) -> str:
        return str(self.details.get("postcode", ""))

    @property
    def is_in_firm(self) -> bool:
        return self.kind == Kind.FIRM


def hold_time(wish: Wish, *, visit: str, network: str, now: datetime) -> Appointment:
    """Reserves the time for one visit and lets go of what that visit held before.

    The same wish of the same visit gives the same reservation again. Raises SlotTaken, SlotNotOffered, TooManyHolds,
    and PlaceUnknown or FirmTooFar for a visit in a firm that nobody can drive to.
    """
    mine = list(Appointment.objects.of_visit(visit))
    again = _same_hold(wish, mine, now=now)
    if again is not None:
        return again
    try:
        return _hold_anew(wish, mine, visit=visit, network=network, now=now)
    except SlotTaken:
        # Perhaps by this visit itself: a second click that came a moment after the first.
        again = _same_hold(wish, Appointment.objects.of_visit(visit), now=now)
        if again is None:
            raise
        return again


def _hold_anew(wish: Wish, mine: Iterable[Appointment], *, visit: str, network: str, now: datetime) -> Appointment:
    rules = BookingSettings.in_force()
    firm = place_to_visit(wish.office, wish.postcode) if wish.is_in_firm else None
    own = [each for each in mine if each.gives_way]
    for slot in _candidates(wish, own=[hold.pk for hold in own], weeks=rules.fair_weeks, now=now):
        advisors = {slot.advisor, *(hold.advisor_id for hold in own)}
        stop = new_stop(slot, wish.service, firm)
        try:
            with overlap_is_refused(), transaction.atomic():
                lock_for_visit(visit, network, *advisors)
                found = look_again(slot, visit=visit, network=network, now=now)
                if found.visit_has_times:
                    # A second click that waited for the first one finds here what that has done.
                    again = _same_hold(wish, Appointment.objects.of_visit(visit), now=now)
                    if again is not None:
                        return again
                _refuse(found, limit=rules.holds_per_network)
                if found.visit_has_times:
                    Appointment.objects.held_by(visit).let_go()
                refuse_beyond_cap(wish.service, slot, now=now)
                with ways_settled(advisors, now=now, around=map(span_of, own), added=(slot.advisor, stop)) as blocked:
                    fields = blocked | {"visit": visit, "hold_network": network}
                    return _insert(wish, slot, fields, now=now, minutes=rules.hold_minutes)
        except SlotTaken:
            continue
    raise SlotTaken


def _refuse(found: SecondLook, *, limit: int) -> None:
    if found.holds_of_network >= limit:
        raise TooManyHolds(limit)
    if found.is_taken_elsewhere:
        raise SlotTaken


def extend_hold(appointment: Appointment, *, now: datetime) -> Appointment:
    """Begins the reservation's minutes anew, up to `LONGEST_HOLD` in all. Raises HoldExpired.

    What waits for its address to be confirmed has its own, longer time, which stays as it is.
    """
    until = min(now + timedelta(minutes=BookingSettings.in_force().hold_minutes), appointment.created_at + LONGEST_HOLD)
    held = Appointment.objects.filter(pk=appointment.pk, status=Status.HELD, hold_expires_at__gt=now)
    if held.filter(verification_sent_at__isnull=True).update(hold_expires_at=until):
        appointment.hold_expires_at = until
        return appointment
    request = held.with_places().first()
    if request is None:
        raise HoldExpired
    return request


def release_hold(appointment: Appointment, *, now: datetime) -> bool:
    """Gives the time back at once; false where there was nothing left to give.

    What the firm has sent off in another tab stays: that takes `withdraw_request`.
    """
    with transaction.atomic():
        lock_advisors(appointment.advisor_id)
        released = Appointment.objects.filter(pk=appointment.pk, verification_sent_at__isnull=True).let_go()
        if released:
            settle_ways([appointment.advisor_id], [span_of(appointment)], now=now)
    return bool(released)


def _same_hold(wish: Wish, mine: Iterable[Appointment], *, now: datetime) -> Appointment | None:
    """A reservation for another place is another one; once booked, the form may have changed the place."""
    ends_at = wish.starts_at + timedelta(minutes=wish.service.policy_for(wish.minutes).duration)
    wanted = (wish.service.pk, wish.office.pk, wish.kind, wish.starts_at, ends_at)
    for each in mine:
        is_booked = each.status == Status.BOOKED
        if (
            (is_booked or each.is_held_at(now))
            and (each.service_id, each.office_id, each.kind, each.starts_at, each.ends_at) == wanted
            and (wish.advisor is None or each.advisor_id == wish.advisor.pk)
            and (is_booked or not wish.is_in_firm or each.postcode == wish.postcode)
        ):
            return each
    return None


def _candidates(wish: Wish, *, own: Collection[int], weeks: int, now: datetime) -> list[Slot]:
    """Slots of all advisors who could give the time, the one whose turn it is first."""
    offered = partial(
        slots_at,
        wish.service,
        now=now,
        office=wish.office,
        kind=wish.kind,
        starts_at=wish.starts_at,
        advisor=wish.advisor,
        own=own,
        minutes=wish.minutes,
        postcode=wish.postcode,
    )
    slots = offered()
    if not slots:
        raise SlotTaken if offered(regardless=True) else SlotNotOffered
    by_advisor = {slot.advisor: slot for slot in slots}
    if len(by_advisor) == 1:
        return list(by_advisor.values())
    day = BERLIN.local(minute_of(wish.starts_at))[0]
    turns = shares_in_turn(by_advisor, day=day, weeks=weeks, now=now, own=own)
    return [by_advisor[share.advisor] for share in turns]


def _insert(wish: Wish, slot: Slot, fields: dict[str, Any], *, now: datetime, minutes: int) -> Appointment:
    return Appointment.objects.create(
        status=Status.HELD,
        advisor_id=slot.advisor,
        office=wish.office,
        office_day_id=slot.office_day,
        service=wish.service,
        kind=wish.kind,
        course=wish.course,
        starts_at=wish.starts_at,
        ends_at=moment_of(slot.end),
        hold_expires_at=now + timedelta(minutes=minutes),
        created_at=now,
        changed_at=now,
        **fields,
        **wish.details,
    )
