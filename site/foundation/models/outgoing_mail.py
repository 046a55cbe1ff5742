from __future__ import annotations

import uuid

from django.db import models


class OutgoingMail(models.Model):
    """A mail that must leave the house; written in the transaction that causes it, delivered at least once.

    `message` is the whole MIME text (RFC 5322) with Message-ID and Date fixed when the row is made, so that a
    repeated delivery is recognisable as the same mail. `subject` and `recipient` repeat what the worker needs.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wartet"
        SENT = "sent", "gesendet"
        FAILED = "failed", "gescheitert"
        DROPPED = "dropped", "überholt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Mails of one thread leave in the order of their rows."
    )
    position = models.BigIntegerField(default=0, help_text="Order inside the thread, in microseconds since 1970.")
    kind = models.CharField("Art", max_length=60, blank=True)
    recipient = models.EmailField("An")
    message_id = models.CharField(max_length=200, unique=True)
    message = models.BinaryField()
    state = models.CharField("Stand", max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("angelegt", auto_now_add=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    next_attempt_at = models.DateTimeField("nächster Versuch", db_index=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("erledigt", null=True, blank=True)
    last_error = models.CharField("letzter Fehler", max_length=300, blank=True)

    class Meta:
        verbose_name = "ausgehende E-Mail"
        verbose_name_plural = "ausgehende E-Mails"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="outgoing_mail_due")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.kind or 'E-Mail'}"
