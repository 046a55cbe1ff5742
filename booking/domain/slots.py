"""Which times can be booked: what the rules leave over. A slot is never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from booking.domain.caps import Load
from booking.domain.clock import WallClock
from booking.domain.intervals import Interval, merged
from booking.domain.policy import BookingPolicy


@dataclass(frozen=True, slots=True)
class Window:
    """An advisor can be booked on one day from `opens` to `closes` (wall-clock minutes since midnight).

    `services` names the only services that fit; None lets all in. `office_day` is set where the advisor sits in a
    municipality.
    """

    advisor: int
    office: int
    day: date
    opens: int
    closes: int
    kinds: frozenset[str]
    services: frozenset[int] | None = None
    office_day: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be booked: one service, in any of these kinds."""

    service: int
    kinds: frozenset[str]

    def fits(self, window: Window) -> bool:
        return self.fits_kind(window) and self.fits_service(window)

    def fits_kind(self, window: Window) -> bool:
        return not self.kinds.isdisjoint(window.kinds)

    def fits_service(self, window: Window) -> bool:
        return window.services is None or self.service in window.services


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that one advisor could give: [start, end) in minutes since the epoch, and what it would block."""

    start: int
    end: int
    block_start: int
    block_end: int
    advisor: int
    office: int
    office_day: int | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Commitments:
    """What stands against a window.

    `busy`: per advisor, blocked ranges of other appointments, which buffers must not touch either. `absent` (per
    advisor) and `closed` (per office): only the consultation itself must keep clear of them. `holidays`: per office,
    days without any window, with their names; they reach from today to the last day asked for. `counted`: per
    advisor, the starts of the service's appointments that count towards its caps, over whole weeks.
    `inactive_advisors` and `inactive_offices` give no time at all, nor do those `outside_pool` when nobody is named.
    """

    busy: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    absent: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    closed: Mapping[int, Sequence[Interval]] = field(default_factory=dict)
    holidays: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    counted: Mapping[int, Sequence[int]] = field(default_factory=dict)
    inactive_advisors: frozenset[int] = frozenset()
    inactive_offices: frozenset[int] = frozenset()
    outside_pool: frozenset[int] = frozenset()

    def holidays_of(self, office: int) -> Mapping[date, str]:
        return self.holidays.get(office, {})

    def load_of(self, advisor: int, clock: WallClock) -> Load:
        return Load.of(self.counted.get(advisor, ()), clock)


def free_slots(
    windows: Iterable[Window],
    commitments: Commitments,
    policy: BookingPolicy,
    *,
    now: float,
    clock: WallClock,
) -> list[Slot]:
    """All slots of the windows, by start, then advisor.

    Starts lie on the policy's grid, counted on the wall clock from the opening of their window; the consultation
    ends within the window. One sorted sweep per advisor and office: the cost grows with windows and commitments, not
    with their product.
    """
    last_day = clock.local(now)[0] + timedelta(days=policy.horizon_days)
    at_desk: dict[tuple[int, int], list[Window]] = defaultdict(list)
    for window in windows:
        if window.day <= last_day and window.day not in commitments.holidays_of(window.office):
            at_desk[window.advisor, window.office].append(window)
    found: list[Slot] = []
    for (advisor, office), own in at_desk.items():
        if (
            advisor in commitments.inactive_advisors | commitments.outside_pool
            or office in commitments.inactive_offices
        ):
            continue
        load = commitments.load_of(advisor, clock) if policy.is_capped else None
        usable = [window for window in own if load is None or load.leaves_room(policy, window.day)]
        usable.sort(key=lambda window: (window.day, window.opens))
        earliest = policy.earliest(now, commitments.holidays_of(office), clock)
        busy = merged(commitments.busy.get(advisor, ()))
        closed = merged([*commitments.absent.get(advisor, ()), *commitments.closed.get(office, ())])
        found.extend(_sweep(usable, (busy, closed), policy, earliest, clock))
    found.sort(key=lambda slot: (slot.start, slot.advisor))
    return found


def _sweep(
    windows: Sequence[Window],
    against: tuple[list[Interval], list[Interval]],
    policy: BookingPolicy,
    earliest: int,
    clock: WallClock,
) -> Iterator[Slot]:
    busy, closed = (_Ahead(intervals) for intervals in against)
    for window in windows:
        opens = clock.instant(window.day, window.opens)
        closes = clock.instant(window.day, window.closes)
        if closes <= earliest:
            continue
        # Windows come by opening: whatever ended before this one opened matters no more.
        busy.forget_until(opens - policy.buffer_before)
        closed.forget_until(opens)
        for start in _starts(window, opens, closes, policy, clock):
            end = start + policy.duration
            block = (start - policy.buffer_before, end + policy.buffer_after)
            if start < earliest or busy.meets(*block) or closed.meets(start, end):
                continue
            yield Slot(start, end, *block, window.advisor, window.office, window.office_day, window.kinds)


class _Ahead:
    """Disjoint sorted intervals, asked about spans that come in ascending order from the last `forget_until`."""

    __slots__ = ("_at", "_from", "_intervals")

    def __init__(self, intervals: Sequence[Interval]) -> None:
        self._intervals = intervals
        self._from = self._at = 0

    def forget_until(self, minute: int) -> None:
        """Start again with the first interval that reaches beyond `minute`; the minutes never go back."""
        while self._from < len(self._intervals) and self._intervals[self._from][1] <= minute:
            self._from += 1
        self._at = self._from

    def meets(self, start: int, end: int) -> bool:
        while self._at < len(self._intervals) and self._intervals[self._at][1] <= start:
            self._at += 1
        return self._at < len(self._intervals) and self._intervals[self._at][0] < end


def _starts(window: Window, opens: int, closes: int, policy: BookingPolicy, clock: WallClock) -> Iterable[int]:
    """Grid starts of a window from which the consultation still ends in time, ascending."""
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
