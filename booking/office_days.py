"""The days on which an office advises elsewhere, as a public calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from booking.domain.clock import BERLIN, minute_of, minutes_of, moment_of
from booking.domain.intervals import merged
from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.timetable import closed_times, standing_closures
from offices.models import Office, OfficeDay

AHEAD = timedelta(days=180)


def office_days_document(office: Office, *, now: datetime) -> str:
    """The calendar from today on. Two queries. Same data, same bytes (FEED-2)."""
    pieces = feed_document(
        name=f"Sprechtage: {office.name}",
        description="Beratung in Ihrer Nähe",
        events=(_text(event) for event in office_days(office, now=now)),
        refresh=timedelta(days=1),
    )
    return "".join(pieces)


_text = lru_cache(maxsize=2048)(event_text)


def office_days(office: Office, *, now: datetime) -> Iterator[CalendarEvent]:
    """Each day that takes place, series by series. Holidays of the office and days closed as a whole are left out."""
    first = BERLIN.local(minute_of(now))[0]
    last = first + AHEAD
    closed = merged(closed_times(standing_closures(first, last), [office.pk], first, last)[1][office.pk])
    holidays = office.holidays_of(range(first.year, last.year + 1))
    for series in OfficeDay.objects.filter(office=office).running(first).order_by("pk"):
        for day in series.days_between(first, last):
            start, end = (BERLIN.instant(day, minutes_of(at)) for at in (series.start_time, series.end_time))
            if day not in holidays and not any(opens <= start and end <= closes for opens, closes in closed):
                yield _event(office, series, day, moment_of(start), moment_of(end))


def _event(office: Office, series: OfficeDay, day: date, start: datetime, end: datetime) -> CalendarEvent:
    book = f"{settings.BASE_URL}{reverse('booking:times', args=[office.slug])}?art=office_day"
    return CalendarEvent(
        uid=f"sprechtag-{series.pk}-{day:%Y%m%d}@{settings.MAIL_DOMAIN}",
        start=start,
        end=end,
        summary=series.title,
        description="\n".join(line for line in (series.arrival, f"Zeit wählen: {book}") if line),
        location=f"{series.venue}, {series.address_line}",
        url=book,
        # No column counts the changes of a series; minutes rise with each that is not corrected at once.
        sequence=minute_of(series.updated_at),
        created=series.updated_at,
        changed=series.updated_at,
        status="CONFIRMED",
        is_public=True,
    )
