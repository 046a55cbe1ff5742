"""The page of one event: its dates, its place, the way to book, its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation.models import BrandSettings
from foundation.pictures import fetch_renditions, may_be_shown, render_picture
from home.events import lasts_until
from home.models import EventDate, EventPage
from home.selectors import fetch_stream_pictures, funding_at
from home.structured_data import event_dates
from home.wording import span_in_words


@dataclass(frozen=True, slots=True)
class DateShown:
    when: str
    start_iso: str
    is_over: bool


def event_context(page: EventPage, request: HttpRequest, *, now: datetime) -> dict[str, object]:
    """All that the page of an event shows beside its own fields."""
    fetch_stream_pictures(page.body)
    dates = sorted(page.dates.all(), key=lambda each: each.starts_at)
    lasts_until(dates, now)
    address = page.get_full_url(request) or ""
    network = BrandSettings.as_shown().wordmark
    return {
        "dates": [_shown(each, now) for each in dates],
        "is_over": bool(dates) and all(each.ends_at <= now for each in dates),
        "address": address,
        "booking_url": _booking_url(page),
        "calendar_url": reverse("home:event_calendar", args=[page.pk]) if page.pk else "",
        "funding": funding_at(_sponsored_on(dates, now)),
        "structured_data": event_dates(page, dates, address=address, network=network),
        **_picture(page),
    }


def _sponsored_on(dates: Sequence[EventDate], now: datetime) -> date:
    """The day whose sponsors it names: its last one, today until then."""
    return timezone.localdate(min(now, dates[-1].starts_at) if dates else now)


def _shown(each: EventDate, now: datetime) -> DateShown:
    start = timezone.localtime(each.starts_at)
    return DateShown(span_in_words(each.starts_at, each.ends_at), start.isoformat(), each.ends_at <= now)


def _booking_url(page: EventPage) -> str:
    """A day of talks is booked here, time by time."""
    if page.kind != EventPage.Kind.OFFICE_DAY or page.office is None or page.is_cancelled:
        return ""
    if not page.office.is_active:
        return ""
    return f"{reverse('booking:times', args=[page.office.slug])}?{urlencode({'art': 'office_day'})}"


def _picture(page: EventPage) -> dict[str, Any]:
    if not may_be_shown(page.picture):
        return {}
    fetch_renditions([page.picture])
    picture = render_picture(page.picture, "wide", alt=page.picture_alt, lazy=False)
    return {"picture": picture, "credit": page.picture.shown_credit}
