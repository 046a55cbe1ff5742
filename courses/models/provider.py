from __future__ import annotations

from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel


class Provider(ClusterableModel):
    """An organisation that offers courses (Anbieter)."""

    name = models.CharField("Name", max_length=120, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    town = models.CharField("Ort", max_length=80, blank=True)
    website = models.URLField("Website", blank=True)
    description = models.TextField("Über den Anbieter", max_length=1200, blank=True)
    email = models.EmailField("E-Mail", blank=True, help_text="Eine Adresse der Einrichtung, keine persönliche.")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    is_example = models.BooleanField("erfundenes Beispiel", default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("town"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("website"), FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])], "Kontakt"),
        InlinePanel("marks", heading="Qualitätssiegel", label="Siegel"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = "Anbieter"
        verbose_name_plural = "Anbieter"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
