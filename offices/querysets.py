"""Queries over places and people, in the words of the network."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class OfficeQuerySet(models.QuerySet):
    def in_operation(self) -> OfficeQuerySet:
        return self.filter(is_active=True)

    def of_district(self, district: int) -> OfficeQuerySet:
        return self.filter(districts=district)


class AdvisorQuerySet(models.QuerySet):
    def active(self) -> AdvisorQuerySet:
        return self.filter(is_active=True)

    def shown(self) -> AdvisorQuerySet:
        """Who may be named to visitors, as somebody to talk to."""
        return self.active().filter(is_public=True)

    def for_anybody(self, *, keeping: models.QuerySet) -> AdvisorQuerySet:
        """Whom a visitor gets without naming anybody: the pool, and those of the query `keeping`."""
        return self.filter(Q(in_pool=True) | Q(pk__in=keeping))

    def with_portraits(self) -> AdvisorQuerySet:
        return self.select_related("portrait").prefetch_related("portrait__renditions")


class OfficeDayQuerySet(models.QuerySet):
    def running(self, day: date) -> OfficeDayQuerySet:
        """Series that take place and are not over on that day."""
        return self.filter(is_active=True).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
