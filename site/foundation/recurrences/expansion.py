"""From a recurrence rule to the days that it names.

A rule says on which *days* something happens, nothing more: it is expanded with naive midnights and UNTIL counts by
date. Clock times are put to the days elsewhere, so that no change of the clock can move them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import recurrence

MAX_DAYS = 5000
"""More days than any rule over a horizon of years names; the bound of a trial expansion."""

_WEEK = timedelta(days=7)


@lru_cache(maxsize=4096)
def days_of(rule_text: str, anchor: date, first: date, last: date) -> tuple[date, ...]:
    """Days from `first` to `last` (both inside) that the rule names, ascending.

    `anchor` fixes the phase of rules with an interval or a count: the first day on which the rule can hold.
    Raises ValueError where the text is no usable rule.
    """
    first = max(first, anchor)
    if last < first or not rule_text.strip():
        return ()
    rule_set = recurrence.deserialize(rule_text, include_dtstart=False)
    rule_set.dtstart = rule_set.dtend = None
    start = _near(rule_set, anchor, first)
    found = rule_set.between(
        datetime.combine(first, time.min),
        datetime.combine(last, time.max),
        inc=True,
        dtstart=datetime.combine(start, time.min),
        cache=False,
    )
    days = sorted({moment.date() for moment in found})
    return tuple(day for day in days if first <= day <= last)


def _near(rule_set: recurrence.Recurrence, anchor: date, first: date) -> date:
    """A start close to `first` that gives the same days: the distance from the start is what an expansion costs."""
    depends_on_phase = any(
        rule.count
        or rule.interval != 1
        or (rule.freq in (recurrence.YEARLY, recurrence.MONTHLY) and not _has_days(rule))
        for rule in (*rule_set.rrules, *rule_set.exrules)
    )
    if depends_on_phase:
        return anchor
    weeks = max(0, (first - anchor).days // 7 - 60)
    return anchor + weeks * _WEEK


def _has_days(rule: recurrence.Rule) -> bool:
    return bool(rule.byday or rule.bymonthday or rule.byyearday or rule.byweekno)
