"""Days of the demo content, counted from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
import recurrence

MO, TU, WE, TH, FR, SA, SU = range(7)


@dataclass(frozen=True, slots=True)
class LoadDay:
    """The day of loading, and the days that the content names by their distance from it."""

    today: date

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    def day(self, weeks: int, weekday: int, span: int = 1) -> date:
        """That weekday, so many weeks after the week of loading.

        Moves on by whole weeks while one of the `span` days is a holiday or lies at the turn of the year.
        """
        day = self.plain_day(weeks, weekday)
        while any(_is_closed(day + timedelta(days=number)) for number in range(span)):
            day += timedelta(days=7)
        return day

    def plain_day(self, weeks: int, weekday: int) -> date:
        """The same, whatever day it is."""
        return self.monday + timedelta(weeks=weeks, days=weekday)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def noon_ago(self, days: int) -> datetime:
        return datetime.combine(self.ago(days), time(12), ZoneInfo("Europe/Berlin"))

    def next_christmas_eve(self) -> date:
        """24 December of this year, of the next one once that is over."""
        eve = date(self.today.year, 12, 24)
        return eve if eve >= self.today else eve.replace(year=self.today.year + 1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which days something recurs.

    `phase` moves the first week of a rule by whole weeks, so that two rules with an interval can take turns;
    `skipped` names single days that fall out, as (weeks ahead, weekday).
    """

    rule: recurrence.Rule
    phase: int = 0
    skipped: tuple[tuple[int, int], ...] = ()

    def starting(self, clock: LoadDay) -> date:
        return clock.monday - timedelta(weeks=4 + self.phase)

    def days(self, clock: LoadDay) -> recurrence.Recurrence:
        skipped = [datetime.combine(clock.plain_day(weeks, weekday), time.min) for weeks, weekday in self.skipped]
        return recurrence.Recurrence(rrules=[self.rule], exdates=skipped, include_dtstart=False)


def weekly(*weekdays: int, skipped: tuple[tuple[int, int], ...] = ()) -> Rhythm:
    return Rhythm(_rule(recurrence.WEEKLY, weekdays), skipped=skipped)


def every_second_week(*weekdays: int, phase: int = 0) -> Rhythm:
    return Rhythm(_rule(recurrence.WEEKLY, weekdays, interval=2), phase=phase)


def monthly(weekday: int, *positions: int) -> Rhythm:
    """For example the first Tuesday (TU, 1) or the last Thursday (TH, -1) of each month."""
    day = recurrence.to_weekday(weekday)
    return Rhythm(recurrence.Rule(recurrence.MONTHLY, byday=[day(position) for position in positions]))


def _rule(frequency: int, weekdays: tuple[int, ...], interval: int = 1) -> recurrence.Rule:
    return recurrence.Rule(frequency, interval=interval, byday=[recurrence.to_weekday(day) for day in weekdays])


def _is_closed(day: date) -> bool:
    return day in _public_holidays(day.year) or (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 6)


@lru_cache
def _public_holidays(year: int) -> holidays.HolidayBase:
    return holidays.Germany(subdiv="NI", years=year)
