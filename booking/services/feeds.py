"""Calendar links of advisors and teams: new, another address, off; and the texts that their feeds are joined of."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from booking.calendars import event_for_feed
from booking.feeds import FeedState, without_text
from booking.ical.event import event_text
from booking.models import AdvisorFeed, Appointment, FeedText
from booking.permissions import is_of_team
from booking.services.channels import refuse_doubling
from offices.models import Advisor, Office

MAX_FEEDS = 10
"""Links of one advisor that work at the same time."""

_PIECE = 500


class TooManyFeeds(Exception):
    """The advisor has as many working links as allowed."""


class NotOfTheTeam(Exception):
    """The advisor may not see the appointments of that office."""


def create_feed(
    *, advisor: Advisor, name: str, detail: AdvisorFeed.Detail, office: Office | None = None
) -> AdvisorFeed:
    """Of the own appointments, or of those of an `office`. Raises TooManyFeeds, OtherWay, NotOfTheTeam."""
    with transaction.atomic():
        Advisor.objects.select_for_update().get(pk=advisor.pk)
        if AdvisorFeed.objects.filter(advisor=advisor, revoked_at=None).count() >= MAX_FEEDS:
            raise TooManyFeeds
        if office is None:
            refuse_doubling(advisor, detail)
        elif advisor.office_id != office.pk or not is_of_team(advisor):
            raise NotOfTheTeam
        return AdvisorFeed.objects.create(advisor=advisor, name=name, detail=detail, office=office)


def renew_feed(feed: AdvisorFeed) -> None:
    """Gives the link another address; the old one is dead at once. A link switched off stays off."""
    AdvisorFeed.objects.filter(pk=feed.pk, revoked_at=None).update(
        version=F("version") + 1, last_fetched_at=None, last_client=""
    )


def switch_off_feed(feed: AdvisorFeed, *, now: datetime) -> None:
    AdvisorFeed.objects.filter(pk=feed.pk, revoked_at=None).update(version=F("version") + 1, revoked_at=now)


def keep_texts(feed: AdvisorFeed, state: FeedState, *, now: datetime) -> None:
    """Writes what appointments say in this feed, where that is not kept in the version of `state`, in pieces.

    Each piece holds its appointments, so that no text outlives an erasure that comes in between. No query where all
    is known to be kept: a feed that is merely read waits for no lock.
    """
    mark = f"{feed.text_kind}-{state.mark}"
    if feed.kept_mark == mark:
        return
    missing = without_text(feed, state, now=now)
    keys = list(missing.values_list("pk", flat=True))
    for start in range(0, len(keys), _PIECE):
        with transaction.atomic():
            found = Appointment.objects.locked().filter(pk__in=keys[start : start + _PIECE]).order_by("pk")
            FeedText.objects.bulk_create(
                [_text_of(appointment, feed, state) for appointment in found],
                update_conflicts=True,
                unique_fields=["appointment", "detail"],
                update_fields=["sequence", "changed_at", "surroundings", "content"],
            )
    AdvisorFeed.objects.filter(pk=feed.pk).update(kept_mark=mark)


def _text_of(appointment: Appointment, feed: AdvisorFeed, state: FeedState) -> FeedText:
    return FeedText(
        appointment=appointment,
        detail=feed.text_kind,
        sequence=appointment.sequence,
        changed_at=appointment.changed_at,
        surroundings=state.surroundings,
        content=event_text(event_for_feed(appointment, feed)),
    )
