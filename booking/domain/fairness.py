"""Who of several free advisors gets the appointment: whoever has given the fewest for the days of work there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from booking.domain.workdays import is_working_day


class Reason(Enum):
    """What made somebody the next one."""

    ONLY = "only"
    LEAST = "least"
    LONGEST_AGO = "longest_ago"
    NUMBER = "number"
    NOBODY_THERE = "nobody_there"


@dataclass(frozen=True, slots=True)
class Presence:
    """Working days of a period: how many somebody was there, and how many on leave."""

    present: int
    leave: int


@dataclass(frozen=True, slots=True)
class Share:
    """What an advisor has given in the period, and how many days there were to give it.

    `share_percent` is the part of a full post. `last_given` is when the latest of these appointments was given, in
    minutes since the epoch; None for somebody who has given none.
    """

    advisor: int
    given: int
    presence: Presence
    share_percent: int = 100
    last_given: int | None = None

    @property
    def quotient(self) -> Fraction | None:
        """Appointments for each working day of a full post; None for somebody who was never there."""
        if not self.presence.present:
            return None
        return Fraction(100 * self.given, self.share_percent * self.presence.present)


def period_around(day: date, weeks: int) -> tuple[date, date]:
    """First and last day, both inside, of the weeks that lie around a day; one week is the day's own seven."""
    first = day - timedelta(days=weeks * 7 // 2)
    return first, first + timedelta(days=weeks * 7 - 1)


def presence(first: date, last: date, *, free: Container[date], leave: Container[date], since: date | None) -> Presence:
    """Working days from `first` to `last`, both inside.

    `free` are holidays and closing days of the office, `leave` the whole days on which the advisor is away. Days
    before `since`, the first on which the advisor could be booked, are neither: whoever is new starts with few days,
    therefore soon with as high a quotient as the others, and is not given all that comes. None: never bookable.
    """
    if since is None:
        return Presence(0, 0)
    start = max(first, since)
    days = (start + timedelta(days=number) for number in range((last - start).days + 1))
    working = [day for day in days if is_working_day(day, free)]
    away = sum(day in leave for day in working)
    return Presence(len(working) - away, away)


def fair_order(shares: Iterable[Share]) -> list[Share]:
    """The smallest quotient first, whoever was never there last.

    Equal ones go by the longest time since the last appointment was given (none at all is longest), then by number,
    so that the order can be foretold.
    """
    return sorted(shares, key=_turn)


def _turn(share: Share) -> tuple[bool, Fraction, bool, int, int]:
    quotient = share.quotient
    return (
        quotient is None,
        quotient or Fraction(),
        share.last_given is not None,
        share.last_given or 0,
        share.advisor,
    )


def reason_of(order: Sequence[Share]) -> Reason:
    """Why the first of a fair order is the first. Raises IndexError for an empty order."""
    first = order[0]
    if first.quotient is None:
        return Reason.NOBODY_THERE
    if len(order) == 1:
        return Reason.ONLY
    second = order[1]
    if first.quotient != second.quotient:
        return Reason.LEAST
    return Reason.LONGEST_AGO if first.last_given != second.last_given else Reason.NUMBER
