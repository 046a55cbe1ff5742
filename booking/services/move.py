"""Giving an appointment another time, and where it is wished another advisor, kind or office."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from functools import partial

from django.db import transaction

from booking import emails
from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.errors import (
    AlreadyCancelled,
    AppointmentChanged,
    AppointmentOver,
    SlotNotOffered,
    SlotTaken,
)
from booking.domain.slots import Slot
from booking.domain.travel import Stop
from booking.enums import Kind, OfferAnswer, Status
from booking.models import Appointment, AppointmentEvent, BookingSettings
from booking.selectors import own_times, slots_at
from booking.services.channels import step_in_mailbox
from booking.services.close_offers import close_offers, offered_advisors
from booking.services.freed import note_freed
from booking.services.guard import lock_advisors, overlap_is_refused, refuse_beyond_cap, refuse_taken_elsewhere
from booking.services.note_push import note_push
from booking.services.travel import new_stop, place_to_visit, span_of, ways_settled
from booking.shares import shares_in_turn
from foundation.models import User
from offices.models import Advisor, Office


def move_appointment(
    appointment: Appointment,
    *,
    starts_at: datetime,
    sequence: int,
    now: datetime,
    actor: User | None = None,
    advisor: Advisor | None = None,
    office: Office | None = None,
    kind: str | None = None,
    details: Mapping[str, str] | None = None,
) -> Appointment:
    """Takes the new time and frees the old one in one transaction; answers and duration stay, the advisor may change.

    `advisor` is the only one wanted; None leaves it to the rules. `office` and `kind` None stay as they are; `details`
    are answers that the new kind needs and the firm had not given.
    `sequence` is the state that the visitor saw: of two moves from one page the second is refused, unless it is the
    same one again, which changes nothing and sends nothing. Raises SlotTaken, SlotNotOffered, AppointmentChanged,
    AlreadyCancelled, AppointmentOver, and for a visit PlaceUnknown or FirmTooFar; then nothing has changed.
    """
    place, means = office or appointment.office, kind or appointment.kind
    postcode = (details or {}).get("postcode", appointment.postcode)
    firm = place_to_visit(place, postcode) if means == Kind.FIRM else None
    own = own_times(appointment)
    offered = partial(
        slots_at,
        appointment.service,
        now=now,
        office=place,
        kind=means,
        starts_at=starts_at,
        advisor=advisor,
        own=own,
        minutes=appointment.minutes,
        postcode=postcode,
    )
    slots = offered()
    if not slots:
        raise SlotTaken if offered(regardless=True) else SlotNotOffered
    for slot in _turns(appointment, slots, starts_at, own=own, now=now):
        try:
            with overlap_is_refused(), transaction.atomic():
                lock_advisors(appointment.advisor_id, slot.advisor, *offered_advisors(appointment))
                refuse_taken_elsewhere(slot)
                return move_to(
                    slot,
                    appointment,
                    stop=new_stop(slot, appointment.service, firm),
                    kind=means,
                    details=details or {},
                    sequence=sequence,
                    now=now,
                    actor=actor,
                )
        except SlotTaken:
            continue
    raise SlotTaken


def _turns(
    appointment: Appointment, slots: list[Slot], starts_at: datetime, *, own: list[int], now: datetime
) -> list[Slot]:
    """Whoever advises already comes first; then whose turn it is."""
    by_advisor = {slot.advisor: slot for slot in slots}
    day = BERLIN.local(minute_of(starts_at))[0]
    weeks = BookingSettings.in_force().fair_weeks
    turns = shares_in_turn(by_advisor, day=day, weeks=weeks, now=now, own=own)
    turns.sort(key=lambda share: share.advisor != appointment.advisor_id)
    return [by_advisor[share.advisor] for share in turns]


def move_to(
    slot: Slot,
    appointment: Appointment,
    *,
    stop: Stop,
    kind: str,
    sequence: int,
    now: datetime,
    details: Mapping[str, str] | None = None,
    actor: User | None = None,
) -> Appointment:
    """Moves to a slot of which the rules are no longer asked. In the caller's transaction, all advisors locked.

    `stop` is what the slot adds to its advisor's day. Whatever else is held for the appointment is let go. Raises what
    `move_appointment` does.
    """
    current = Appointment.objects.locked().get(pk=appointment.pk)
    if current.status == Status.CANCELLED:
        raise AlreadyCancelled
    if current.status != Status.BOOKED or current.starts_at <= now:
        raise AppointmentOver
    is_there = (current.starts_at, current.office_id, current.kind) == (moment_of(slot.start), slot.office, kind)
    if current.sequence == sequence + 1 and is_there:
        return current
    if current.sequence != sequence:
        raise AppointmentChanged
    close_offers(current, OfferAnswer.WITHDRAWN, now=now)
    refuse_beyond_cap(current.service, slot, now=now, own=[current.pk])
    former = copy(current)
    current.advisor_id = slot.advisor
    current.office_id, current.office_day_id, current.kind = slot.office, slot.office_day, kind
    for name, value in (details or {}).items():
        setattr(current, name, value)
    current.starts_at, current.ends_at = moment_of(slot.start), moment_of(slot.end)
    current.sequence += 1
    current.changed_at = now
    step = step_in_mailbox(former.advisor, current.advisor)
    current.sequence_ahead += step or 0
    # Whoever said to come meant the old time.
    current.confirmed_at = None
    with ways_settled(
        {former.advisor_id, slot.advisor},
        now=now,
        around=[span_of(former)],
        without=[current.pk],
        added=(slot.advisor, stop),
    ) as blocked:
        for name, value in blocked.items():
            setattr(current, name, value)
        current.save()
    AppointmentEvent.objects.create(
        appointment=current,
        type=AppointmentEvent.Type.MOVED,
        at=now,
        actor=actor,
        detail=_from_to(former, current),
        former_advisor=former.advisor if former.advisor_id != current.advisor_id else None,
    )
    note_freed(former, now=now)
    emails.send_moved(current, former=former, stays_in_mailbox=step is not None, now=now)
    note_push(current, now=now, former_advisor=former.advisor_id)
    return current


def _from_to(former: Appointment, current: Appointment) -> str:
    """Times, and office and kind where they change; nothing of the firm."""
    detail = f"{former.starts_at:%Y-%m-%dT%H:%MZ} → {current.starts_at:%Y-%m-%dT%H:%MZ}"
    if former.office_id != current.office_id:
        detail += f", {former.office.slug} → {current.office.slug}"
    if former.kind != current.kind:
        detail += f", {former.kind} → {current.kind}"
    return detail[:300]
