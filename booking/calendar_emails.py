"""Letters to advisors about their own calendars."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from booking.models import BusyCalendar
from booking.wording import day_and_time
from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue_all


def send_calendar_unreadable(calendar: BusyCalendar, *, now: datetime) -> None:
    """Once for each time that it falls silent; nothing to an advisor without an address."""
    advisor = calendar.advisor
    if not advisor.email:
        return
    context = {
        "advisor": advisor,
        "facts": [
            {"term": "Kalender", "value": calendar.name},
            {"term": "Zuletzt gelesen", "value": day_and_time(calendar.read_at)},
            {"term": "Was wir hören", "value": calendar.last_error or "Es kam keine Antwort."},
            {"term": "Die letzte Kopie gilt bis", "value": day_and_time(calendar.trusted_until)},
        ],
        "calendars_url": settings.BASE_URL + reverse("busy_calendars"),
        "brand": BrandSettings.in_force(),
        "sender": advisor.office,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
    letter = Letter(
        kind="advisor_calendar_unreadable",
        to=advisor.email,
        subject="Ihr Kalender lässt sich nicht lesen",
        text=render_to_string("emails/booking/advisor_calendar_unreadable.txt", context),
        html=render_to_string("emails/booking/advisor_calendar_unreadable.html", context),
    )
    enqueue_all([letter], now=now)
