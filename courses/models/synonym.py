from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel


class Synonym(models.Model):
    """Words and phrases that mean the same course, divided by commas; who asks for one is shown the others, too."""

    words = models.CharField(
        "Gleiche Wörter",
        max_length=300,
        unique=True,
        help_text="Mit Komma getrennt, zum Beispiel: Staplerschein, Flurförderzeuge. Groß und klein, Umlaute, Mehrzahl "
        "und weibliche Form sind gleich.",
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = "Synonym"
        verbose_name_plural = "Synonyme"
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if len([word for word in self.words.split(",") if word.strip()]) < 2:
            raise ValidationError({"words": "Bitte mindestens zwei Wörter angeben, mit Komma getrennt."})
