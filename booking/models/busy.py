"""When advisors are taken by their own calendar: where it is read, and the bare times."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from booking.calendar_querysets import BusyCalendarQuerySet, BusyTimeQuerySet, SameEntryQuerySet
from booking.models.appointment import Appointment
from foundation.sealing import seal, unseal
from offices.models import Advisor

FRESH = timedelta(minutes=15)
"""A copy that is older is fetched once more before anybody books by it."""

LATE = timedelta(hours=24)
"""From then on the pages say so. When people are told by mail is a setting."""

_PURPOSE = "busy calendar"


class BusyCalendar(models.Model):
    """A calendar of an advisor's own, of which only the busy times are kept.

    `access` holds its address and what opens it, sealed: the address alone opens most calendars. The copy is as old as
    `read_at`; beyond `trusted_until` it counts for nothing, and the advisor's times are given on request alone.
    """

    class Kind(models.TextChoices):
        ICS = "ics", "Kalender-Adresse (ICS)"
        CALDAV = "caldav", "CalDAV-Konto"

    class Health(models.TextChoices):
        GOOD = "good", "wird gelesen"
        LATE = "late", "seit einem Tag nicht lesbar"
        SILENT = "silent", "nicht lesbar, Zeiten nur auf Anfrage"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="busy_calendars")
    kind = models.CharField("Art", max_length=8, choices=Kind)
    name = models.CharField("Name", max_length=60)
    access = models.TextField(editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    connected_at = models.DateTimeField("verbunden")
    read_at = models.DateTimeField("zuletzt gelesen")
    expanded_at = models.DateTimeField("zuletzt ganz gelesen")
    trusted_until = models.DateTimeField("gilt bis")
    next_try_at = models.DateTimeField("nächster Versuch")
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)
    failed_at = models.DateTimeField("zuletzt gescheitert", null=True, blank=True)
    is_empty_once = models.BooleanField(
        default=False, editable=False, help_text="The last fetch found nothing where times were kept."
    )
    remarks = models.JSONField(default=dict, editable=False)

    objects = BusyCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "eigener Kalender"
        verbose_name_plural = "eigene Kalender"
        ordering = ["connected_at"]
        indexes = [models.Index(fields=["next_try_at"], name="busy_calendar_next_try")]

    def __str__(self) -> str:
        return self.name

    @property
    def door(self) -> dict[str, Any]:
        """What `access` seals: `url`, for CalDAV also `user`, `password` and `collections`. Raises Unsealable."""
        return dict(json.loads(unseal(self.access, purpose=_PURPOSE)))

    @staticmethod
    def sealed(door: dict[str, Any]) -> str:
        return seal(json.dumps(door), purpose=_PURPOSE)

    def health_at(self, now: datetime) -> BusyCalendar.Health:
        if now >= self.trusted_until:
            return self.Health.SILENT
        return self.Health.LATE if now - self.read_at >= LATE else self.Health.GOOD


class BusyTime(models.Model):
    """A span that is taken, merged and without a word about what it is."""

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="times")
    start = models.DateTimeField()
    end = models.DateTimeField()

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "belegte Zeit"
        verbose_name_plural = "belegte Zeiten"
        ordering = ["start"]
        indexes = [models.Index(fields=["calendar", "end"], name="busy_time_of_calendar")]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="busy_time_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.start:%d.%m.%Y %H:%M}–{self.end:%d.%m.%Y %H:%M}"


class SameEntry(models.Model):
    """Somebody has said that a taken span is an appointment once more, entered by hand.

    Holds for just this span of the calendar and this version of the appointment: once either changes, it clashes again.
    Goes with its span: what is entered at the same minutes later may be something else.
    """

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="same_entries")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="same_entries")
    sequence = models.PositiveIntegerField()
    start = models.DateTimeField()
    end = models.DateTimeField()

    objects = SameEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin, noch einmal von Hand eingetragen"
        verbose_name_plural = "Termine, noch einmal von Hand eingetragen"
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "calendar", "sequence", "start", "end"], name="one_same_entry_of_a_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%d.%m.%Y %H:%M}–{self.end:%d.%m.%Y %H:%M}"
