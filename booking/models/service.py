from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from booking.domain.policy import BookingPolicy
from booking.models.fields import KindsField


class Service(models.Model):
    """What a firm books (Anliegen), and the rules of its times. Spans are whole minutes unless they say otherwise."""

    name = models.CharField("Anliegen", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    summary = models.CharField("Kurz erklärt", max_length=250)
    what_to_bring = models.TextField("Was mitbringen", blank=True)
    duration = models.PositiveSmallIntegerField(
        "Dauer (Minuten)", validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    buffer_before = models.PositiveSmallIntegerField(
        "Puffer davor (Minuten)", default=0, validators=[MaxValueValidator(240)]
    )
    buffer_after = models.PositiveSmallIntegerField(
        "Puffer danach (Minuten)", default=0, validators=[MaxValueValidator(240)]
    )
    step = models.PositiveSmallIntegerField(
        "Raster der Anfangszeiten (Minuten)", default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    notice_hours = models.PositiveSmallIntegerField("Vorlauf mindestens (Stunden)", default=24)
    horizon_days = models.PositiveSmallIntegerField(
        "Buchbar bis (Tage im Voraus)", default=60, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    kinds = KindsField("Arten", help_text="Wie das Gespräch stattfinden kann.")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_active = models.BooleanField("buchbar", default=True)
    updated_at = models.DateTimeField(auto_now=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("summary"), FieldPanel("what_to_bring")]),
        MultiFieldPanel(
            [
                FieldPanel("kinds"),
                FieldRowPanel([FieldPanel("duration"), FieldPanel("step")]),
                FieldRowPanel([FieldPanel("buffer_before"), FieldPanel("buffer_after")]),
                FieldRowPanel([FieldPanel("notice_hours"), FieldPanel("horizon_days")]),
            ],
            "Regeln",
        ),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
    ]

    class Meta:
        verbose_name = "Anliegen"
        verbose_name_plural = "Anliegen"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> BookingPolicy:
        return BookingPolicy(
            duration=self.duration,
            buffer_before=self.buffer_before,
            buffer_after=self.buffer_after,
            step=self.step,
            notice=self.notice_hours * 60,
            horizon_days=self.horizon_days,
        )
