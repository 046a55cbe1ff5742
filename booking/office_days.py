"""The days on which an office advises elsewhere, as events of a public calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from booking.domain.clock import BERLIN, minute_of, minutes_of, moment_of
from booking.domain.intervals import Interval, left_of
from booking.ical.event import CalendarEvent
from booking.timetable import closures_of
from offices.models import Office, OfficeDay

AHEAD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of one office day without a break, the `number`-th of that day; closures may divide it."""

    series: OfficeDay
    day: date
    number: int
    hours: Interval


def stretches(office: Office, *, now: datetime) -> Iterator[Stretch]:
    """From today on, series by series, without the office's holidays and what closures take of the hours.

    Two queries.
    """
    first = BERLIN.local(minute_of(now))[0]
    last = first + AHEAD
    closed = closures_of(office, first, last)
    holidays = office.holidays_of(range(first.year, last.year + 1))
    for series in OfficeDay.objects.filter(office=office).running(first).order_by("pk"):
        for day in series.days_between(first, last):
            if day not in holidays:
                start, end = (BERLIN.instant(day, minutes_of(at)) for at in (series.start_time, series.end_time))
                for number, hours in enumerate(left_of((start, end), closed)):
                    yield Stretch(series, day, number, hours)


def event_of(stretch: Stretch, office: Office, *, sequence: int, created: datetime, changed: datetime) -> CalendarEvent:
    series = stretch.series
    book = f"{settings.BASE_URL}{reverse('booking:times', args=[office.slug])}?art=office_day"
    part = f"-{stretch.number + 1}" if stretch.number else ""
    return CalendarEvent(
        uid=f"sprechtag-{series.pk}-{stretch.day:%Y%m%d}{part}@{settings.MAIL_DOMAIN}",
        start=moment_of(stretch.hours[0]),
        end=moment_of(stretch.hours[1]),
        summary=series.title,
        description="\n".join(line for line in (series.arrival, f"Zeit wählen: {book}") if line),
        location=f"{series.venue}, {series.address_line}",
        url=book,
        sequence=sequence,
        created=created,
        changed=changed,
        status="CONFIRMED",
        is_public=True,
    )
