"""When the next mail about new courses is due: at six in the morning, every day or on Mondays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAILY, WEEKLY = "daily", "weekly"
_AT = time(6)
"""In Berlin, where no change of the clock touches this hour."""
_BERLIN = ZoneInfo("Europe/Berlin")
_MONDAY = 0


def next_digest(rhythm: str, after: datetime) -> datetime:
    """The first such moment later than `after`, in UTC: who comes late gets the next one, not what was missed."""
    day = after.astimezone(_BERLIN).date()
    while not _is_due(day, rhythm) or _moment(day) <= after:
        day += timedelta(days=1)
    return _moment(day)


def _is_due(day: date, rhythm: str) -> bool:
    return rhythm == DAILY or day.weekday() == _MONDAY


def _moment(day: date) -> datetime:
    return datetime.combine(day, _AT, _BERLIN).astimezone(UTC)
