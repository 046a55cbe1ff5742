"""What the site keeps about orders under an address, in German words (Art. 15 DSGVO)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from home.alerts.searches import EVERYTHING
from home.models import CourseAlert


def alert_documents(email: str) -> list[dict[str, str]]:
    """One query."""
    found = CourseAlert.objects.filter(subscriber__email=email.lower()).select_related("subscriber").order_by("pk")
    return [
        {
            "Suche": alert.words or EVERYTHING,
            "bestellt": _time(alert.created_at),
            "bestätigt": _time(alert.confirmed_at) if alert.confirmed_at else "",
            "Rhythmus": alert.subscriber.get_rhythm_display(),
        }
        for alert in found
    ]


def _time(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
