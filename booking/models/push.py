"""Writing appointments into an advisor's own calendar: where, and what has arrived there."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models

from booking.calendar_querysets import PushCalendarQuerySet, PushEntryQuerySet
from booking.enums import Reminder
from booking.models.appointment import Appointment
from booking.models.calendars import AdvisorFeed
from foundation.sealing import seal, unseal
from offices.models import Advisor

_PURPOSE = "push calendar"


class PushCalendar(models.Model):
    """The one calendar (CalDAV) that an advisor's appointments are written into.

    `access` holds address, user, password and the calendars of the account, sealed. `leased_until` keeps two workers
    from writing into one calendar at once. `reminder` is in minutes before the start. `detail_changed_at` is when its
    entries were told to say more or less, or to remind at another time.
    """

    class State(models.TextChoices):
        CHOOSING = "choosing", "Kalender noch zu wählen"
        ACTIVE = "active", "verbunden"
        REFUSED = "refused", "Zugang verweigert"
        REMOVING = "removing", "wird getrennt"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    advisor = models.OneToOneField(Advisor, on_delete=models.CASCADE, related_name="push_calendar")
    name = models.CharField("Kalender", max_length=80, blank=True)
    access = models.TextField(editable=False)
    detail = models.CharField("Inhalt", max_length=8, choices=AdvisorFeed.Detail, default=AdvisorFeed.Detail.TITLE)
    reminder = models.PositiveSmallIntegerField(
        "Erinnerung", choices=Reminder, default=Reminder.NONE, db_default=Reminder.NONE
    )
    detail_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField("Stand", max_length=10, choices=State, default=State.CHOOSING)
    connected_at = models.DateTimeField("verbunden")
    succeeded_at = models.DateTimeField("zuletzt erfolgreich", null=True, blank=True)
    failed_at = models.DateTimeField("zuletzt gescheitert", null=True, blank=True)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField("nächster Versuch")
    compared_at = models.DateTimeField("zuletzt verglichen", null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PushCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "Kalender zum Eintragen"
        verbose_name_plural = "Kalender zum Eintragen"
        ordering = ["connected_at"]

    def __str__(self) -> str:
        return self.name or "Kalender"

    @property
    def door(self) -> dict[str, Any]:
        """`url`, `user`, `password`, `collection` (address, empty until chosen), `found` (its rivals, each with `url`
        and `name`). Raises Unsealable."""
        return dict(json.loads(unseal(self.access, purpose=_PURPOSE)))

    @staticmethod
    def sealed(door: dict[str, Any]) -> str:
        return seal(json.dumps(door), purpose=_PURPOSE)


class PushEntry(models.Model):
    """One appointment in one calendar. `WAITING` says that something has changed, not what: whoever carries it there
    reads the appointment as it is by then. `revision` rises with each change, so that a change made meanwhile is not
    taken for done. `etag` empty: it is not known to be there.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "steht noch aus"
        DONE = "done", "eingetragen"
        REMOVED = "removed", "entfernt"
        CONFLICT = "conflict", "im Kalender geändert"
        FAILED = "failed", "gescheitert"

    calendar = models.ForeignKey(PushCalendar, on_delete=models.CASCADE, related_name="entries")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="pushes")
    href = models.CharField(max_length=80, editable=False)
    state = models.CharField("Stand", max_length=10, choices=State, default=State.WAITING)
    revision = models.PositiveIntegerField(default=1)
    etag = models.CharField(max_length=300, blank=True)
    pushed_sequence = models.PositiveIntegerField(null=True, blank=True)
    pushed_at = models.DateTimeField("zuletzt geschrieben", null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField("nächster Versuch")
    error = models.CharField("Fehler", max_length=300, blank=True)
    difference = models.CharField("Unterschied", max_length=300, blank=True)
    may_overwrite = models.BooleanField(
        default=False, help_text="Somebody has seen what stands there and wants ours instead."
    )

    objects = PushEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag im eigenen Kalender"
        verbose_name_plural = "Einträge im eigenen Kalender"
        ordering = ["appointment__starts_at", "pk"]
        indexes = [models.Index(fields=["calendar", "state", "next_try_at"], name="push_entry_due")]
        constraints = [models.UniqueConstraint(fields=["calendar", "appointment"], name="push_entry_once")]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.get_state_display()}"


class PushLine(models.Model):
    """A line of the log that the advisor reads; kept for thirty days."""

    calendar = models.ForeignKey(PushCalendar, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField("wann")
    reference = models.CharField("Vorgangsnummer", max_length=9, blank=True)
    text = models.CharField("was", max_length=300)

    class Meta:
        verbose_name = "Zeile im Protokoll"
        verbose_name_plural = "Protokoll des Eintragens"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
