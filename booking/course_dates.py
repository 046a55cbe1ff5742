"""The dates of courses as events of a public calendar.

A course is known by its days, its hours stand in words: each date is an event of whole days that takes nobody's time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from booking.ical.days import PublicDays
from courses.models import CourseRun

PAST = timedelta(days=60)
"""How far back a calendar reaches (FEED-7)."""


def days_of(run: CourseRun, *, sequence: int, changed: datetime) -> PublicDays:
    course = run.course
    url = f"{settings.BASE_URL}{course.get_url_parts()[2]}"
    lines = (
        run.times_text and f"Zeiten: {run.times_text}",
        "Ausgebucht" if run.is_full else "",
        f"Anbieter: {course.provider.name}",
        f"Kosten: {run.price_text or course.price_text}",
        f"Mehr dazu: {url}",
    )
    return PublicDays(
        uid=f"kurs-{run.pk}@{settings.MAIL_DOMAIN}",
        first=run.starts_on,
        last=run.ends_on or run.starts_on,
        summary=f"Kurs: {course.title}",
        description="\n".join(line for line in lines if line),
        location=", ".join(part for part in (run.venue, run.street, f"{run.postcode} {run.town}".strip()) if part),
        url=url,
        sequence=sequence,
        changed=changed,
    )
