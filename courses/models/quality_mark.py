from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from courses.querysets import ProviderMarkQuerySet


class QualityMark(models.Model):
    """A seal or an approval that providers hold, such as AZAV."""

    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    meaning = models.CharField("Was es bedeutet", max_length=200, blank=True)
    website = models.URLField("Mehr dazu", blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("meaning"), FieldPanel("website")]

    class Meta:
        verbose_name = "Qualitätssiegel"
        verbose_name_plural = "Qualitätssiegel"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProviderMark(models.Model):
    """That a provider holds a mark, and until when. After the last day it is shown no more."""

    provider = ParentalKey("courses.Provider", on_delete=models.CASCADE, related_name="marks")
    mark = models.ForeignKey(QualityMark, on_delete=models.PROTECT, related_name="holders", verbose_name="Siegel")
    valid_until = models.DateField("gültig bis", null=True, blank=True, help_text="Letzter Tag. Leer: ohne Ende.")

    objects = ProviderMarkQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("mark"), FieldPanel("valid_until")])]

    class Meta:
        verbose_name = "Siegel eines Anbieters"
        verbose_name_plural = "Siegel eines Anbieters"
        ordering = ["mark__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "mark"],
                name="mark_of_provider_once",
                violation_error_message="Dieses Siegel hat der Anbieter schon.",
            )
        ]

    def __str__(self) -> str:
        return str(self.mark)
