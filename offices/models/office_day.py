from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from foundation.models import RecurringHours
from offices.models.advisor import Advisor
from offices.models.office import Office, PostalAddress
from offices.querysets import OfficeDayQuerySet


class OfficeDay(PostalAddress, RecurringHours):
    """A series of days (Sprechtage) on which advisors of an office sit in a municipality with its own address."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="office_days", verbose_name="Büro")
    title = models.CharField("Titel", max_length=80, help_text="Zum Beispiel: Sprechtag Bückeburg")
    venue = models.CharField("Ort der Beratung", max_length=80, help_text="Zum Beispiel: Rathaus, Zimmer 12")
    advisors = models.ManyToManyField(Advisor, related_name="office_days", verbose_name="Beratung durch")
    is_active = models.BooleanField("findet statt", default=True)

    objects = OfficeDayQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("office"), FieldPanel("advisors"), FieldPanel("is_active")]),
        MultiFieldPanel([FieldPanel("venue"), *PostalAddress.address_panels], "Ort"),
        MultiFieldPanel(RecurringHours.hours_panels, "Zeiten"),
    ]

    class Meta:
        verbose_name = "Sprechtag"
        verbose_name_plural = "Sprechtage"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
