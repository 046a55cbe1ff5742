"""The one way by which an advisor's appointments reach her calendar (IMIP-4): taking it ends the other ways.

In the caller's transaction, its advisor locked; what leaves the house is in the outbox of the same transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F

from booking import emails
from booking.ical.invitation import is_same_mailbox
from booking.models import AdvisorFeed, Appointment, CalendarChannel
from offices.models import Advisor

Way = CalendarChannel.Way

TAKEN_BACK = 2
"""What leaving raises the base of SEQUENCE by: one for the cancellation, one for what may come after it."""


class FeedsThen(models.TextChoices):
    """What becomes of an advisor's own links when another way brings the appointments."""

    OFF = "off", "abschalten"
    BUSY = "busy", "behalten, aber nur noch mit „Belegt“"


class NoAddress(Exception):
    """The advisor has no address that invitations could go to."""


class OtherWay(Exception):
    """The advisor's appointments come into her calendar in another way; such a link would double them."""


def take_way(
    advisor: Advisor, way: CalendarChannel.Way, *, feeds: FeedsThen = FeedsThen.OFF, now: datetime
) -> CalendarChannel.Way:
    """Ends invitations or links and begins the new way; the same again changes nothing. The former one. Raises
    NoAddress.

    Calendars that are written into are begun and ended by `connect_push` and `disconnect_push`, which call this.
    """
    channel = CalendarChannel.objects.of(advisor)
    former = Way(channel.way)
    if former == way:
        return former
    if way == Way.INVITATION and not advisor.email:
        raise NoAddress
    ahead = invited(advisor, now=now)
    if channel.way == Way.INVITATION:
        emails.send_uninvited(ahead, channel, now=now)
        channel.sequence_base += TAKEN_BACK
    channel.way, channel.chosen_at = way, now
    channel.address = advisor.email if way == Way.INVITATION else ""
    channel.save()
    if way == Way.INVITATION:
        emails.send_invited(ahead, channel, now=now)
    if way != Way.FEED:
        _end_feeds(advisor, feeds, now=now)
    return former


def invited(advisor: Advisor, *, now: datetime) -> list[Appointment]:
    """What an advisor who has chosen invitations is invited to; locked.

    Bookings at this moment hold the lock of their row and ask for the way after it: none is missed or told twice.
    """
    rows = Appointment.objects.locked().taking_time(now=now).filter(advisor=advisor, starts_at__gt=now).order_by("pk")
    return [appointment for appointment in rows if appointment.status == "booked"]


def step_in_mailbox(former: Advisor, current: Advisor) -> int | None:
    """None unless an event that goes from one advisor to another stays in the mailbox that both share: to cancel it
    there would take it from both.

    Else what `Appointment.sequence_ahead` is to rise by, so that SEQUENCE does not fall behind what is there. The base
    of the one who gets it stays: raised, it would outdate her answers to all other invitations.
    Two queries, none where the addresses differ.
    """
    if former.pk == current.pk or not is_same_mailbox(former.email, current.email):
        return None
    before, after = (CalendarChannel.objects.of(advisor) for advisor in (former, current))
    if {before.way, after.way} != {Way.INVITATION}:
        return None
    return max(0, before.sequence_base - after.sequence_base)


def _end_feeds(advisor: Advisor, then: FeedsThen, *, now: datetime) -> None:
    """Links that say only „Belegt“ go into other calendars and stay."""
    doubling = AdvisorFeed.objects.doubling().filter(advisor=advisor)
    if then == FeedsThen.BUSY:
        doubling.update(detail=AdvisorFeed.Detail.BUSY, detail_changes=F("detail_changes") + 1, detail_changed_at=now)
    else:
        doubling.update(version=F("version") + 1, revoked_at=now)


def refuse_doubling(advisor: Advisor, detail: str) -> None:
    """Raises OtherWay."""
    if detail != AdvisorFeed.Detail.BUSY and CalendarChannel.objects.of(advisor).way != Way.FEED:
        raise OtherWay
