"""Telling advisors and offices that something does not reach its calendar or its firm: once, and once when it does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from booking.calendar_emails import send_outages, send_restored
from booking.health.channels import AdvisorHealth, health_of
from booking.health.troubles import Patience, Trouble, is_over, is_worth_a_mail, troubles
from booking.models import BookingSettings, Outage
from offices.models import Advisor

KEPT = timedelta(days=30)
"""Outages that are over."""


def watch_channels(*, now: datetime) -> int:
    """One round of the worker; of how many outages it told. It may run twice: who notes an outage tells of it."""
    settings = BookingSettings.in_force()
    patience = Patience(
        failing=timedelta(hours=settings.hours_until_alert),
        quiet=timedelta(days=settings.days_until_quiet) if settings.days_until_quiet else None,
    )
    people = Advisor.objects.active().select_related("office")
    healths = {health.advisor.pk: health for health in health_of(people, now=now, out_after=patience.failing)}
    with transaction.atomic():
        ended = _end(healths, now=now)
        begun = _begin(healths, patience, now=now)
        send_outages(begun, now=now)
        send_restored(ended, now=now)
    Outage.objects.ended_before(now - KEPT).delete()
    return len(begun) + len(ended)


def _begin(healths: dict[int, AdvisorHealth], patience: Patience, *, now: datetime) -> list[Trouble]:
    """Notes what is not noted yet. Two queries for each, none for what was told already."""
    told = set(Outage.objects.open().values_list("channel", "key"))
    found = [each for health in healths.values() for each in troubles(health, patience, now=now)]
    return [each for each in found if (each.channel.channel, each.key) not in told and _note(each, now=now)]


def _note(trouble: Trouble, *, now: datetime) -> bool:
    """False where another worker was first."""
    _, is_new = Outage.objects.get_or_create(
        channel=trouble.channel.channel,
        key=trouble.key,
        over_at=None,
        defaults={
            "advisor": trouble.advisor,
            "appointment": trouble.lost.appointment if trouble.lost else None,
            "began_at": trouble.since,
            "told_at": now,
        },
    )
    return is_new


def _end(healths: dict[int, AdvisorHealth], *, now: datetime) -> list[Outage]:
    """Ends what is over; those of them that are worth a mail."""
    over = [
        outage
        for outage in Outage.objects.open().select_related("advisor__office", "appointment")
        if is_over(outage, healths.get(outage.advisor_id))
        and Outage.objects.open().filter(pk=outage.pk).update(over_at=now)
    ]
    return [outage for outage in over if is_worth_a_mail(outage, healths.get(outage.advisor_id), now=now)]
