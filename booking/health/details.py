"""What pages tell besides: when a mail about somebody's appointments last left and, of one advisor, what her feeds
lack."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from booking.enums import Channel
from booking.health.channels import AdvisorHealth
from booking.models import Appointment
from booking.permissions import is_of_team, of_office
from booking.querysets import FEED_PAST
from booking.threads import advisor_thread, firm_thread
from foundation.models import OutgoingMail


def in_detail(health: AdvisorHealth, *, now: datetime) -> AdvisorHealth:
    """Two queries, three with a feed that is read; for that of an office besides whether she is of its team."""
    (health,) = with_last_mails([health], now=now)
    unread = _unread(health, now=now)
    channels = (replace(each, unread=unread.get(each.key, ())) for each in health.channels)
    return replace(health, channels=tuple(channels))


def with_last_mails(healths: Collection[AdvisorHealth], *, now: datetime) -> list[AdvisorHealth]:
    """As far back as a feed reaches. Two queries, however many there are."""
    advisors = [health.advisor for health in healths]
    recent = Appointment.objects.agreed().filter(advisor__in=advisors, ends_at__gt=now - FEED_PAST)
    owners = {
        thread_of(each): each.advisor_id
        for each in recent.only("uid", "advisor")
        for thread_of in (firm_thread, advisor_thread)
    }
    last: dict[int, datetime] = {}
    for thread, sent_at in OutgoingMail.objects.last_sent(owners).items():
        last[owners[thread]] = max(sent_at, last.get(owners[thread], sent_at))
    return [_with_last_mail(health, last.get(health.advisor.pk)) for health in healths]


def _with_last_mail(health: AdvisorHealth, sent_at: datetime | None) -> AdvisorHealth:
    channels = (
        replace(each, succeeded_at=sent_at) if each.channel == Channel.MAIL else each for each in health.channels
    )
    return replace(health, channels=tuple(channels))


def _unread(health: AdvisorHealth, *, now: datetime) -> dict[str, tuple[Appointment, ...]]:
    """By the keys of the feeds that are read: what was changed since. That of an office which she does not belong to
    any more is dead and will never tell."""
    read = [(each, each.succeeded_at) for each in health.of(Channel.FEED) if each.succeeded_at]
    if not read:
        return {}
    advisor = health.advisor
    office = advisor.office_id if any(feed.office_id for feed, _ in read) and is_of_team(advisor) else None
    whose = Q(advisor=advisor) | of_office(office) if office else Q(advisor=advisor)
    since = min(read_at for _, read_at in read)
    changed = list(Appointment.objects.filter(whose).changed_after(since, now=now).select_related("service"))
    told = {office: changed, None: [each for each in changed if each.advisor_id == advisor.pk]}
    return {
        feed.key: tuple(each for each in told.get(feed.office_id, ()) if each.changed_at > read_at)
        for feed, read_at in read
    }
