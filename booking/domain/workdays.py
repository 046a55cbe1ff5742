"""Working days: Monday to Friday without the holidays of an office."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
