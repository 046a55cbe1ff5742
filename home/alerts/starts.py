"""Since when each course can be begun on each day: what is new for whom looks in from time to time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.selectors import open_starts
from home.models import ANY_DAY, OpenStart
from home.sent_forms import lock_names

Start = tuple[int, date]
"""Id of the course, and the day."""
_AT_ONCE = 500


def note_open_starts(*, now: datetime) -> dict[Start, datetime]:
    """Brings the table in line with what is open, and gives it back. Three queries while nothing changes.

    The moments only grow, whichever clock says `now`: nobody who has read all so far can miss what comes later.
    """
    with transaction.atomic():
        lock_names("open_starts")
        opened = {(course, day or ANY_DAY) for course, day in open_starts(timezone.localdate(now))}
        rows = {(row.course_id, row.starts_on): row for row in OpenStart.objects.all()}
        gone = [row.pk for start, row in rows.items() if start not in opened]
        for first in range(0, len(gone), _AT_ONCE):
            OpenStart.objects.filter(pk__in=gone[first : first + _AT_ONCE]).delete()
        known = {start: row.first_open_at for start, row in rows.items()}
        moment = max(now, max(known.values(), default=now) + timedelta(microseconds=1)) if known else now
        new = {start: moment for start in opened if start not in known}
        OpenStart.objects.bulk_create(
            [OpenStart(course_id=course, starts_on=day, first_open_at=moment) for course, day in new],
            batch_size=_AT_ONCE,
        )
    return {start: first for start, first in (known | new).items() if start in opened}
