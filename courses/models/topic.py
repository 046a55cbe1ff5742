from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel


class Topic(models.Model):
    """What courses and news are about; starts with the network's three themes and grows by the editors."""

    name = models.CharField("Thema", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
