"""What the page of one advisor tells besides: what her feeds lack, and when a mail about her appointments last left."""

from __future__ import annotations

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
from offices.models import Advisor


def in_detail(health: AdvisorHealth, *, now: datetime) -> AdvisorHealth:
    """Two queries, three with a feed that is read; for that of an office besides whether she is of its team."""
    sent_at = _last_sent(health.advisor, now=now)
    unread = _unread(health, now=now)
    channels = (
        replace(each, succeeded_at=sent_at)
        if each.channel == Channel.MAIL
        else replace(each, unread=unread.get(each.key, ()))
        for each in health.channels
    )
    return replace(health, channels=tuple(channels))


def _last_sent(advisor: Advisor, *, now: datetime) -> datetime | None:
    """As far back as a feed reaches."""
    recent = Appointment.objects.agreed().filter(advisor=advisor, ends_at__gt=now - FEED_PAST).only("uid")
    threads = [thread_of(each) for each in recent for thread_of in (firm_thread, advisor_thread)]
    return OutgoingMail.objects.last_sent(threads)


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
