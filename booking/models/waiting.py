from __future__ import annotations

from django.db import models

from booking.domain.dayparts import DayPart
from booking.models.appointment import Appointment
from booking.querysets import EarlierWishQuerySet, FreedTimeQuerySet
from offices.models import Advisor, Office

DAY_PARTS = [(part.slug, part.label) for part in DayPart]


class EarlierWish(models.Model):
    """A firm's wish to be asked when a time before its own becomes free. It ends with the appointment's beginning."""

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="earlier_wish")
    day_part = models.CharField("Tageszeit", max_length=12, choices=DAY_PARTS, blank=True, help_text="Leer: egal.")
    same_advisor = models.BooleanField("nur bei derselben Person", default=False)
    asked_at = models.DateTimeField("gewünscht seit")
    last_offered_at = models.DateTimeField("zuletzt gefragt", null=True, blank=True)

    objects = EarlierWishQuerySet.as_manager()

    class Meta:
        verbose_name = "Wunsch nach einem früheren Termin"
        verbose_name_plural = "Wünsche nach früheren Terminen"
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"früher als {self.appointment.reference}"

    def suits(self, minutes: int) -> bool:
        """Whether a consultation that begins so many minutes after midnight lies in the part of the day wished for."""
        return not self.day_part or DayPart.named(self.day_part).has(minutes)


class FreedTime(models.Model):
    """A time that was booked and is no longer, for those who wait: offered to one firm after the other.

    Whom it was offered to stands in its `offers`. It holds nothing by itself; whoever books it first has it.
    """

    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    former = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+", help_text="That gave it up.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    freed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Since when nobody is asked about it any more.")

    objects = FreedTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "frei gewordene Zeit"
        verbose_name_plural = "frei gewordene Zeiten"
        ordering = ["freed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%dT%H:%MZ}"
