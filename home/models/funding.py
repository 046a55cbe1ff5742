from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class FundingNotice(models.Model):
    """The sentence (and logos) that the sponsors of a period ask for; a page shows the notice of its own date."""

    sentence = models.TextField("Förderhinweis")
    valid_from = models.DateField("gilt ab")
    valid_until = models.DateField("gilt bis", null=True, blank=True)
    logos = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Logoleiste",
    )
    logos_alt = models.CharField("Beschreibung der Logoleiste", max_length=250, blank=True)

    panels = [
        FieldPanel("sentence"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("logos"),
        FieldPanel("logos_alt"),
    ]

    class Meta:
        verbose_name = "Förderhinweis"
        verbose_name_plural = "Förderhinweise"
        ordering = ["valid_from"]

    def __str__(self) -> str:
        until = f"{self.valid_until:%d.%m.%Y}" if self.valid_until else "auf Weiteres"
        return f"{self.valid_from:%d.%m.%Y} bis {until}"

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def clean(self) -> None:
        super().clean()
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Das Datum liegt vor „gilt ab“."})
        if self.logos_id and not self.logos_alt.strip():
            raise ValidationError(
                {"logos_alt": "Bitte nennen Sie, wessen Logos zu sehen sind, für alle, die sie nicht sehen."}
            )
