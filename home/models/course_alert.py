from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models

from courses.models import CoursePage
from home.domain.digests import DAILY, WEEKLY

ANY_DAY = date.min
"""Stands for the day of a course that can be begun at any time."""


class AlertSubscriberQuerySet(models.QuerySet["AlertSubscriber"]):
    def due(self, now: datetime) -> AlertSubscriberQuerySet:
        """Those who waited longest first, with the orders that they have confirmed."""
        confirmed = models.Prefetch("alerts", CourseAlert.objects.confirmed().order_by("pk"), to_attr="confirmed")
        return self.filter(next_digest_at__lte=now).order_by("next_digest_at", "pk").prefetch_related(confirmed)

    def locked(self) -> AlertSubscriberQuerySet:
        """On SQLite the transaction itself holds the only write lock."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def without_alerts(self) -> AlertSubscriberQuerySet:
        return self.filter(alerts=None)

    def that_may_go(self, limit: datetime) -> AlertSubscriberQuerySet:
        """With an order that nobody has confirmed since, or without any. No joins: the rows can be locked."""
        over = CourseAlert.objects.unconfirmed_since(limit).values("subscriber")
        return self.filter(models.Q(pk__in=over) | ~models.Q(pk__in=CourseAlert.objects.values("subscriber")))


class AlertSubscriber(models.Model):
    """An address that wants to hear of new courses; goes with the last of its orders.

    Links in mails sign `uid`; nothing that is secret is stored. `next_digest_at` is None until an order is confirmed.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = WEEKLY, "jede Woche, am Montag"
        DAILY = DAILY, "jeden Tag"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("E-Mail", unique=True)
    rhythm = models.CharField("Rhythmus", max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    next_digest_at = models.DateTimeField("nächste E-Mail", null=True, blank=True, db_index=True)
    changed_at = models.DateTimeField(help_text="By which two workers notice each other.")

    objects = AlertSubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = "Adresse mit Suchaufträgen"
        verbose_name_plural = "Adressen mit Suchaufträgen"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def thread(self) -> str:
        return f"alerts:{self.uid}"


class CourseAlertQuerySet(models.QuerySet["CourseAlert"]):
    def confirmed(self) -> CourseAlertQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed_since(self, moment: datetime) -> CourseAlertQuerySet:
        return self.filter(confirmed_at__isnull=True, created_at__lte=moment)


class CourseAlert(models.Model):
    """One search whose new courses are told by mail. Ended ones are deleted.

    `query` is the canonical address of the search, `words` how it was read when it was ordered.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscriber = models.ForeignKey(AlertSubscriber, on_delete=models.CASCADE, related_name="alerts")
    query = models.TextField("Suche", blank=True)
    words = models.CharField("in Worten", max_length=300, blank=True)
    created_at = models.DateTimeField("bestellt")
    confirmed_at = models.DateTimeField("bestätigt", null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True, help_text="What was open by then is not told any more.")

    objects = CourseAlertQuerySet.as_manager()

    class Meta:
        verbose_name = "Suchauftrag"
        verbose_name_plural = "Suchaufträge"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["subscriber", "query"], name="one_alert_per_search")]

    def __str__(self) -> str:
        return str(self.uid)


class OpenStart(models.Model):
    """That a course can be begun on a day, and since when the site knows; goes when it is full, over or taken away."""

    course = models.ForeignKey(CoursePage, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    first_open_at = models.DateTimeField()

    class Meta:
        verbose_name = "offener Beginn"
        verbose_name_plural = "offene Beginne"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["course", "starts_on"], name="one_row_per_start")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts_on}"
