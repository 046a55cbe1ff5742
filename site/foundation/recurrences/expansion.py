"""From a recurrence to the days that it names.

A rule says on which *days* something happens, nothing more. Days are looked at one by one inside the window asked for,
so no rule can cost more than its window: dateutil's expansion, made for moments, runs to the year 9999 where a rule
never matches (FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 takes seconds) and starts at the beginning of the rule each time.
Clock times are put to the days elsewhere, so that no change of the clock can move them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from foundation.recurrences.rules import DayRule
from foundation.recurrences.text import parse

MAX_RULES = 20
"""Rules of one recurrence, exclusions included; the form allows fewer."""

MAX_WINDOW = 11 * 366
"""Days of one expansion."""


@dataclass(frozen=True, slots=True)
class DaySet:
    """Rules and single days, less the excluded ones."""

    rules: tuple[DayRule, ...] = ()
    excluded_rules: tuple[DayRule, ...] = ()
    dates: frozenset[date] = frozenset()
    excluded_dates: frozenset[date] = frozenset()

    def between(self, anchor: date, first: date, last: date) -> tuple[date, ...]:
        found = {day for day in self.dates if max(first, anchor) <= day <= last}
        for rule in self.rules:
            found.update(rule.days(anchor, first, last))
        found -= self.excluded_dates
        for rule in self.excluded_rules:
            if not found:
                break
            found.difference_update(rule.days(anchor, first, last))
        return tuple(sorted(found))


@lru_cache(maxsize=4096)
def days_of(rule_text: str, anchor: date, first: date, last: date) -> tuple[date, ...]:
    """Days from `first` to `last` (both inside) that the rule names, ascending; none lies before `anchor`.

    `anchor` is the day from which the rule holds: it fixes the phase of intervals, counts the repetitions, and decides
    the day where the rule names none. Raises ValueError where the text is no usable rule or the window is too long.
    """
    if last < max(first, anchor) or not rule_text.strip():
        return ()
    if (last - max(first, anchor)).days > MAX_WINDOW:
        raise ValueError("window too long")
    return day_set(rule_text).between(anchor, first, last)


@lru_cache(maxsize=1024)
def day_set(rule_text: str) -> DaySet:
    """The rules of a text as plain values. Raises ValueError."""
    parsed = parse(rule_text)
    if len(parsed.rrules) + len(parsed.exrules) > MAX_RULES:
        raise ValueError("too many rules")
    return DaySet(
        rules=tuple(DayRule.of(rule) for rule in parsed.rrules),
        excluded_rules=tuple(DayRule.of(rule) for rule in parsed.exrules),
        dates=frozenset(moment.date() for moment in parsed.rdates),
        excluded_dates=frozenset(moment.date() for moment in parsed.exdates),
    )
