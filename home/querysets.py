"""Queries over news and funding notices."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Case, Count, Exists, IntegerField, Max, Min, OuterRef, Q, When
from django.db.models.functions import ExtractMonth, ExtractYear

from foundation.visibility import PublicPageQuerySet


class NewsQuerySet(PublicPageQuerySet):
    def for_lists(self) -> NewsQuerySet:
        """Newest first, with the picture of the teaser. Two queries where pictures are shown."""
        found = self.select_related("teaser_picture").prefetch_related("teaser_picture__renditions")
        return found.order_by("-date", "-pk")

    def published(self) -> NewsQuerySet:
        return self.open_to_all().for_lists()

    def on_topic(self, slug: str) -> NewsQuerySet:
        return self.filter(topics__slug=slug)

    def of_district(self, slug: str) -> NewsQuerySet:
        return self.filter(district__slug=slug)

    def dated(self, year: int, month: int | None = None) -> NewsQuerySet:
        """Of that year, or of that month of it."""
        found = self.filter(date__year=year)
        return found if month is None else found.filter(date__month=month)

    def closest_first(self, topics: list[int], district: int | None) -> NewsQuerySet:
        """Those on one of these topics before those of this district, before all others; each group newest first."""
        shared = self.model.topics.through.objects.filter(newspage=OuterRef("pk"), topic__in=topics)
        is_near = Q(district=district) if district else Q(pk__in=[])
        return self.annotate(
            is_on_topic=Exists(shared), is_near=Case(When(is_near, then=1), default=0, output_field=IntegerField())
        ).order_by("-is_on_topic", "-is_near", "-date", "-pk")

    def by_month(self) -> models.QuerySet:
        """Year, month and how many, newest first; as many rows as there are months with news."""
        months = self.order_by().annotate(year=ExtractYear("date"), month=ExtractMonth("date"))
        counted = months.values_list("year", "month").annotate(number=Count("pk"))
        return counted.order_by("-year", "-month")


class EventQuerySet(PublicPageQuerySet):
    def ahead(self, now: datetime) -> EventQuerySet:
        """With a date that is not over, the soonest first."""
        next_start = Min("dates__starts_at", filter=Q(dates__ends_at__gt=now))
        return self.annotate(next_start=next_start).filter(next_start__isnull=False).order_by("next_start", "pk")

    def next_end(self, now: datetime) -> datetime | None:
        """When the next of all dates ends, and an event may have become one of the past."""
        found: datetime | None = self.aggregate(end=Min("dates__ends_at", filter=Q(dates__ends_at__gt=now)))["end"]
        return found

    def over(self, now: datetime) -> EventQuerySet:
        """All dates are over, the latest first."""
        return self.annotate(last_end=Max("dates__ends_at")).filter(last_end__lte=now).order_by("-last_end", "-pk")

    def for_lists(self) -> EventQuerySet:
        """With place and dates; two queries."""
        return self.select_related("office").prefetch_related("dates")
