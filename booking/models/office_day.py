from __future__ import annotations

from django.db import models

from offices.models import OfficeDay


class PublishedDay(models.Model):
    """What the public calendar last said of one stretch of an office day, so that SEQUENCE rises when it says something
    else, and only then.

    `number` counts the stretches of a day that a closure divides, from 0. `said` is a hash of the event without its
    stamps.
    """

    office_day = models.ForeignKey(OfficeDay, on_delete=models.CASCADE, related_name="published_days")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "veröffentlichter Sprechtag"
        verbose_name_plural = "veröffentlichte Sprechtage"
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["office_day", "day", "number"], name="published_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_day_id}, {self.day:%d.%m.%Y}"
