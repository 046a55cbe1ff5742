"""Letters to advisors about their own calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from booking.models import BusyCalendar, PushCalendar
from booking.wording import day_and_time
from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue_all
from offices.models import Advisor


def send_calendar_unreadable(calendar: BusyCalendar, *, now: datetime) -> None:
    """Once for each time that it falls silent."""
    context = {
        "facts": [
            {"term": "Kalender", "value": calendar.name},
            {"term": "Zuletzt gelesen", "value": day_and_time(calendar.read_at)},
            {"term": "Was wir hören", "value": calendar.last_error or "Es kam keine Antwort."},
            {"term": "Die letzte Kopie gilt bis", "value": day_and_time(calendar.trusted_until)},
        ],
        "calendars_url": settings.BASE_URL + reverse("busy_calendars"),
    }
    _send(calendar.advisor, "advisor_calendar_unreadable", "Ihr Kalender lässt sich nicht lesen", context, now=now)


def send_push_refused(calendar: PushCalendar, *, now: datetime) -> None:
    """Once for each time that its server turns us away."""
    context = {
        "facts": [{"term": "Kalender", "value": str(calendar)}],
        "calendars_url": settings.BASE_URL + reverse("push_calendar"),
    }
    subject = "Ihre Termine kommen nicht mehr in Ihren Kalender"
    _send(calendar.advisor, "advisor_calendar_refused", subject, context, now=now)


def _send(advisor: Advisor, kind: str, subject: str, context: dict[str, Any], *, now: datetime) -> None:
    """Nothing to an advisor without an address."""
    if not advisor.email:
        return
    context |= {
        "advisor": advisor,
        "brand": BrandSettings.in_force(),
        "sender": advisor.office,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
    letter = Letter(
        kind=kind,
        to=advisor.email,
        subject=subject,
        text=render_to_string(f"emails/booking/{kind}.txt", context),
        html=render_to_string(f"emails/booking/{kind}.html", context),
    )
    enqueue_all([letter], now=now)
