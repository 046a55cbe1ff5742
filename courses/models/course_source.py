from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from courses.models.known_panel import KnownPanel
from courses.models.provider import Provider
from courses.querysets import CourseSourceQuerySet
from foundation.fetching.addresses import parse_address
from foundation.fetching.refusals import AddressRefused

LONGEST_VALIDATOR = 200
"""Characters of an ETag or of a Last-Modified, by which a server knows again what it has given."""


class CourseSource(models.Model):
    """Where the file of a provider is fetched from by the clock. `etag`, `last_modified` and `digest` (SHA-256) are of
    the file that was read last, `read_by` of all else on which it depends what is read; `failing_since` is empty while
    all is well, `begun_at` while nobody reads it."""

    ASKED_FOR = ("provider_id", "address", "is_full", "fallback_topic_id")
    """What editors say of it."""

    class Every(models.IntegerChoices):
        """Hours between two looks."""

        DAY = 24, "täglich"
        WEEK = 168, "wöchentlich"

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="sources", verbose_name="Anbieter")
    address = models.URLField(
        "Adresse der Datei",
        max_length=500,
        unique=True,
        help_text="Was der Anbieter dort bereitstellt: open-Q-cat oder Open-vhs (auch als ZIP), CSV oder XLSX.",
    )
    every = models.PositiveSmallIntegerField("wie oft", choices=Every, default=Every.DAY)
    is_active = models.BooleanField("wird abgeholt", default=True)
    is_full = models.BooleanField(
        "Die Datei ist immer vollständig",
        default=False,
        help_text="Kurse, die aus dieser Quelle kamen und nicht mehr darin stehen, fallen dann weg; sind es sehr "
        "viele, wartet die Datei auf Sie. Das gilt für Tabellen: Verzeichnisse in open-Q-cat und Open-vhs sagen es "
        "meist selbst.",
    )
    fallback_topic = models.ForeignKey(
        "courses.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Thema, wenn keines passt",
    )

    next_at = models.DateTimeField("nächstes Mal", default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)
    looked_at = models.DateTimeField("zuletzt nachgesehen", null=True, editable=False)
    read_at = models.DateTimeField("zuletzt gelesen", null=True, editable=False)
    failing_since = models.DateTimeField("gescheitert seit", null=True, editable=False)
    outcome = models.TextField("Ergebnis", blank=True, editable=False)
    format = models.CharField("Format", max_length=200, blank=True, editable=False)
    etag = models.CharField(max_length=LONGEST_VALIDATOR, blank=True, editable=False)
    last_modified = models.CharField(max_length=LONGEST_VALIDATOR, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    read_by = models.CharField(max_length=64, blank=True, editable=False)
    imported = models.ForeignKey(
        "courses.CourseImport", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    panels = [
        FieldPanel("provider"),
        FieldPanel("address"),
        FieldPanel("every"),
        FieldPanel("is_active"),
        FieldPanel("is_full"),
        FieldPanel("fallback_topic"),
        MultiFieldPanel(
            [KnownPanel(name) for name in ("outcome", "looked_at", "read_at", "failing_since", "format")],
            "Wie es lief",
        ),
    ]
    objects = CourseSourceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Kursquelle"
        verbose_name_plural = "Kursquellen"

    def __str__(self) -> str:
        return f"{self.provider}: {self.address}"

    def save(self, *args: object, **kwargs: object) -> None:
        """What was found out before editors said something else holds no more."""
        known = CourseSource.objects.filter(pk=self.pk).values(*self.ASKED_FOR).first()
        if known not in (None, self.asked_for):
            self.etag = self.last_modified = self.digest = self.outcome = ""
            self.failing_since, self.begun_at, self.next_at = None, None, timezone.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.address:
            return
        try:
            parse_address(self.address)
        except AddressRefused:
            raise ValidationError({"address": "Diese Adresse können wir nicht abholen."}) from None

    @property
    def asked_for(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.ASKED_FOR}

    def is_at_work(self, now: datetime) -> bool:
        """Somebody reads it, and for no longer than the worker lets them."""
        longest = timedelta(seconds=settings.LONG_TASK_SECONDS)
        return self.begun_at is not None and now - self.begun_at < longest

    @property
    def next_look(self) -> str:
        """For the list of the admin, whose columns of dates say only how long ago something was."""
        if not self.is_active:
            return "–"
        if self.next_at <= timezone.now():
            return "gleich"
        return date_format(timezone.localtime(self.next_at), "d.m.Y H:i")

    @property
    def state(self) -> str:
        """For the list of the admin."""
        if self.is_at_work(timezone.now()):
            return "wird gerade geholt"
        if not self.is_active:
            return "abgeschaltet"
        if self.begun_at:
            return "Das letzte Lesen wurde unterbrochen. Eingelesen ist davon nichts; es wird von selbst wiederholt."
        if self.failing_since:
            since = date_format(timezone.localtime(self.failing_since), "j. F Y, H:i")
            return f"gescheitert seit {since} Uhr: {self.outcome}"
        return self.outcome or "noch nicht abgeholt"
