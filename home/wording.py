"""Times in words, on the wall clock of the site."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def span_in_words(start: datetime, end: datetime) -> str:
    """„Di., 1. Dezember 2026, 10:00 bis 12:30 Uhr“; over midnight with both days."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    day = f"{date_format(start, 'D')}., {date_format(start, 'j. F Y')}"
    if start.date() == end.date():
        return f"{day}, {_clock(start)} bis {_clock(end)} Uhr"
    return f"{day}, {_clock(start)} Uhr, bis {date_format(end, 'D')}., {date_format(end, 'j. F Y')}, {_clock(end)} Uhr"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"
