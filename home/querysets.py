"""Queries over news and funding notices."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from wagtail.query import PageQuerySet


class NewsQuerySet(PageQuerySet):
    def published(self) -> NewsQuerySet:
        """For everybody, newest first, with the picture of the teaser. Two queries where pictures are shown."""
        found = self.live().public().select_related("teaser_picture").prefetch_related("teaser_picture__renditions")
        return found.order_by("-date", "-pk")


class FundingNoticeQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> FundingNoticeQuerySet:
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
