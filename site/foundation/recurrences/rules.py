"""Rules over days as plain values: what of RFC 5545 makes sense where only days count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import recurrence

FREQUENCIES = (recurrence.YEARLY, recurrence.MONTHLY, recurrence.WEEKLY, recurrence.DAILY)

MAX_COUNT = 1000
MAX_INTERVAL = 1000
MAX_COUNTED_DAYS = 40 * 366
"""A rule with a number of repetitions has to be followed from its beginning; it ends at the latest after 40 years."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """One RRULE. `weekdays` are (weekday, n): 0 = Monday, n-th in the month or year, 0 = each one.

    `positions` (BYSETPOS) choose among the days of one period. `until` is inside.
    """

    frequency: int
    interval: int = 1
    week_start: int = 0
    count: int | None = None
    until: date | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    positions: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rule: recurrence.Rule) -> DayRule:
        """Raises ValueError for whatever days cannot express."""
        if rule.freq not in FREQUENCIES:
            raise ValueError("frequency")
        for name in ("byhour", "byminute", "bysecond", "byyearday", "byweekno"):
            if getattr(rule, name):
                raise ValueError(name)
        if not 1 <= rule.interval <= MAX_INTERVAL:
            raise ValueError("interval")
        if rule.count is not None and not 1 <= rule.count <= MAX_COUNT:
            raise ValueError("count")
        weekdays = frozenset((day.number, day.index or 0) for day in map(recurrence.to_weekday, rule.byday))
        if any(abs(n) > 53 for _, n in weekdays):
            raise ValueError("byday")
        months, month_days = frozenset(rule.bymonth), frozenset(rule.bymonthday)
        if not months <= set(range(1, 13)):
            raise ValueError("bymonth")
        if 0 in month_days or any(abs(number) > 31 for number in month_days):
            raise ValueError("bymonthday")
        positions = frozenset(rule.bysetpos)
        if 0 in positions or any(abs(number) > 366 for number in positions):
            raise ValueError("bysetpos")
        return cls(
            frequency=rule.freq,
            interval=rule.interval,
            week_start=0 if rule.wkst is None else recurrence.to_weekday(rule.wkst).number,
            count=rule.count,
            until=None if rule.until is None else rule.until.date(),
            months=months,
            month_days=month_days,
            weekdays=weekdays,
            positions=positions,
        )

    def days(self, anchor: date, first: date, last: date) -> Iterator[date]:
        """Days of the rule from `first` to `last`, ascending; `anchor` is where it begins and fixes its phase.

        The cost grows with the window; only a rule with a count is followed from its anchor.
        """
        if self.until is not None:
            last = min(last, self.until)
        if self.count is None:
            first = max(first, anchor)
            yield from (day for day in self._from(anchor, first, last) if first <= day <= last)
            return
        last = min(last, date.fromordinal(min(anchor.toordinal() + MAX_COUNTED_DAYS, date.max.toordinal())))
        left = self.count
        for day in self._from(anchor, anchor, last):
            if day < anchor:
                continue
            if day > last or not left:
                return
            left -= 1
            if day >= first:
                yield day

    def _from(self, anchor: date, first: date, last: date) -> Iterator[date]:
        """Days of all periods that meet the window; the outer ones may lie beside it."""
        if last < first:
            return
        position = self._period_of(anchor)
        steps = max(0, (self._period_of(first) - position) // self.interval)
        end = self._period_of(last)
        for period in range(position + steps * self.interval, end + 1, self.interval):
            found = [day for day in self._days_of_period(period) if self._fits(day, anchor)]
            if self.positions:
                chosen = {n - 1 if n > 0 else len(found) + n for n in self.positions}
                found = [day for index, day in enumerate(found) if index in chosen]
            yield from found

    def _period_of(self, day: date) -> int:
        """Number of the year, month, week or day that holds `day`, counted without gaps."""
        if self.frequency == recurrence.YEARLY:
            return day.year
        if self.frequency == recurrence.MONTHLY:
            return day.year * 12 + day.month - 1
        if self.frequency == recurrence.WEEKLY:
            # Ordinal 1 is a Monday.
            return (day.toordinal() - 1 - self.week_start) // 7
        return day.toordinal()

    def _days_of_period(self, period: int) -> Iterator[date]:
        if self.frequency == recurrence.YEARLY:
            for month in range(1, 13):
                if not self.months or month in self.months:
                    yield from _days_of_month(period, month)
        elif self.frequency == recurrence.MONTHLY:
            yield from _days_of_month(period // 12, period % 12 + 1)
        else:
            start = period * 7 + 1 + self.week_start if self.frequency == recurrence.WEEKLY else period
            length = 7 if self.frequency == recurrence.WEEKLY else 1
            for ordinal in range(max(start, 1), min(start + length, date.max.toordinal() + 1)):
                yield date.fromordinal(ordinal)

    def _fits(self, day: date, anchor: date) -> bool:
        months, month_days, weekdays = self.months, self.month_days, self.weekdays
        if not month_days and not weekdays:
            # What the rule leaves open, its beginning decides.
            if self.frequency == recurrence.WEEKLY and day.weekday() != anchor.weekday():
                return False
            if self.frequency <= recurrence.MONTHLY and day.day != anchor.day:
                return False
            if self.frequency == recurrence.YEARLY and not months and day.month != anchor.month:
                return False
        if months and day.month not in months:
            return False
        if month_days and day.day not in month_days and day.day - _length_of_month(day) - 1 not in month_days:
            return False
        return not weekdays or any(day.weekday() == weekday and self._is_nth(day, n) for weekday, n in weekdays)

    def _is_nth(self, day: date, n: int) -> bool:
        if n == 0 or self.frequency > recurrence.MONTHLY:
            return True
        if self.frequency == recurrence.MONTHLY or self.months:
            before, length = day.day - 1, _length_of_month(day)
        else:
            before = day.toordinal() - date(day.year, 1, 1).toordinal()
            length = 366 if _is_leap(day.year) else 365
        return n == (before // 7 + 1 if n > 0 else -((length - 1 - before) // 7 + 1))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length_of_month(day: date) -> int:
    return len(_days_of_month(day.year, day.month))


@lru_cache(maxsize=4096)
def _days_of_month(year: int, month: int) -> tuple[date, ...]:
    start = date(year, month, 1)
    last = 31 if month in {1, 3, 5, 7, 8, 10, 12} else 30
    if month == 2:
        last = 29 if _is_leap(year) else 28
    return tuple(start + timedelta(days=number) for number in range(last))
