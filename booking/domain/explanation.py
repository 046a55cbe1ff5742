"""Why a time is not offered: every rule that takes it away, from the same values as the free slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from booking.domain.clock import WallClock
from booking.domain.intervals import Interval, meets, merged
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Wanted, Window
from booking.domain.travel import Place, Stop, Tour, is_within_reach


class Rule(Enum):
    """The first ones hold for everybody at an office, those from NO_WINDOW on for one advisor."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    DOUBLED_HOUR = "doubled_hour"
    SERVICE_KIND = "service_kind"
    PLACE_UNKNOWN = "place_unknown"
    TOO_FAR = "too_far"
    OFFICE_INACTIVE = "office_inactive"
    HOLIDAY = "holiday"
    CLOSED = "closed"

    NO_WINDOW = "no_window"
    OFFICE_DAY_INACTIVE = "office_day_inactive"
    ADVISOR_INACTIVE = "advisor_inactive"
    OUTSIDE_POOL = "outside_pool"
    OTHER_KIND = "other_kind"
    OTHER_SERVICE = "other_service"
    OFF_GRID = "off_grid"
    ENDS_LATE = "ends_late"
    CALENDAR_UNREADABLE = "calendar_unreadable"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    APPOINTMENT = "appointment"
    BUFFER = "buffer"
    TRAVEL = "travel"
    CAP_DAY = "cap_day"
    CAP_WEEK = "cap_week"


@dataclass(frozen=True, slots=True)
class Question:
    """A start in minutes since the epoch, at one office, with any of these advisors.

    For a visit in the firm `firm` is where that lies, None where it is not known, and `place` where the office is.
    """

    start: int
    wanted: Wanted
    office: int
    advisors: frozenset[int]
    is_visit: bool = False
    firm: Place | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One rule that removes the time; for one advisor, or (None) for all. `window` is the one whose own rule it is."""

    rule: Rule
    advisor: int | None = None
    window: Window | None = None


def explain(
    question: Question,
    windows: Iterable[Window],
    commitments: Commitments,
    policy: BookingPolicy,
    *,
    now: float,
    clock: WallClock,
) -> list[Obstacle]:
    """Empty exactly when `free_slots` has that start, at that office, for one of these advisors.

    Of several windows of an advisor that hold the time, the one with the fewest obstacles speaks. What stands
    against single advisors is no obstacle as soon as one of them is free.
    """
    case = _Case(question, commitments, policy, clock)
    shared = [Obstacle(rule) for rule in case.for_everybody(now)]
    day, minutes = clock.local(question.start)
    at_desk: dict[int, list[Window]] = {advisor: [] for advisor in question.advisors}
    for window in windows:
        if window.office == question.office and window.day == day and window.opens <= minutes < window.closes:
            at_desk.get(window.advisor, []).append(window)
    if not at_desk:
        return [*shared, Obstacle(Rule.NO_WINDOW)]
    personal: list[Obstacle] = []
    for advisor, own in sorted(at_desk.items()):
        found = case.with_best_window(advisor, own)
        if not found:
            return shared
        personal.extend(found)
    return shared + personal


@dataclass(frozen=True, slots=True)
class _Case:
    """The question, and all that it is judged by."""

    question: Question
    commitments: Commitments
    policy: BookingPolicy
    clock: WallClock

    @property
    def meeting(self) -> Interval:
        return self.question.start, self.question.start + self.policy.duration

    @property
    def block(self) -> Interval:
        """The meeting with its buffers."""
        start, end = self.meeting
        return start - self.policy.buffer_before, end + self.policy.buffer_after

    def for_everybody(self, now: float) -> Iterator[Rule]:
        question = self.question
        day, minutes = self.clock.local(question.start)
        holidays = self.commitments.holidays_of(question.office)
        if question.start < now:
            yield Rule.PAST
        elif question.start < self.policy.earliest(now, holidays, self.clock):
            yield Rule.NOTICE
        if day > self.clock.local(now)[0] + timedelta(days=self.policy.horizon_days):
            yield Rule.HORIZON
        if self.clock.instant(day, minutes) != question.start:
            yield Rule.DOUBLED_HOUR
        if not question.wanted.kinds:
            yield Rule.SERVICE_KIND
        yield from self._against_firm()
        if question.office in self.commitments.inactive_offices:
            yield Rule.OFFICE_INACTIVE
        if day in holidays:
            yield Rule.HOLIDAY
        if meets(merged(self.commitments.closed.get(question.office, ())), self.meeting):
            yield Rule.CLOSED

    def _against_firm(self) -> Iterator[Rule]:
        firm = self.question.firm
        if self.question.is_visit and firm is None:
            yield Rule.PLACE_UNKNOWN
        if firm is not None and not is_within_reach(self.question.place, firm):
            yield Rule.TOO_FAR

    def with_best_window(self, advisor: int, windows: Sequence[Window]) -> list[Obstacle]:
        """Against the advisor in the window with the fewest obstacles; where that is, decides on the ways."""
        found = [
            [
                *(Obstacle(rule, advisor, window) for rule in self._against_window(window)),
                *(Obstacle(rule, advisor) for rule in self._against_advisor(advisor, window.place)),
            ]
            for window in windows
        ]
        alone = [Rule.NO_WINDOW, *self._against_advisor(advisor, self.question.place)]
        return min(found, key=len, default=[Obstacle(rule, advisor) for rule in alone])

    def _against_window(self, window: Window) -> Iterator[Rule]:
        question = self.question
        if window.office_day in self.commitments.inactive_office_days:
            yield Rule.OFFICE_DAY_INACTIVE
        # A service that has no such kind at all is an obstacle for everybody.
        if question.wanted.kinds and not question.wanted.fits_kind(window):
            yield Rule.OTHER_KIND
        if not question.wanted.fits_service(window):
            yield Rule.OTHER_SERVICE
        if (self.clock.local(question.start)[1] - window.opens) % self.policy.step:
            yield Rule.OFF_GRID
        if self.meeting[1] > self.clock.instant(window.day, window.closes):
            yield Rule.ENDS_LATE

    def _against_advisor(self, advisor: int, place: Place | None) -> Iterator[Rule]:
        if advisor in self.commitments.inactive_advisors:
            yield Rule.ADVISOR_INACTIVE
        if advisor in self.commitments.outside_pool:
            yield Rule.OUTSIDE_POOL
        if advisor in self.commitments.unreadable:
            yield Rule.CALENDAR_UNREADABLE
        if meets(merged(self.commitments.absent.get(advisor, ())), self.meeting):
            yield Rule.ABSENT
        if meets(merged(self.commitments.elsewhere.get(advisor, ())), self.meeting):
            yield Rule.ELSEWHERE
        yield from self._in_the_way(self.commitments.busy.get(advisor, ()), self.commitments.away(advisor), place)
        load = self.commitments.load_of(advisor, self.clock)
        day = self.clock.local(self.question.start)[0]
        if load.fills_day(self.policy, day):
            yield Rule.CAP_DAY
        if load.fills_week(self.policy, day):
            yield Rule.CAP_WEEK

    def _in_the_way(self, stops: Sequence[Stop], absent: Sequence[Interval], place: Place | None) -> Iterator[Rule]:
        """What is hit first: the consultation itself, then its buffers, then the ways."""
        taken = merged((stop.start, stop.end) for stop in stops)
        tour = Tour.around(stops, place=place, firm=self.question.firm)
        if meets(taken, self.meeting):
            yield Rule.APPOINTMENT
        elif meets(taken, self.block):
            yield Rule.BUFFER
        elif meets(tour.taken(), self.block) or any(meets(absent, drive) for drive in tour.drives(*self.block)):
            yield Rule.TRAVEL
