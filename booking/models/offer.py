from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from booking.enums import OfferAnswer, OfferReason
from booking.models.appointment import Appointment
from booking.models.availability import Closure
from booking.querysets import MoveOfferQuerySet


class MoveOffer(models.Model):
    """Other times for one appointment, held until the firm has answered or the time to answer is over.

    The times are `alternatives`: reserved appointments, which the database guards as it guards every other. They are
    deleted soon after they are let go, so the answer stands here. Nothing here names the firm.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="offers")
    reason = models.CharField("Anlass", max_length=10, choices=OfferReason)
    closure = models.ForeignKey(Closure, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers")
    freed_time = models.ForeignKey(
        "booking.FreedTime",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        help_text="The time that somebody gave up and this offer passes on.",
    )
    sent_at = models.DateTimeField("angeboten")
    expires_at = models.DateTimeField("reserviert bis")
    answer = models.CharField("Antwort", max_length=10, choices=OfferAnswer, default=OfferAnswer.OPEN)
    answered_at = models.DateTimeField("beantwortet", null=True, blank=True)

    objects = MoveOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "Angebot anderer Zeiten"
        verbose_name_plural = "Angebote anderer Zeiten"
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["answer", "expires_at"], name="offer_run_out")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=models.Q(answer=OfferAnswer.OPEN),
                name="offer_one_open_for_an_appointment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.get_answer_display()}"

    def is_for(self, reason: OfferReason, closure: Closure | None) -> bool:
        return (self.reason, self.closure_id) == (reason, closure.pk if closure else None)

    def is_open(self, *, now: datetime) -> bool:
        """Whether its times are held at `now`, also before the worker has ended it."""
        return self.answer == OfferAnswer.OPEN and self.expires_at > now
