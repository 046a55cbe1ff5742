"""Which times can be booked: what the rules leave over. A slot is never stored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from booking.domain.caps import Load
from booking.domain.clock import WallClock
from booking.domain.intervals import Interval, meets, merged
from booking.domain.policy import BookingPolicy
from booking.domain.travel import Place, Stop, Tour, Visit, is_within_reach


class Window(NamedTuple):
    """An advisor can be booked on one day from `opens` to `closes` (wall-clock minutes since midnight).

    `services` names the only services that fit; None lets all in. `office_day` is set where the advisor sits in a
    municipality, else `rule` where the window stands in a rule. `place` is where the advisor sits; from there visits
    set out. A tuple, since there are hundreds; see `Slot`.
    """

    advisor: int
    office: int
    day: date
    opens: int
    closes: int
    kinds: frozenset[str]
    services: frozenset[int] | None = None
    office_day: int | None = None
    place: Place | None = None
    rule: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be booked: one service, in any of these kinds."""

    service: int
    kinds: frozenset[str]

    def of(self, windows: Iterable[Window]) -> list[Window]:
        """The windows that fit, with none but the wanted kinds."""
        return [
            window if window.kinds <= self.kinds else window._replace(kinds=window.kinds & self.kinds)
            for window in windows
            if self.fits(window)
        ]

    def fits(self, window: Window) -> bool:
        return self.fits_kind(window) and self.fits_service(window)

    def fits_kind(self, window: Window) -> bool:
        return not self.kinds.isdisjoint(window.kinds)

    def fits_service(self, window: Window) -> bool:
        return window.services is None or self.service in window.services


class Slot(NamedTuple):
    """A time that one advisor could give: [start, end) in minutes since the epoch, and what it would block.

    The block has the buffers and, of a visit, the ways that belong to it (see `travel.ways_of`). `place` is where the
    advisor sits.
    A tuple, since there are thousands: a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int
    block_start: int
    block_end: int
    advisor: int
    office: int
    office_day: int | None
    kinds: frozenset[str]
    place: Place | None = None


_START, _ADVISOR = (Slot._fields.index(name) for name in ("start", "advisor"))
_END = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Commitments:
    """What stands against a window.

    `busy`: per advisor, the other appointments with their buffers, which buffers and ways must not touch either; they
    do not overlap. `absent` (per advisor) and `closed` (per office): only the consultation itself must keep clear of
    them, and of absences also the ways of a visit. `elsewhere` (per advisor) is what the advisor's own calendar has;
    it counts like an absence. `holidays`: per office,
    days without any window, with their names; they reach from today to the last day asked for. `counted`: per
    advisor, the starts of the service's appointments that count towards its caps, over whole weeks.
    `inactive_advisors`, `inactive_offices` and `inactive_office_days` give no time at all, nor do those `outside_pool`
    when nobody is named, nor the `unreadable`, whose own calendar has not been read for too long.
    """

    busy: Mapping[int, Sequence[Stop]] = field(default_factory=dict)
    absent: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    elsewhere: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    closed: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    holidays: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    counted: Mapping[int, Sequence[int]] = field(default_factory=dict)
    inactive_advisors: frozenset[int] = frozenset()
    inactive_offices: frozenset[int] = frozenset()
    inactive_office_days: frozenset[int] = frozenset()
    outside_pool: frozenset[int] = frozenset()
    unreadable: frozenset[int] = frozenset()

    def away(self, advisor: int) -> list[Interval]:
        """When the advisor is absent or taken elsewhere, as disjoint intervals."""
        return merged([*self.absent.get(advisor, ()), *self.elsewhere.get(advisor, ())])

    def holidays_of(self, office: int) -> Mapping[date, str]:
        return self.holidays.get(office, {})

    def take_place(self, window: Window) -> bool:
        """Whether there are consultations in that window at all, whoever gives them."""
        return window.day not in self.holidays_of(window.office) and window.office_day not in self.inactive_office_days

    def load_of(self, advisor: int, clock: WallClock) -> Load:
        return Load.of(self.counted.get(advisor, ()), clock)


def free_slots(
    windows: Iterable[Window],
    commitments: Commitments,
    policy: BookingPolicy,
    *,
    now: float,
    clock: WallClock,
    visit: Visit | None = None,
) -> list[Slot]:
    """All slots of the windows, by start, then advisor.

    Starts lie on the policy's grid, counted on the wall clock from the opening of their window; the consultation
    ends within the window. Per advisor and place free stretches are cut out of the grid: the cost grows with windows
    and commitments, not with their product.
    With `visit` its kind has slots of its own, which leave the ways to the firm and from there, and none where the
    firm's place is unknown or too far away. Without it no slot is held for a visit.
    """
    found = [
        slot
        for against, window, starts in _free_starts(windows, commitments, policy, now=now, clock=clock, visit=visit)
        for slot in against.slots_at(starts, window, policy)
    ]
    found.sort(key=itemgetter(_START, _ADVISOR))
    return found


def free_starts(
    windows: Iterable[Window], commitments: Commitments, policy: BookingPolicy, *, now: float, clock: WallClock
) -> Iterator[tuple[Window, Sequence[int]]]:
    """Where `free_slots` has slots, without making them: ascending starts of a window, perhaps in several pieces.

    Not for visits, of which each start has ways of its own.
    """
    for _, window, starts in _free_starts(windows, commitments, policy, now=now, clock=clock, visit=None):
        yield window, starts


class _Desk(NamedTuple):
    """An advisor at one place, and the firm where the windows are for visits."""

    advisor: int
    office: int
    place: Place | None
    firm: Place | None = None


def _desks(window: Window, visit: Visit | None) -> Iterator[tuple[_Desk, Window]]:
    """The window as it is for visits, and as it is for all else."""
    desk = _Desk(window.advisor, window.office, window.place)
    if visit is None or visit.kind not in window.kinds:
        yield desk, window
        return
    if len(window.kinds) > 1:
        yield desk, window._replace(kinds=window.kinds - {visit.kind})
    if visit.place is not None and is_within_reach(window.place, visit.place):
        yield desk._replace(firm=visit.place), window._replace(kinds=frozenset({visit.kind}))


@dataclass(frozen=True, slots=True)
class _Against:
    """What the slots of a desk must keep clear of; `tour` and `absent` only for visits, which have ways."""

    busy: list[Interval]
    closed: list[Interval]
    tour: Tour | None
    absent: list[Interval]

    @classmethod
    def of(cls, desk: _Desk, commitments: Commitments) -> _Against:
        absent = commitments.away(desk.advisor)
        tour = Tour.around(commitments.busy.get(desk.advisor, ()), place=desk.place, firm=desk.firm)
        return cls(
            tour.taken(),
            merged([*absent, *commitments.closed.get(desk.office, ())]),
            tour if desk.firm is not None else None,
            absent,
        )

    def barred(self, policy: BookingPolicy) -> list[Interval]:
        """The starts that cannot be: the buffers would touch what is busy, or the consultation what is closed."""
        before_busy, before_closed = policy.duration + policy.buffer_after, policy.duration
        return merged(
            [
                *[(start - before_busy + 1, end + policy.buffer_before) for start, end in self.busy],
                *[(start - before_closed + 1, end) for start, end in self.closed],
            ]
        )

    def slots_at(self, starts: Iterable[int], window: Window, policy: BookingPolicy) -> list[Slot]:
        """The slots that begin at these free starts; for a visit only those whose ways meet no absence."""
        length, before, after = policy.duration, policy.buffer_before, policy.duration + policy.buffer_after
        advisor, office, office_day = window.advisor, window.office, window.office_day
        kinds, place = window.kinds, window.place
        slots = [
            Slot(start, start + length, start - before, start + after, advisor, office, office_day, kinds, place)
            for start in starts
        ]
        if self.tour is None:
            return slots
        blocks = ((slot, self._with_ways(self.tour, slot.block_start, slot.block_end)) for slot in slots)
        return [slot._replace(block_start=block[0], block_end=block[1]) for slot, block in blocks if block is not None]

    def _with_ways(self, tour: Tour, start: int, end: int) -> Interval | None:
        """None where the ways meet an absence."""
        there, back = tour.drives(start, end)
        if meets(self.absent, there) or meets(self.absent, back):
            return None
        return there[0], back[1]


def _free_starts(
    windows: Iterable[Window],
    commitments: Commitments,
    policy: BookingPolicy,
    *,
    now: float,
    clock: WallClock,
    visit: Visit | None,
) -> Iterator[tuple[_Against, Window, Sequence[int]]]:
    """Stretches of the grid of a window that neither appointments nor closures, notice, caps or horizon take."""
    last_day = clock.local(now)[0] + timedelta(days=policy.horizon_days)
    at_desk: dict[_Desk, list[Window]] = defaultdict(list)
    for window in windows:
        if window.day <= last_day and commitments.take_place(window):
            for desk, part in _desks(window, visit):
                at_desk[desk].append(part)
    for desk, own in at_desk.items():
        if (
            desk.advisor in commitments.inactive_advisors | commitments.outside_pool | commitments.unreadable
            or desk.office in commitments.inactive_offices
        ):
            continue
        load = commitments.load_of(desk.advisor, clock) if policy.is_capped else None
        against = _Against.of(desk, commitments)
        barred = against.barred(policy)
        earliest = policy.earliest(now, commitments.holidays_of(desk.office), clock)
        for window in own:
            if load is None or load.leaves_room(policy, window.day):
                for starts in _clear_of(barred, _starts(window, policy, clock), earliest):
                    yield against, window, starts


def _clear_of(barred: Sequence[Interval], starts: Sequence[int], earliest: int) -> Iterator[Sequence[int]]:
    """What the disjoint sorted intervals leave of ascending starts: sliced, since there are far more starts."""
    at = bisect_left(starts, earliest)
    if at == len(starts):
        return
    number = bisect_right(barred, starts[at], key=_END)
    while at < len(starts) and number < len(barred):
        begins, ends = barred[number]
        until = bisect_left(starts, begins, at)
        if at < until:
            yield starts[at:until]
        at = bisect_left(starts, ends, until)
        number += 1
    if at < len(starts):
        yield starts[at:]


def _starts(window: Window, policy: BookingPolicy, clock: WallClock) -> Sequence[int]:
    """Grid starts of a window from which the consultation still ends in time, ascending."""
    opens, closes = clock.instant(window.day, window.opens), clock.instant(window.day, window.closes)
    if not clock.changes_on(window.day):
        return range(opens, closes - policy.duration + 1, policy.step)
    # On a day with a change of the clock the grid is that of the wall clock: nothing starts in the missing hour,
    # and of the doubled hour only the first pass counts.
    starts = (
        clock.instant(window.day, minutes)
        for minutes in range(window.opens, window.closes, policy.step)
        if clock.shows(window.day, minutes)
    )
    return [start for start in starts if start + policy.duration <= closes]
