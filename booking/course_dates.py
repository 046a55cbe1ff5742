"""The dates of courses as events of a public calendar.

Where the days and the hours of a course are known, each time that people meet is an event of its own. No rule and no
zone is left to the programs that read it: docs/decisions/course-calendars.md. Else the dates are whole days. Neither
takes anybody's time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from booking.domain.clock import BERLIN, minutes_of, moment_of
from booking.domain.intervals import Interval
from booking.ical.days import PublicDays
from booking.ical.event import CalendarEvent
from courses.models import CourseRun
from courses.seats import seats_in_words

PAST = timedelta(days=60)
"""How far back a calendar reaches (FEED-7)."""
MOST_MEETINGS = 200
"""Events of one date; a course that meets more often is told from its first day to its last one."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """`hours` are None where nobody has named them: then it is whole days, `last` being the last one itself."""

    first: date
    last: date
    hours: Interval | None = None


def meetings(run: CourseRun) -> list[Meeting]:
    """When people meet, ascending; never empty. Days without hours that follow each other are one."""
    days = run.sessions if run.are_sessions_known else ()
    if not 0 < len(days) <= MOST_MEETINGS:
        return [Meeting(run.starts_on, run.ends_on or run.starts_on)]
    timed = [Meeting(day, day, _hours(run, day)) for day in days]
    return timed if all(meeting.hours for meeting in timed) else list(_in_a_row(days))


def that_fit(runs: Sequence[CourseRun], *, dates: int, events: int) -> Sequence[CourseRun]:
    """The first of them that a calendar of so many dates and events holds, each whole; one in any case."""
    left = events
    for number, run in enumerate(runs[:dates]):
        left -= len(meetings(run))
        if left < 0 and number:
            return runs[:number]
    return runs[:dates]


def _hours(run: CourseRun, day: date) -> Interval | None:
    """None also in the hour that is missing once a year, of which nothing would be left."""
    if run.start_time is None or run.end_time is None:
        return None
    start, end = (BERLIN.instant(day, minutes_of(at)) for at in (run.start_time, run.end_time))
    return (start, end) if start < end else None


def _in_a_row(days: tuple[date, ...]) -> Iterator[Meeting]:
    first = last = days[0]
    for day in days[1:]:
        if day - last > timedelta(days=1):
            yield Meeting(first, last)
            first = day
        last = day
    yield Meeting(first, last)


def events_of(
    run: CourseRun, *, today: date, sequence: int, created: datetime, changed: datetime
) -> list[CalendarEvent | PublicDays]:
    """The first has the UID of the date, so that it stays when days or hours become known; the others count on. What
    is said of its seats holds `today`."""
    found = meetings(run)
    course = run.course
    url = f"{settings.BASE_URL}{course.get_url_parts()[2]}"
    place = ", ".join(part for part in (run.venue, run.street, f"{run.postcode} {run.town}".strip()) if part)
    events: list[CalendarEvent | PublicDays] = []
    for number, meeting in enumerate(found, start=1):
        which = f"Kurstag {number} von {len(found)}" if meeting.hours and len(found) > 1 else ""
        part = f"-{number}" if number > 1 else ""
        uid = f"kurs-{run.pk}{part}@{settings.MAIL_DOMAIN}"
        summary, description = f"Kurs: {course.title}", _description(run, url, which, today)
        events.append(
            CalendarEvent(
                uid=uid,
                start=moment_of(meeting.hours[0]),
                end=moment_of(meeting.hours[1]),
                summary=summary,
                description=description,
                location=place,
                url=url,
                sequence=sequence,
                created=created,
                changed=changed,
                status="CONFIRMED",
                is_public=True,
            )
            if meeting.hours
            else PublicDays(uid, meeting.first, meeting.last, summary, description, place, url, sequence, changed)
        )
    return events


def _description(run: CourseRun, url: str, which: str, today: date) -> str:
    seats = seats_in_words(run, today).in_one_line
    lines = (
        which,
        run.times_text and f"Zeiten: {run.times_text}",
        seats[:1].upper() + seats[1:],
        f"Anbieter: {run.course.provider.name}",
        f"Kosten: {run.price_text or run.course.price_text}",
        f"Mehr dazu: {url}",
    )
    return "\n".join(line for line in lines if line)
