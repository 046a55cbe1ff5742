from __future__ import annotations

import uuid

from django.db import models

from offices.models import Advisor


class AdvisorFeed(models.Model):
    """A named secret link under which a calendar program reads an advisor's appointments.

    The link's token is derived from `uid` and `version`; nothing secret is stored, and raising the version revokes
    the old address at once.
    """

    class Detail(models.TextChoices):
        TITLE = "title", "nur „Beratungstermin“ und Link"
        FULL = "full", "mit Betrieb und Kontakt"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField("Name", max_length=60, help_text="Zum Beispiel: Outlook im Büro")
    detail = models.CharField("Inhalt", max_length=8, choices=Detail, default=Detail.TITLE)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField("abgeschaltet", null=True, blank=True)
    last_fetched_at = models.DateTimeField("zuletzt abgerufen", null=True, blank=True)
    last_client = models.CharField("zuletzt von", max_length=80, blank=True)

    class Meta:
        verbose_name = "Kalender-Link"
        verbose_name_plural = "Kalender-Links"
        ordering = ["created_at"]
        permissions = [
            ("use_desk", "Eigene Termine, Beratungszeiten und Kalender-Links pflegen"),
            ("see_office", "Termine des eigenen Büros sehen"),
            ("lead_office", "Termine, Beratungszeiten und Schließzeiten des eigenen Büros pflegen"),
        ]

    def __str__(self) -> str:
        return self.name
