from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class FundingKind(models.Model):
    """A way in which others pay for a course (Förderung): its rule in one sentence, as of a day, with its source."""

    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    rule = models.CharField("Regel in einem Satz", max_length=400)
    checked_on = models.DateField("Stand", help_text="Wann Sie die Regel zuletzt mit der Quelle verglichen haben.")
    source_name = models.CharField("Quelle", max_length=120, help_text="Zum Beispiel: § 82 SGB III")
    source_url = models.URLField("Link zur Quelle")
    details = models.TextField("Mehr dazu", blank=True, help_text="Für wen, wie viel, wie man sie bekommt.")

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("rule"),
        FieldPanel("checked_on"),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
        FieldPanel("details"),
    ]

    class Meta:
        verbose_name = "Förderung"
        verbose_name_plural = "Förderungen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
