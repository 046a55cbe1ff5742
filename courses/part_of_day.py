"""When in the day a date takes place, where only its days and hours are known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol

from courses.enums import PartOfDay
from foundation.recurrences.expansion import days_of

_NOON, _MORNING_ENDS, _EVENING_BEGINS, _AFTERNOON_ENDS = time(12), time(13), time(17), time(18)
_FULL_DAY = timedelta(hours=6)
_SATURDAY = 5


class Hours(Protocol):
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def start_time(self) -> time | None: ...
    @property
    def end_time(self) -> time | None: ...
    @property
    def days(self) -> str | None: ...


def part_of_day(run: Hours) -> PartOfDay | None:
    """None where the hours are of no part alone: nothing is guessed. What lies on a weekend whole is of the weekend,
    at whatever hour."""
    if _is_on_weekends(run):
        return PartOfDay.WEEKEND
    if run.start_time is None or run.end_time is None:
        return None
    if _lasting(run.start_time, run.end_time) >= _FULL_DAY:
        return PartOfDay.FULL_DAY
    if run.start_time >= _EVENING_BEGINS:
        return PartOfDay.EVENING
    if run.end_time <= _MORNING_ENDS:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if run.start_time >= _NOON and run.end_time <= _AFTERNOON_ENDS else None


def _is_on_weekends(run: Hours) -> bool:
    """The first day is looked at first: few dates begin on a weekend, and days of a rule take time to find."""
    if run.starts_on.weekday() < _SATURDAY:
        return False
    last = run.ends_on or run.starts_on
    if not run.days:
        return last - run.starts_on <= timedelta(days=1) and last.weekday() >= _SATURDAY
    try:
        days = days_of(run.days, run.starts_on, run.starts_on, last)
    except ValueError:  # no rule that anybody can read
        return False
    return bool(days) and all(day.weekday() >= _SATURDAY for day in days)


def _lasting(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)
