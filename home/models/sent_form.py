from __future__ import annotations

from datetime import datetime

from django.db import models


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def of_network_since(self, network: str, moment: datetime, *, kind: str) -> SentFormQuerySet:
        return self.filter(network=network, kind=kind, sent_at__gt=moment)


class SentForm(models.Model):
    """That a form was sent: for limits, and so that sending it again does nothing. Holds nothing that was typed.

    `key` comes from the signed stamp of the form, `network` is a keyed hash. Goes after RetentionSettings.form_hours.
    """

    class Kind(models.TextChoices):
        """Each has a limit of its own."""

        MESSAGE = "message", "Nachricht"
        DEMAND = "demand", "Bildungsbedarf"
        ALERT = "alert", "Suchauftrag"

    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MESSAGE)
    network = models.CharField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        verbose_name = "abgesandtes Formular"
        verbose_name_plural = "abgesandte Formulare"

    def __str__(self) -> str:
        return f"{self.sent_at:%d.%m.%Y %H:%M}"
