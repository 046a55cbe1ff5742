"""Weeks as people write them where a day belongs: „ab KW 42“, „42. KW 2026“, „KW 42–44“."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from courses.catalogue.values.errors import NotUnderstood

_NAME = r"(?:KW|Kalenderwochen?)"
_WEEKS = re.compile(
    rf"\s*(?:(?:ab|in(?:\s+der)?|von|beginn|start)\s*:?\s+)?"
    rf"(?:{_NAME}\s?(?P<first>\d{{1,2}})(?:\s?(?:[-–—]|bis)\s?(?:{_NAME}\s?)?(?P<last>\d{{1,2}}))?"
    rf"|(?P<first_before>\d{{1,2}})\.?(?:\s?(?:[-–—]|bis)\s?(?P<last_before>\d{{1,2}})\.?)?\s?{_NAME})"
    r"(?:\s?[/,]?\s?(?P<year>20\d\d))?[\s,;]*",
    re.IGNORECASE,
)
_WORKING_WEEK = timedelta(days=4)


def weeks_in(text: str, *, year: int | None, earliest: date) -> tuple[date, date] | None:
    """Monday of the week, twice, or Monday and Friday where there are several; None where anything else stands there.
    Without a year the next such week counts from `earliest`. Raises NotUnderstood."""
    found = _WEEKS.fullmatch(text)
    if not found:
        return None
    first, last = (found[group] or found[f"{group}_before"] for group in ("first", "last"))
    said = int(found["year"]) if found["year"] else year
    monday = _monday(said, int(first)) if said else _next_monday(int(first), earliest)
    if not last:
        return monday, monday
    begins = monday.isocalendar()
    return monday, _monday(begins.year + (int(last) < begins.week), int(last)) + _WORKING_WEEK


def _monday(year: int, week: int) -> date:
    """As ISO 8601 counts weeks."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise NotUnderstood("Diese Woche gibt es im Kalender nicht.") from error


def _next_monday(week: int, earliest: date) -> date:
    """Not every year has a week 53."""
    for year in range(earliest.year, earliest.year + 8):
        with suppress(NotUnderstood):
            if (monday := _monday(year, week)) >= earliest:
                return monday
    raise NotUnderstood("Diese Woche gibt es im Kalender nicht.")
