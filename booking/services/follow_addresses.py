"""Invitations go with an advisor who gets another e-mail address."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from django.db import transaction

from booking import emails
from booking.ical.invitation import is_same_mailbox
from booking.models import CalendarChannel, Outage
from booking.services.channels import TAKEN_BACK, invited, take_way
from booking.services.guard import lock_advisors
from booking.threads import advisor_thread

Way = CalendarChannel.Way


def follow_addresses(*, now: datetime) -> int:
    """Takes invitations back from the mailbox that an advisor had and invites her to all that is ahead in the one she
    has now; of how many advisors. Without a new address she has links again.

    Until then every mail goes to the old one, so nothing stands in the new one that is told there once more. It may run
    twice, late, or in two workers. One query where nobody has moved.
    """
    moved = list(CalendarChannel.objects.invites_elsewhere().values_list("advisor", flat=True))
    return sum(_follow(advisor, now=now) for advisor in moved)


def _follow(advisor: int, *, now: datetime) -> bool:
    with transaction.atomic():
        lock_advisors(advisor)
        channel = CalendarChannel.objects.invites_elsewhere().select_related("advisor").filter(advisor=advisor).first()
        if channel is None:
            return False
        former, address = copy(channel), channel.advisor.email
        if not address:
            take_way(channel.advisor, Way.FEED, now=now)
            return True
        channel.address = address
        # Without a former one, as the release before wrote it, all mails went where they go now.
        if not former.address or is_same_mailbox(former.address, address):
            channel.save(update_fields=["address"])
            return False
        channel.sequence_base += TAKEN_BACK
        channel.save(update_fields=["address", "sequence_base"])
        ahead = invited(channel.advisor, now=now)
        emails.send_followed(ahead, former=former, channel=channel, now=now)
        threads = [advisor_thread(appointment) for appointment in ahead]
        Outage.objects.set_aside(threads, mark=str(channel.sequence_base))
    return True
