"""Channels that do not work, as far as people were told."""

from __future__ import annotations

from django.db import models

from booking.calendar_querysets import OutageQuerySet
from booking.enums import Channel
from booking.models.appointment import Appointment
from offices.models import Advisor


class Outage(models.Model):
    """One time that something did not work, told once when it began and once when it was over.

    `key` says what: the number of a calendar, link or advisor. Where nothing is tried any more for an `appointment`,
    it is that of its entry or the thread of its mails.
    """

    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="outages")
    channel = models.CharField("Verbindung", max_length=8, choices=Channel)
    key = models.CharField(max_length=64)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="outages"
    )
    began_at = models.DateTimeField("gestört seit")
    told_at = models.DateTimeField("gemeldet")
    over_at = models.DateTimeField("vorbei", null=True, blank=True)

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = "Störung"
        verbose_name_plural = "Störungen"
        ordering = ["began_at"]
        permissions = [("watch_sync", "Zustand des Abgleichs abrufen (für die Überwachung)")]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "key"], condition=models.Q(over_at=None), name="one_open_outage_of_a_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} seit {self.began_at:%d.%m.%Y}"
