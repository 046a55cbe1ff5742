from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from courses.querysets import CourseRunQuerySet


class CourseRun(models.Model):
    """One date of a course (Durchführung): when, where, how many seats."""

    class Status(models.TextChoices):
        PLANNED = "planned", "geplant"
        RUNS = "runs", "findet statt"
        FULL = "full", "ausgebucht"
        CANCELLED = "cancelled", "fällt aus"

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="runs")
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende", null=True, blank=True)
    times = models.CharField("Zeiten", max_length=120, blank=True, help_text="Zum Beispiel: dienstags, 17:30–20:45 Uhr")
    venue = models.CharField("Ort", max_length=120, blank=True)
    postcode = models.CharField("PLZ", max_length=5, blank=True)
    town = models.CharField("Stadt oder Gemeinde", max_length=80, blank=True)
    seats_max = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    seats_taken = models.PositiveSmallIntegerField("davon belegt", null=True, blank=True)
    status = models.CharField("Stand", max_length=10, choices=Status, default=Status.PLANNED)

    objects = CourseRunQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("times"),
        FieldPanel("venue"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
        FieldRowPanel([FieldPanel("seats_max"), FieldPanel("seats_taken")]),
        FieldPanel("status"),
    ]

    class Meta:
        verbose_name = "Durchführung"
        verbose_name_plural = "Durchführungen"
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y} {self.town}".strip()

    @property
    def seats_left(self) -> int | None:
        """None where the provider names no number."""
        if self.seats_max is None or self.seats_taken is None:
            return None
        return max(0, self.seats_max - self.seats_taken)

    def clean(self) -> None:
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Das Ende liegt vor dem Beginn."})
