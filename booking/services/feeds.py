"""Calendar links of advisors: new, another address, off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from booking.models import AdvisorFeed
from offices.models import Advisor

MAX_FEEDS = 10
"""Links of one advisor that work at the same time."""


class TooManyFeeds(Exception):
    """The advisor has as many working links as allowed."""


def create_feed(*, advisor: Advisor, name: str, detail: AdvisorFeed.Detail) -> AdvisorFeed:
    """Raises TooManyFeeds."""
    with transaction.atomic():
        Advisor.objects.select_for_update().get(pk=advisor.pk)
        if AdvisorFeed.objects.filter(advisor=advisor, revoked_at=None).count() >= MAX_FEEDS:
            raise TooManyFeeds
        return AdvisorFeed.objects.create(advisor=advisor, name=name, detail=detail)


def renew_feed(feed: AdvisorFeed) -> None:
    """Gives the link another address; the old one is dead at once. A link switched off stays off."""
    AdvisorFeed.objects.filter(pk=feed.pk, revoked_at=None).update(
        version=F("version") + 1, last_fetched_at=None, last_client=""
    )


def switch_off_feed(feed: AdvisorFeed, *, now: datetime) -> None:
    AdvisorFeed.objects.filter(pk=feed.pk, revoked_at=None).update(version=F("version") + 1, revoked_at=now)
