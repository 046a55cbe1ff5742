from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from courses.enums import Licence
from foundation.models import SiteSettings


@register_setting(icon="clipboard-list")
class CourseSettings(SiteSettings):
    """Rules of the course database that hold for the whole network."""

    confirm_after_days = models.PositiveSmallIntegerField(
        "Anbieter an ihre Kurse erinnern nach (Tagen)",
        default=90,
        validators=[MaxValueValidator(366)],
        help_text="Sind Kurse so lange weder bestätigt noch eingelesen noch neu veröffentlicht, bekommt der Anbieter "
        "eine E-Mail mit seinem privaten Link, höchstens eine in dieser Zeit. 0: nie.",
    )
    provider_link_days = models.PositiveSmallIntegerField(
        "Private Links von Anbietern gelten (Tage)",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="Ein neuer Link beendet die älteren.",
    )

    open_data_licence = models.CharField(
        "Lizenz der offenen Daten",
        max_length=80,
        choices=Licence,
        blank=True,
        help_text="Unter ihr bietet die Seite „Offene Daten“ alle Kurse zum Herunterladen an, jede Nacht neu. Fragen "
        "Sie vorher die Anbieter. Ohne Lizenz gibt es keine Dateien.",
    )

    panels = [FieldPanel("confirm_after_days"), FieldPanel("provider_link_days"), FieldPanel("open_data_licence")]

    class Meta:
        verbose_name = "Kursdatenbank"
