"""Working days: Monday to Friday without the holidays of an office."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

END_OF_BUSINESS = 17 * 60
"""Wall-clock minutes since midnight from which a working day is over for whoever asks."""

_ONE = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class BridgeDay:
    """A single working day between free days, and the holiday that it hangs on."""

    day: date
    holiday: str


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def bridge_days(first: date, last: date, holidays: Mapping[date, str]) -> Iterator[BridgeDay]:
    """Working days from `first` to `last` (both inside) whose day before and day after are both free.

    At least one of the two is then a holiday from Monday to Friday. `holidays` reach a day beyond either end.
    """
    day = first
    while day <= last:
        before, after = day - _ONE, day + _ONE
        if is_working_day(day, holidays) and not any(is_working_day(next_to, holidays) for next_to in (before, after)):
            beside = after if after.weekday() < _SATURDAY else before
            yield BridgeDay(day, holidays[beside])
        day += _ONE


def day_of_request(day: date, minutes: int, holidays: Container[date]) -> date:
    """The working day that a request at that time counts for.

    On a working day before END_OF_BUSINESS it is that day; later, and on free days, it is the next working day.
    """
    if is_working_day(day, holidays) and minutes < END_OF_BUSINESS:
        return day
    return working_day_after(day, 1, holidays)


def working_day_after(day: date, number: int, holidays: Container[date]) -> date:
    """The `number`-th working day after `day`, which itself never counts."""
    while number:
        day += _ONE
        number -= is_working_day(day, holidays)
    return day
