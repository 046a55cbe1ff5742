"""The dates of courses as a public calendar: of one course, or of all.

A course is known by its days, its hours stand in words: each date is an event of whole days that takes nobody's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings

from booking.ical.days import PublicDays, days_text
from booking.ical.feed import feed_document
from courses.models import CourseRun

PAST = timedelta(days=60)
"""How far back a calendar reaches (FEED-7)."""

_NEVER_PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)


def course_dates_document(runs: Iterable[CourseRun], *, name: str) -> str:
    """The same dates give the same bytes (FEED-2). Those that are cancelled are not to be among them."""
    events = (days_text(_days_of(run)) for run in runs)
    return "".join(feed_document(name=name, description="Kurstermine", events=events))


def _days_of(run: CourseRun) -> PublicDays:
    """SEQUENCE counts the minutes from the first publication of its course to the last one: it rises with each."""
    course = run.course
    first = course.first_published_at or _NEVER_PUBLISHED
    changed = max(course.last_published_at or first, first)
    url = f"{settings.BASE_URL}{course.get_url_parts()[2]}"
    lines = (
        run.times and f"Zeiten: {run.times}",
        "Ausgebucht" if run.status == CourseRun.Status.FULL else "",
        f"Anbieter: {course.provider.name}",
        f"Kosten: {course.price_text}",
        f"Mehr dazu: {url}",
    )
    return PublicDays(
        uid=f"kurs-{run.pk}@{settings.MAIL_DOMAIN}",
        first=run.starts_on,
        last=run.ends_on or run.starts_on,
        summary=f"Kurs: {course.title}",
        description="\n".join(line for line in lines if line),
        location=", ".join(part for part in (run.venue, f"{run.postcode} {run.town}".strip()) if part),
        url=url,
        sequence=int((changed - first).total_seconds()) // 60,
        changed=changed,
    )
