"""The ways of an advisor's day, kept true whenever a stop comes, goes, or changes its place.

What stands in the database keeps its ways inside its blocked range. A new stop between two others takes the way
between those from them and brings its own: theirs are settled anew, in the transaction of the change and behind the
lock of the advisor. A writer locks advisors before any appointment, and so never waits for one who waits for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from booking.domain.clock import DAY, minute_after, minute_of, moment_of
from booking.domain.errors import FirmTooFar, PlaceUnknown, WayDoesNotFit
from booking.domain.intervals import Interval, meets, overlap
from booking.domain.slots import Slot
from booking.domain.travel import Place, Stop, Tour, Ways, is_within_reach, way, ways_of
from booking.enums import TAKES_TIME
from booking.models import Appointment, Service
from booking.timetable import STOP, stop_of
from offices.models import Office
from offices.postcodes import coordinates


def place_to_visit(office: Office, postcode: str) -> Place:
    """Where a firm lies that an advisor of that office drives to. Raises PlaceUnknown, FirmTooFar."""
    firm, here = coordinates(postcode), coordinates(office.postcode)
    if firm is None:
        raise PlaceUnknown
    if not is_within_reach(here, firm):
        raise FirmTooFar(way(here, firm))
    return firm


def new_stop(slot: Slot, service: Service, firm: Place | None) -> Stop:
    """What taking the slot adds to the advisor's day; `firm` is set for a visit."""
    policy = service.policy
    start, end = slot.start - policy.buffer_before, slot.end + policy.buffer_after
    return Stop(start, end, firm or slot.place, office=slot.place, is_visit=firm is not None)


def _blocked_range(stop: Stop, ways: Ways) -> dict[str, Any]:
    """The fields of an appointment that say what it blocks, and how much of that is driving."""
    return {
        "block_start": moment_of(stop.start - ways.before),
        "block_end": moment_of(stop.end + ways.after),
        "travel_before": ways.before,
        "travel_after": ways.after,
    }


def span_of(appointment: Appointment) -> Interval:
    """The minutes that it blocks, ways included."""
    return minute_of(appointment.block_start), minute_after(appointment.block_end)


@contextmanager
def ways_settled(
    advisors: Collection[int],
    *,
    now: datetime,
    around: Iterable[Interval] = (),
    without: Collection[int] = (),
    added: tuple[int, Stop] | None = None,
) -> Iterator[dict[str, Any]]:
    """Stands around the writing of one change, with the advisors locked. Gives what the `added` stop blocks, as fields.

    `around` are the ranges that become free, `without` the appointments that leave their place. The others give up
    time before the change is written and take it after, so that no two ranges ever meet. Raises WayDoesNotFit where
    the new stop does not leave the ways. One query where nothing ran out and no visit is near.
    """
    spans = [*around, *([added[1][:2]] if added else [])]
    rows = _rows(advisors, spans, now=now, without=without)
    blocked: dict[str, Any] = {}
    changes: list[tuple[_Row, Ways]] = []
    for advisor in advisors:
        own = [row for row in rows if row.advisor == advisor]
        new = added[1] if added and added[0] == advisor else None
        if new and meets(Tour([row.stop for row in own], new).taken(), new[:2]):
            raise WayDoesNotFit
        for row, ways in _settled(own, new):
            if row is None and new is not None:
                blocked = _blocked_range(new, ways)
            elif row and row.ways != ways and any(_is_near(row.stop, span) for span in spans):
                changes.append((row, ways))
    _write((row, Ways(*map(min, row.ways, ways)), row.ways) for row, ways in changes)
    yield blocked
    _write((row, ways, Ways(*map(min, row.ways, ways))) for row, ways in changes)


def settle_ways(advisors: Collection[int], around: Iterable[Interval], *, now: datetime) -> None:
    """Gives the neighbours of what left these ranges the ways that are theirs now; the advisors are locked."""
    with ways_settled(advisors, now=now, around=around):
        pass


def own_stop(appointment: Appointment) -> Stop:
    """What it adds to the advisor's day, as it stands; loaded `with_places`."""
    office_day = appointment.office_day.postcode if appointment.office_day else None
    return stop_of(
        [
            minute_of(appointment.block_start),
            minute_after(appointment.block_end),
            appointment.travel_before,
            appointment.travel_after,
            appointment.kind,
            appointment.postcode,
            appointment.office.postcode,
            office_day,
        ]
    )


def elsewhere(appointment: Appointment, postcode: str, *, now: datetime) -> AbstractContextManager[dict[str, Any]]:
    """The same time at another firm, as `ways_settled`. Raises PlaceUnknown, FirmTooFar, WayDoesNotFit."""
    firm = place_to_visit(appointment.office, postcode)
    return ways_settled(
        [appointment.advisor_id],
        now=now,
        around=[span_of(appointment)],
        without=[appointment.pk],
        added=(appointment.advisor_id, own_stop(appointment)._replace(place=firm)),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """An appointment as it stands: whose it is, its stop, and the ways that it has."""

    pk: int
    advisor: int
    stop: Stop
    ways: Ways


def _rows(
    advisors: Collection[int], spans: Sequence[Interval], *, now: datetime, without: Collection[int]
) -> list[_Row]:
    """What stands within two days of the spans, by the clock. Reservations there that ran out are let go."""
    near = (
        Q(block_start__lt=moment_of(end + 2 * DAY), block_end__gt=moment_of(start - 2 * DAY)) for start, end in spans
    )
    found = (
        Appointment.objects.filter(reduce(or_, near), advisor__in=advisors, status__in=TAKES_TIME)
        .exclude(pk__in=without)
        .values_list("pk", "advisor_id", "hold_expires_at", *STOP)
    )
    rows, run_out = [], []
    for pk, advisor, expires_at, *stop in found:
        if expires_at is not None and expires_at <= now:
            run_out.append(pk)
        else:
            ways = Ways(*stop[STOP.index("travel_before") :][:2])
            rows.append(_Row(pk, advisor, stop_of(stop), ways))
    if run_out:
        Appointment.objects.run_out(now=now).filter(pk__in=run_out).lapse()
    return sorted(rows, key=lambda row: row.stop[:2])


def _settled(rows: list[_Row], new: Stop | None) -> Iterator[tuple[_Row | None, Ways]]:
    """What belongs to each of one advisor's, and (None) to the new stop among them."""
    stops: list[tuple[Stop, _Row | None]] = [(row.stop, row) for row in rows]
    if new:
        stops.append((new, None))
        stops.sort(key=lambda pair: pair[0][:2])
    ways = ways_of([stop for stop, _ in stops])
    return zip((row for _, row in stops), ways, strict=True)


def _is_near(stop: Stop, span: Interval) -> bool:
    """Within a day: all stops that such a one can be next to have been read."""
    return overlap(stop[:2], (span[0] - DAY, span[1] + DAY))


def _write(changes: Iterable[tuple[_Row, Ways, Ways]]) -> None:
    """Gives each row its ways where it has others so far."""
    written = [
        Appointment(pk=row.pk, **_blocked_range(row.stop, ways)) for row, ways, so_far in changes if ways != so_far
    ]
    if written:
        Appointment.objects.bulk_update(written, ["block_start", "block_end", "travel_before", "travel_after"])
