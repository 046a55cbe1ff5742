"""Public holidays of Lower Saxony."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays in law (NFeiertagsG), Reformation Day included."""
    return frozenset(holidays.Germany(subdiv="NI", years=year))


def is_holiday(day: date) -> bool:
    return day in holidays_of(day.year)
