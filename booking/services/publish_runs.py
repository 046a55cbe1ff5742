"""The public calendars of course dates, and which version of each date they have told last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from booking.course_dates import events_of
from booking.ical.days import PublicDays, days_text
from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.models import PublishedRun
from booking.services.publish_days import hash_of
from courses.models import CourseRun

_ALL = "Kurstermine"
_NOT_ALL = "Die nächsten Kurstermine. Spätere stehen auf der Website: Ein Kalender kann nicht alle fassen."


@lru_cache(maxsize=4096)
def _text(event: CalendarEvent | PublicDays) -> str:
    return days_text(event) if isinstance(event, PublicDays) else event_text(event)


def course_dates_document(
    runs: Collection[CourseRun], *, name: str, now: datetime, there_are_more: bool = False
) -> str:
    """Those that are cancelled are not to be among them. The same dates give the same bytes (FEED-2), by one query.

    A date that says something else than at the last reading has a higher SEQUENCE and a new stamp from now on.
    """
    versions = _versions(runs, now=now)
    today = timezone.localdate(now)
    events = (_text(event) for run in runs for event in _told(run, versions[run.pk], today))
    return "".join(feed_document(name=name, description=_NOT_ALL if there_are_more else _ALL, events=events))


def _told(run: CourseRun, version: PublishedRun, today: date) -> list[CalendarEvent | PublicDays]:
    return events_of(
        run, today=today, sequence=version.sequence, created=version.created_at, changed=version.changed_at
    )


def _versions(runs: Collection[CourseRun], *, now: datetime) -> dict[int, PublishedRun]:
    today = timezone.localdate(now)
    said = {run.pk: hash_of(*events_of(run, today=today, sequence=0, created=now, changed=now)) for run in runs}
    rows = {row.run_id: row for row in PublishedRun.objects.filter(run__in=said)}
    if all(key in rows and rows[key].said == text for key, text in said.items()):
        return rows
    with transaction.atomic():
        return _renewed(said, now=now)


def _renewed(said: Mapping[int, str], *, now: datetime) -> dict[int, PublishedRun]:
    """Two readers at once tell the same version, of a new date too: the second one waits for the rows of the first."""
    new = [PublishedRun(run_id=key, created_at=now, changed_at=now) for key in sorted(said)]
    PublishedRun.objects.bulk_create(new, ignore_conflicts=True)
    locked = PublishedRun.objects.select_for_update().filter(run__in=said).order_by("pk")
    rows = {row.run_id: row for row in locked}
    for key, row in rows.items():
        row.renew(said[key], now=now)
    PublishedRun.objects.bulk_update(rows.values(), ["said", "sequence", "created_at", "changed_at"])
    return rows
