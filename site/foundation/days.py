"""Days of the calendar as moments."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def beginning_of(day: date) -> datetime:
    """Midnight on the wall clock of the site, with the offset that holds then."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
