"""What public calendars last said, so that SEQUENCE rises when they say something else, and only then."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from courses.models import CourseRun
from offices.models import OfficeDay


class PublishedVersion(models.Model):
    """Of one event; `said` is a hash of it without its stamps."""

    said = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def renew(self, said: str, *, now: datetime) -> None:
        """The next version where it says something else; the first where it has said nothing yet. Does not save."""
        if not self.said:
            self.said, self.created_at, self.changed_at = said, now, now
        elif self.said != said:
            self.said, self.changed_at, self.sequence = said, now, self.sequence + 1


class PublishedDay(PublishedVersion):
    """Of one stretch of an office day. `number` counts the stretches of a day that a closure divides, from 0."""

    office_day = models.ForeignKey(OfficeDay, on_delete=models.CASCADE, related_name="published_days")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "veröffentlichter Sprechtag"
        verbose_name_plural = "veröffentlichte Sprechtage"
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["office_day", "day", "number"], name="published_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_day_id}, {self.day:%d.%m.%Y}"


class PublishedRun(PublishedVersion):
    """Of one date of a course."""

    run = models.OneToOneField(CourseRun, on_delete=models.CASCADE, related_name="published_run")

    class Meta:
        verbose_name = "veröffentlichter Kurstermin"
        verbose_name_plural = "veröffentlichte Kurstermine"

    def __str__(self) -> str:
        return f"Kurstermin {self.run_id}, Fassung {self.sequence}"
