from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel


class Provider(models.Model):
    """An organisation that offers courses (Anbieter)."""

    name = models.CharField("Name", max_length=120, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    town = models.CharField("Ort", max_length=80, blank=True)
    website = models.URLField("Website", blank=True)
    is_example = models.BooleanField("erfundenes Beispiel", default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("town"),
        FieldPanel("website"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = "Anbieter"
        verbose_name_plural = "Anbieter"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
