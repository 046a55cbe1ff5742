"""Times to which an appointment could move, the likeliest to suit the firm first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.domain.clock import BERLIN, minute_of, moment_of
from booking.domain.intervals import overlap
from booking.domain.slots import Slot
from booking.enums import Kind, Status
from booking.models import Appointment
from booking.selectors import free_times, own_times
from offices.models import Office
from offices.neighbours import neighbours_of

NEIGHBOURS = 2
NEAR = timedelta(days=14)
"""A time that far from the old one comes after any other means and place within it."""


@dataclass(frozen=True, slots=True)
class Replacement:
    slot: Slot
    kind: Kind


def replacements(
    appointment: Appointment,
    *,
    now: datetime,
    until: datetime,
    stays: Callable[[Appointment], bool] = lambda _: True,
) -> list[Replacement]:
    """Free times after `until` for the same service and duration, one for each start, place and kind; at most nine
    queries.

    First the same office and kind, then phone and video where the firm can be reached so, then the two nearest
    offices; of each the nearest days, and of a day the time of day that is closest to the old one. `stays`
    tells of such a time whether a change that nobody has saved yet would leave it.
    """
    here, places = appointment.office, places_for(appointment)
    free = free_times(
        appointment.service,
        now=now,
        offices=places,
        own=own_times(appointment),
        minutes=appointment.minutes,
        postcode=appointment.postcode,
    )
    earliest = minute_of(until) + 1
    free = [
        slot
        for slot in free
        if slot.start >= earliest and not (slot.advisor == appointment.advisor_id and _stands_in(slot, appointment))
    ]
    wished = Kind(appointment.kind)
    tiers = [(here.pk, wished)]
    tiers += [(here.pk, kind) for kind in _from_afar(appointment) if kind != wished]
    tiers += [(place.pk, wished) for place in places[1:]]
    ranked: list[tuple[bool, int, int, timedelta, Replacement]] = []
    for tier, (office, kind) in enumerate(tiers):
        fitting = [
            slot
            for slot in free
            if slot.office == office and kind in slot.kinds and stays(reserved(Replacement(slot, kind), appointment))
        ]
        for turn, away, slot in _by_nearness(fitting, appointment):
            ranked.append((away > NEAR, tier, turn, away, Replacement(slot, kind)))
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: (*entry[:-1], entry[-1].slot.start))]


def places_for(appointment: Appointment) -> list[Office]:
    """Its own office first, then those next door. One query."""
    here = appointment.office
    return [here, *(neighbour.office for neighbour in neighbours_of(here, limit=NEIGHBOURS))]


def without_overlap(times: Iterable[Replacement]) -> Iterator[Replacement]:
    """Those that can all be held at once, in their order: no advisor twice at a time."""
    found: list[Replacement] = []
    for time in times:
        span = (time.slot.block_start, time.slot.block_end)
        same = (each.slot for each in found if each.slot.advisor == time.slot.advisor)
        if not any(overlap(span, (slot.block_start, slot.block_end)) for slot in same):
            found.append(time)
            yield time


def reserved(time: Replacement, appointment: Appointment) -> Appointment:
    """The row, not yet stored, that holds the time for the appointment."""
    slot = time.slot
    return Appointment(
        status=Status.HELD,
        advisor_id=slot.advisor,
        office_id=slot.office,
        office_day_id=slot.office_day,
        service=appointment.service,
        kind=time.kind,
        course=appointment.course,
        starts_at=moment_of(slot.start),
        ends_at=moment_of(slot.end),
        block_start=moment_of(slot.block_start),
        block_end=moment_of(slot.block_end),
        # The way to a visit depends on it.
        postcode=appointment.postcode if time.kind == Kind.FIRM else "",
    )


def _from_afar(appointment: Appointment) -> list[Kind]:
    """What needs no journey and no answer that the firm has not given, as far as the service has it."""
    kinds = [Kind.PHONE, Kind.VIDEO] if appointment.phone else [Kind.VIDEO]
    return [kind for kind in kinds if kind in appointment.service.kinds]


def _stands_in(slot: Slot, appointment: Appointment) -> bool:
    return overlap(
        (slot.block_start, slot.block_end), (minute_of(appointment.block_start), minute_of(appointment.block_end))
    )


def _by_nearness(slots: list[Slot], appointment: Appointment) -> Iterator[tuple[int, timedelta, Slot]]:
    """Each start with its rank within its day and the distance of the day; whoever advises already gives it first."""
    old_day, old_minutes = BERLIN.local(minute_of(appointment.starts_at))
    starts: dict[int, Slot] = {}
    for slot in slots:
        if slot.start not in starts or slot.advisor == appointment.advisor_id:
            starts[slot.start] = slot
    days: dict[date, list[tuple[int, Slot]]] = defaultdict(list)
    for slot in starts.values():
        day, minutes = BERLIN.local(slot.start)
        days[day].append((abs(minutes - old_minutes), slot))
    for day, found in days.items():
        found.sort(key=lambda each: (each[0], each[1].start))
        for turn, (_, slot) in enumerate(found):
            yield turn, abs(day - old_day), slot
