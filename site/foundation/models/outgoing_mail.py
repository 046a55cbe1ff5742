from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q

# No lease and no pause ever ends later than this after the present moment; what does was written before the
# server's clock jumped back, and counts as over.
FARTHEST = timedelta(hours=2)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> OutgoingMailQuerySet:
        return self.filter(state=OutgoingMail.State.WAITING)

    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """Waiting, time for the next attempt, leased to nobody, and the first of its thread that still waits."""
        ahead = now + FARTHEST
        earlier = (
            OutgoingMail.objects.waiting()
            .exclude(thread="")
            .filter(thread=OuterRef("thread"), position__lt=OuterRef("position"))
        )
        return self.waiting().filter(
            Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=ahead),
            Q(leased_until__isnull=True) | Q(leased_until__lte=now) | Q(leased_until__gt=ahead),
            ~Exists(earlier),
        )

    def sent_since(self, moment: datetime) -> OutgoingMailQuerySet:
        return self.filter(state=OutgoingMail.State.SENT, finished_at__gt=moment)

    def written_since(self, moment: datetime, *, thread: str, kind: str) -> OutgoingMailQuerySet:
        return self.filter(thread=thread, kind=kind, created_at__gt=moment)

    def last_sent(self, threads: Collection[str]) -> dict[str, datetime]:
        """By thread, where a mail of it has left: when the last one did. One query."""
        sent = self.filter(thread__in=threads, state=OutgoingMail.State.SENT)
        return dict(sent.order_by().values_list("thread").annotate(Max("finished_at")))

    def not_arrived(self) -> OutgoingMailQuerySet:
        """Waiting or given up, and no later mail of the thread has left, which would tell all that this one does.

        Also those that are emptied by now: time alone brings no mail to anybody.
        """
        later = OutgoingMail.objects.filter(
            thread=OuterRef("thread"), position__gt=OuterRef("position"), state=OutgoingMail.State.SENT
        )
        lacking = self.filter(state__in=(OutgoingMail.State.WAITING, OutgoingMail.State.FAILED))
        return lacking.exclude(Exists(later.exclude(thread="")))


class OutgoingMail(models.Model):
    """A mail that must leave the house; written in the transaction that causes it, delivered at least once.

    `message` is the whole MIME text (RFC 5322) with Message-ID and Date fixed when the row is made, so that a
    repeated delivery is recognisable as the same mail. `recipient` is the address of the envelope. Both are emptied
    when the retention time is over.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wartet"
        SENT = "sent", "gesendet"
        FAILED = "failed", "gescheitert"
        DROPPED = "dropped", "überholt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.CharField(
        max_length=64,
        blank=True,
        db_index=True,
        help_text="A mail is not tried while an earlier one of its thread still waits.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Place in the thread; independent of any clock.")
    kind = models.CharField("Art", max_length=60, blank=True)
    recipient = models.EmailField("An", blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    message = models.BinaryField()
    state = models.CharField("Stand", max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("angelegt")
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_attempt_at = models.DateTimeField("nächster Versuch")
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("erledigt", null=True, blank=True)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende E-Mail"
        verbose_name_plural = "ausgehende E-Mails"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="outgoing_mail_due")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.kind or 'E-Mail'}"

    @property
    def recipient_in_part(self) -> str:
        """Enough to recognise whom a colleague asks about, too little to read the address off the screen."""
        local, _, domain = self.recipient.rpartition("@")
        return f"{local[0]}…@{domain}" if local else "gelöscht"

    @property
    def awaited_attempt(self) -> datetime | None:
        return self.next_attempt_at if self.state == self.State.WAITING else None

    @property
    def can_be_retried(self) -> bool:
        return self.state == self.State.FAILED and bool(self.recipient)
