from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="time")
class BookingSettings(BaseGenericSetting):
    """Rules of the booking that hold for the whole network."""

    hold_minutes = models.PositiveSmallIntegerField(
        "Gewählte Zeit reservieren (Minuten)",
        default=10,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )
    holds_per_network = models.PositiveSmallIntegerField(
        "Gleichzeitige Reservierungen je Internetanschluss",
        default=12,
        validators=[MinValueValidator(1)],
        help_text="Schützt vor Missbrauch. Mehrere Personen hinter einem Anschluss teilen sich die Zahl.",
    )

    panels = [FieldPanel("hold_minutes"), FieldPanel("holds_per_network")]

    class Meta:
        verbose_name = "Terminbuchung"
