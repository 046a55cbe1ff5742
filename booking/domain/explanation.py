"""Why a time is not offered: every rule that takes it away, from the same values as the free slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from booking.domain.clock import WallClock
from booking.domain.intervals import Interval, merged, overlap
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Wanted, Window


class Rule(Enum):
    """The first ones hold for everybody at an office, those from NO_WINDOW on for one advisor."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    DOUBLED_HOUR = "doubled_hour"
    SERVICE_KIND = "service_kind"
    OFFICE_INACTIVE = "office_inactive"
    HOLIDAY = "holiday"
    CLOSED = "closed"

    NO_WINDOW = "no_window"
    ADVISOR_INACTIVE = "advisor_inactive"
    OUTSIDE_POOL = "outside_pool"
    OTHER_KIND = "other_kind"
    OTHER_SERVICE = "other_service"
    OFF_GRID = "off_grid"
    ENDS_LATE = "ends_late"
    ABSENT = "absent"
    APPOINTMENT = "appointment"
    BUFFER = "buffer"
    CAP_DAY = "cap_day"
    CAP_WEEK = "cap_week"


@dataclass(frozen=True, slots=True)
class Question:
    """A start in minutes since the epoch, at one office, with any of these advisors."""

    start: int
    wanted: Wanted
    office: int
    advisors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One rule that removes the time; for one advisor, or (None) for all."""

    rule: Rule
    advisor: int | None = None


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
    shared = [Obstacle(rule) for rule in _for_everybody(question, commitments, policy, now, clock)]
    day, minutes = clock.local(question.start)
    at_desk: dict[int, list[Window]] = {advisor: [] for advisor in question.advisors}
    for window in windows:
        if window.office == question.office and window.day == day and window.opens <= minutes < window.closes:
            at_desk.get(window.advisor, []).append(window)
    if not at_desk:
        return [*shared, Obstacle(Rule.NO_WINDOW)]
    personal: list[Obstacle] = []
    for advisor, own in sorted(at_desk.items()):
        rules = [
            *_best_window(question, own, policy, clock),
            *_for_advisor(question, advisor, commitments, policy, clock),
        ]
        if not rules:
            return shared
        personal.extend(Obstacle(rule, advisor) for rule in rules)
    return shared + personal


def _for_everybody(
    question: Question, commitments: Commitments, policy: BookingPolicy, now: float, clock: WallClock
) -> Iterator[Rule]:
    day, minutes = clock.local(question.start)
    holidays = commitments.holidays_of(question.office)
    if question.start < now:
        yield Rule.PAST
    elif question.start < policy.earliest(now, holidays, clock):
        yield Rule.NOTICE
    if day > clock.local(now)[0] + timedelta(days=policy.horizon_days):
        yield Rule.HORIZON
    if clock.instant(day, minutes) != question.start:
        yield Rule.DOUBLED_HOUR
    if not question.wanted.kinds:
        yield Rule.SERVICE_KIND
    if question.office in commitments.inactive_offices:
        yield Rule.OFFICE_INACTIVE
    if day in holidays:
        yield Rule.HOLIDAY
    if _meets(commitments.closed.get(question.office, ()), (question.start, question.start + policy.duration)):
        yield Rule.CLOSED


def _best_window(question: Question, windows: Sequence[Window], policy: BookingPolicy, clock: WallClock) -> list[Rule]:
    found = [list(_against_window(question, window, policy, clock)) for window in windows]
    return min(found, key=len, default=[Rule.NO_WINDOW])


def _against_window(question: Question, window: Window, policy: BookingPolicy, clock: WallClock) -> Iterator[Rule]:
    # A service that has no such kind at all is an obstacle for everybody.
    if question.wanted.kinds and not question.wanted.fits_kind(window):
        yield Rule.OTHER_KIND
    if not question.wanted.fits_service(window):
        yield Rule.OTHER_SERVICE
    if (clock.local(question.start)[1] - window.opens) % policy.step:
        yield Rule.OFF_GRID
    if question.start + policy.duration > clock.instant(window.day, window.closes):
        yield Rule.ENDS_LATE


def _for_advisor(
    question: Question, advisor: int, commitments: Commitments, policy: BookingPolicy, clock: WallClock
) -> Iterator[Rule]:
    meeting = (question.start, question.start + policy.duration)
    block = (meeting[0] - policy.buffer_before, meeting[1] + policy.buffer_after)
    busy = commitments.busy.get(advisor, ())
    if advisor in commitments.inactive_advisors:
        yield Rule.ADVISOR_INACTIVE
    if advisor in commitments.outside_pool:
        yield Rule.OUTSIDE_POOL
    if _meets(commitments.absent.get(advisor, ()), meeting):
        yield Rule.ABSENT
    if _meets(busy, meeting):
        yield Rule.APPOINTMENT
    elif _meets(busy, block):
        yield Rule.BUFFER
    load = commitments.load_of(advisor, clock)
    day = clock.local(question.start)[0]
    if load.fills_day(policy, day):
        yield Rule.CAP_DAY
    if load.fills_week(policy, day):
        yield Rule.CAP_WEEK


def _meets(intervals: Iterable[Interval], span: Interval) -> bool:
    return any(overlap(interval, span) for interval in merged(intervals))
