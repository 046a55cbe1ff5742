from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from courses.models.known_panel import KnownPanel


class Origin(models.Model):
    """Where the data of a course come from and how fresh they are.

    Imports find a course again by its provider and `provider_reference`.
    """

    provider_reference = models.CharField("Nummer beim Anbieter", max_length=80, blank=True)
    source = models.CharField("Quelle", max_length=120, blank=True, help_text="Zum Beispiel: Liste des Anbieters")
    imported_at = models.DateTimeField("eingelesen am", null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(
        "zuletzt bestätigt am", null=True, blank=True, help_text="Wann der Anbieter zuletzt gesagt hat: So stimmt es."
    )

    origin_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("provider_reference"), FieldPanel("source")]),
            KnownPanel("imported_at"),
            FieldPanel("confirmed_at"),
        ],
        "Herkunft",
    )

    class Meta:
        abstract = True
