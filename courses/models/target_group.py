from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel


class TargetGroup(models.Model):
    """For whom courses are made (Zielgruppe)."""

    name = models.CharField("Zielgruppe", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
