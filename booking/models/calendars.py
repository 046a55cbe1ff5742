from __future__ import annotations

import uuid

from django.db import models

from booking.domain.subscribers import client_in_words
from booking.feed_querysets import FeedQuerySet, FeedTextQuerySet
from booking.models.appointment import Appointment
from offices.models import Advisor, Office


class AdvisorFeed(models.Model):
    """A named secret link under which a calendar program reads an advisor's appointments, or those of a whole office
    for an advisor who belongs to its team: as long as that is so.

    The link's token is derived from `uid` and `version`; nothing secret is stored, and raising the version revokes
    the old address at once.
    """

    class Detail(models.TextChoices):
        BUSY = "busy", "nur „Belegt“, ohne Link"
        TITLE = "title", "„Beratungstermin“ und Link"
        FULL = "full", "mit Betrieb und Kontakt"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="feeds")
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds", verbose_name="Büro"
    )
    name = models.CharField("Name", max_length=60, help_text="Zum Beispiel: Outlook im Büro")
    detail = models.CharField("Inhalt", max_length=8, choices=Detail, default=Detail.TITLE)
    detail_changes = models.PositiveIntegerField(default=0, editable=False, help_text="Added to SEQUENCE.")
    detail_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField("abgeschaltet", null=True, blank=True)
    last_fetched_at = models.DateTimeField("zuletzt abgerufen", null=True, blank=True)
    last_client = models.CharField("zuletzt von", max_length=80, blank=True)
    kept_mark = models.CharField(
        max_length=100, blank=True, editable=False, help_text="State of the feed whose texts are all kept."
    )

    objects = FeedQuerySet.as_manager()

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

    @property
    def text_kind(self) -> str:
        """Which kept texts it is joined of; those of an office name the advisor. One that says more or less than it did
        has texts of its own: their SEQUENCE and stamps have risen."""
        if self.detail_changes:
            return f"{self.detail}-{self.pk}"
        return self.detail if self.office_id is None else f"team-{self.detail}"

    @property
    def client(self) -> str:
        """What last read the feed, in words that follow „von“."""
        return client_in_words(self.last_client)


class FeedText(models.Model):
    """What an appointment says in feeds of one `AdvisorFeed.text_kind`, kept so that a feed is only joined.

    Right while the appointment has this `sequence` and `changed_at` and all else that a text names is still as
    `surroundings` says; a text of another version is written anew by the next reader of a feed.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="feed_texts")
    detail = models.CharField(max_length=16)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    surroundings = models.CharField(max_length=16)
    content = models.TextField()

    objects = FeedTextQuerySet.as_manager()

    class Meta:
        verbose_name = "Text eines Termins im Kalender"
        verbose_name_plural = "Texte der Termine im Kalender"
        constraints = [
            models.UniqueConstraint(fields=["appointment", "detail"], name="one_feed_text_of_a_detail"),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} ({self.detail})"
