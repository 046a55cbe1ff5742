"""Looking whether an advisor's calendar still has our appointments as they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from booking.models import PushCalendar, PushEntry
from booking.remote.answers import Unread
from booking.remote.objects import Collection, Rejected
from booking.services.push_log import forget_old_lines, write_line
from booking.services.push_object import can_be_replaced, difference

COMPARE_EVERY = timedelta(hours=1)


def compare_if_due(calendar: PushCalendar, collection: Collection, *, now: datetime) -> None:
    """Also keeps house: the log, and the seal, which so takes the present key long before an old one is given up."""
    if calendar.compared_at is None or calendar.compared_at <= now - COMPARE_EVERY:
        try:
            compare(calendar, collection, now=now)
        except (Rejected, Unread) as fault:  # a server that cannot be asked like this may take entries all the same
            write_line(calendar, f"Nicht verglichen: {fault}", now=now)
            PushCalendar.objects.filter(pk=calendar.pk).update(compared_at=now)
        forget_old_lines(calendar, now=now)
        unchanged = PushCalendar.objects.filter(pk=calendar.pk, access=calendar.access)
        unchanged.update(access=PushCalendar.sealed(calendar.door))


def compare(calendar: PushCalendar, collection: Collection, *, now: datetime) -> int:
    """Looks at what stands in the calendar and notes where the advisor changed or deleted it; how many differ.

    Nothing of hers is taken over: the site stays the truth (DAV-4).
    """
    entries = list(calendar.entries.with_appointment().ahead(now=now).filter(state=PushEntry.State.DONE))
    stored = collection.read_many([entry.href for entry in entries])
    told = 0
    for entry in entries:
        found = stored.get(entry.href)
        text = difference(entry, found, now=now)
        told += bool(text)
        values: dict[str, str] = {"difference": text}
        if found is not None and not text and can_be_replaced(found):
            values["etag"] = found.etag
        if text != entry.difference or values.get("etag", entry.etag) != entry.etag:
            PushEntry.objects.as_read(entry).filter(state=PushEntry.State.DONE).update(**values)
            if text:
                write_line(calendar, text, now=now, entry=entry)
    PushCalendar.objects.filter(pk=calendar.pk).update(compared_at=now)
    return told
