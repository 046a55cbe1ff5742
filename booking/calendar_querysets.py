"""Queries over what joins the booking to other calendars: what is read, what is written, and what does not work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from booking.querysets import WRITTEN_INTO


class _LeasedQuerySet(models.QuerySet):
    """Of calendars that one worker at a time is at, until `leased_until`."""

    def unclaimed(self, *, now: datetime) -> Self:
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now))


class BusyCalendarQuerySet(_LeasedQuerySet):
    def due(self, *, now: datetime) -> BusyCalendarQuerySet:
        """Whose turn it is, and whom nobody is reading; those of active advisors. The longest waiting first."""
        return self.filter(next_try_at__lte=now, advisor__is_active=True).unclaimed(now=now).order_by("next_try_at")

    def at_offices(self, offices: Iterable[models.Model]) -> BusyCalendarQuerySet:
        """Of advisors who give times at one of them."""
        places = [office.pk for office in offices]
        by_rule = Q(advisor__availability_rules__office__in=places)
        return self.filter(by_rule | Q(advisor__office_days__office__in=places)).distinct()

    def old(self, *, now: datetime, age: timedelta) -> BusyCalendarQuerySet:
        """Copies of that age which nothing is known to be wrong with."""
        return self.filter(read_at__lte=now - age, failures=0)

    def silent(self, *, now: datetime) -> BusyCalendarQuerySet:
        """Whose copies are too old to count."""
        return self.filter(trusted_until__lte=now)


class BusyTimeQuerySet(models.QuerySet):
    def believed(self, *, now: datetime) -> BusyTimeQuerySet:
        """Of copies that are not too old to count."""
        return self.filter(calendar__trusted_until__gt=now)

    def overlapping(self, *, start: datetime | OuterRef, end: datetime | OuterRef) -> BusyTimeQuerySet:
        return self.filter(start__lt=end, end__gt=start)


class SameEntryQuerySet(models.QuerySet):
    def gone_from(self, calendar: models.Model) -> SameEntryQuerySet:
        """Whose span is not among its times any more."""
        span = {name: OuterRef(name) for name in ("start", "end")}
        return self.filter(~Exists(calendar.times.filter(**span)), calendar=calendar)


class PushCalendarQuerySet(_LeasedQuerySet):
    def writing(self) -> PushCalendarQuerySet:
        """Those that changes are noted for; also while the access is refused, to be caught up with later."""
        return self.filter(state__in=WRITTEN_INTO)

    def due(self, *, now: datetime) -> PushCalendarQuerySet:
        """Whose turn it is, and whom nobody is writing into. The longest waiting first."""
        return (
            self.filter(state__in=["active", "removing"], next_try_at__lte=now)
            .unclaimed(now=now)
            .order_by("next_try_at", "pk")
        )

    def with_work(self, *, now: datetime, compared_before: datetime) -> PushCalendarQuerySet:
        """Something is due to be written, to be compared again, or to be taken out for good."""
        compare = Q(compared_at=None) | Q(compared_at__lte=compared_before)
        due = Q(entries__state="waiting", entries__next_try_at__lte=now)
        return self.filter(Q(state="removing") | compare | due).distinct()


class PushEntryQuerySet(models.QuerySet):
    def due(self, *, now: datetime) -> PushEntryQuerySet:
        return self.filter(state="waiting", next_try_at__lte=now).order_by("next_try_at", "pk")

    def as_read(self, entry: models.Model) -> PushEntryQuerySet:
        """That row, unless its appointment was changed since."""
        return self.filter(pk=entry.pk, revision=entry.revision)

    def with_appointment(self) -> PushEntryQuerySet:
        """With all that its text and the log name."""
        return self.select_related(
            "calendar__advisor__calendar_channel",
            *(f"appointment__{name}" for name in ("advisor", "office", "office_day", "service")),
        )

    def ahead(self, *, now: datetime) -> PushEntryQuerySet:
        """Of appointments that are not over."""
        return self.filter(appointment__ends_at__gt=now)

    def not_there(self) -> PushEntryQuerySet:
        """What has not reached the calendar, or is no longer there as it should be."""
        return self.exclude(state="removed").filter(~Q(state="done") | ~Q(difference=""))

    def not_arrived(self, *, now: datetime) -> PushEntryQuerySet:
        """What calendars that are connected still lack, of appointments that are not over."""
        lacking = self.filter(state__in=["waiting", "failed", "conflict"], calendar__state__in=WRITTEN_INTO)
        return lacking.ahead(now=now)

    def arrived(self) -> PushEntryQuerySet:
        """As it should be, entered or taken out, in calendars that are connected."""
        return self.filter(state__in=["done", "removed"], calendar__state="active")

    def renew(self, *, now: datetime, **values: Any) -> int:
        """Has them written again, with all attempts before them."""
        anew = {"state": "waiting", "next_try_at": now, "attempts": 0, "error": ""}
        return self.update(**(anew | values), revision=F("revision") + 1)

    renew.alters_data = True  # type: ignore[attr-defined]


class OutageQuerySet(models.QuerySet):
    def open(self) -> OutageQuerySet:
        return self.filter(over_at=None)

    def set_aside(self, threads: Iterable[str], *, mark: str) -> int:
        """Goes with the mails of these threads, as `foundation.outbox.queue.set_aside` renames them: what was told of
        them is told."""
        return self.open().filter(channel="mail", key__in=threads).update(key=Concat("key", Value(f":{mark}")))

    set_aside.alters_data = True  # type: ignore[attr-defined]

    def ended_before(self, moment: datetime) -> OutageQuerySet:
        return self.filter(over_at__lt=moment)
