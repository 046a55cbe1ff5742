"""The day the tests run on, the same from first import to last test; the fixture `noon` holds the clock to it."""

from __future__ import annotations

from django.utils import timezone

NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
TODAY = NOON.date()
