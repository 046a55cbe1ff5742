"""The public calendar of an office's days elsewhere, and which version of each day it has told last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from django.db import transaction

from booking.ical.days import PublicDays
from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.models import PublishedDay
from booking.office_days import Stretch, event_of, stretches
from offices.models import Office

_KEPT = timedelta(days=2)
_text = lru_cache(maxsize=2048)(event_text)

Key = tuple[int, date, int]


def office_days_document(office: Office, *, now: datetime) -> str:
    """The calendar from today on. Three queries while it says the same, then also the same bytes (FEED-2).

    A day that says something else than at the last reading has a higher SEQUENCE and a new date from now on: compared,
    not counted along, since hours follow from series, closures, holidays and addresses alike.
    """
    days = list(stretches(office, now=now))
    return "".join(
        feed_document(
            name=f"Sprechtage: {office.name}",
            description="Beratung in Ihrer Nähe",
            events=(_text(event) for event in _stamped(office, days, now=now)),
            refresh=timedelta(days=1),
        )
    )


def _stamped(office: Office, days: Iterable[Stretch], *, now: datetime) -> list[CalendarEvent]:
    fresh = {_key(day): (day, event_of(day, office, sequence=0, created=now, changed=now)) for day in days}
    said = {key: hash_of(event) for key, (_, event) in fresh.items()}
    rows = _rows(office)
    if any(key not in rows or rows[key].said != said[key] for key in fresh):
        with transaction.atomic():
            Office.objects.select_for_update().get(pk=office.pk)
            rows = _renewed(_rows(office), said, now=now)
            PublishedDay.objects.bulk_create(
                rows.values(),
                update_conflicts=True,
                unique_fields=["office_day", "day", "number"],
                update_fields=["said", "sequence", "changed_at"],
            )
            PublishedDay.objects.filter(office_day__office=office, day__lt=(now - _KEPT).date()).delete()
    return [
        event_of(day, office, sequence=rows[key].sequence, created=rows[key].created_at, changed=rows[key].changed_at)
        for key, (day, _) in fresh.items()
    ]


def _rows(office: Office) -> dict[Key, PublishedDay]:
    found = PublishedDay.objects.filter(office_day__office=office)
    return {(row.office_day_id, row.day, row.number): row for row in found}


def _renewed(rows: dict[Key, PublishedDay], said: dict[Key, str], *, now: datetime) -> dict[Key, PublishedDay]:
    """The rows of what is said now; those that say the same stay as they are."""
    renewed = {}
    for key, text in said.items():
        office_day, day, number = key
        row = rows.get(key) or PublishedDay(office_day_id=office_day, day=day, number=number)
        row.renew(text, now=now)
        renewed[key] = row
    return renewed


def _key(day: Stretch) -> Key:
    return day.series.pk, day.day, day.number


def hash_of(*events: CalendarEvent | PublicDays) -> str:
    """Of what people read: all that each names before the stamps."""
    said = blake2b(digest_size=16)
    for event in events:
        names = [field.name for field in fields(event)]
        told = tuple(getattr(event, name) for name in names[: names.index("sequence")])
        said.update(repr(told).encode())
    return said.hexdigest()
