from __future__ import annotations

from django.db import models

from home.models.news import NewsPage


class ImportedNews(models.Model):
    """Which file of the old site became which page, so that nothing is taken over twice. Goes with the page."""

    source = models.CharField("Datei", max_length=500, unique=True)
    page = models.OneToOneField(NewsPage, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "übernommene Nachricht"
        verbose_name_plural = "übernommene Nachrichten"

    def __str__(self) -> str:
        return self.source
