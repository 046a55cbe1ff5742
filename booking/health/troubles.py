"""Which of what does not work people are told of by mail, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.enums import Channel, ChannelState
from booking.health.channels import AdvisorHealth, ChannelHealth
from booking.health.waiting import Waiting, has_arrived
from booking.models import Outage
from offices.models import Advisor


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a channel may fail before people are told; `quiet` None: never of a feed that nobody reads."""

    failing: timedelta
    quiet: timedelta | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """`lost` is the appointment that nothing is tried for any more, None where the whole channel does not work."""

    advisor: Advisor
    channel: ChannelHealth
    since: datetime
    lost: Waiting | None = None

    @property
    def key(self) -> str:
        return self.lost.key if self.lost else self.channel.key


def troubles(health: AdvisorHealth, patience: Patience, *, now: datetime) -> Iterator[Trouble]:
    """What people should know of, told already or not."""
    for channel in health.channels:
        since = _out_since(channel, patience, now=now)
        if since is not None:
            yield Trouble(health.advisor, channel, since)
        if not channel.is_refused:
            yield from (
                Trouble(health.advisor, channel, lost.since, lost)
                for lost in channel.waiting
                if lost.is_given_up and _is_told(lost, patience, now=now)
            )


def _out_since(channel: ChannelHealth, patience: Patience, *, now: datetime) -> datetime | None:
    """When it last worked, if that is too long ago. Refused access is told of at once: nothing comes by itself."""
    if channel.channel == Channel.FEED:
        limit = patience.quiet and now - patience.quiet
        return channel.succeeded_at if limit and channel.succeeded_at and channel.succeeded_at <= limit else None
    if channel.is_refused:
        return channel.failed_at or now
    limit = now - patience.failing
    if channel.error and channel.working_at and channel.working_at <= limit:
        return channel.working_at
    retried = (each.since for each in channel.waiting if each.is_tried and not each.is_given_up)
    return min((since for since in retried if since <= limit), default=None)


def _is_told(lost: Waiting, patience: Patience, *, now: datetime) -> bool:
    """A firm that did not get its mail is to be called at once; her own calendar an advisor may mend in her time."""
    return lost.channel == Channel.MAIL or lost.since <= now - patience.failing


def is_over(outage: Outage, health: AdvisorHealth | None) -> bool:
    """Stricter than „no longer long ago“: it has worked since it was told of, whatever the settings say by now.

    Also where the calendar or link is gone, or its advisor.
    """
    if health is None:
        return True
    if outage.appointment_id:
        return outage.key not in {each.key for each in health.waiting if each.channel == outage.channel}
    channel = _channel_of(outage, health)
    return channel is None or _works_since(channel, outage.told_at)


def is_worth_a_mail(outage: Outage, health: AdvisorHealth | None, *, now: datetime) -> bool:
    """Of an outage that is over: nobody needs to hear about what was switched off, or of an appointment of the past.

    Mails that nothing waits for any more because they were given up are no good news either.
    """
    if outage.appointment:
        return outage.appointment.ends_at > now and has_arrived(outage)
    channel = _channel_of(outage, health)
    if channel is None:
        return False
    return channel.channel != Channel.MAIL or not any(each.is_given_up for each in channel.waiting)


def _channel_of(outage: Outage, health: AdvisorHealth | None) -> ChannelHealth | None:
    """None where it was switched off or its advisor has left."""
    channels = health.of(Channel(outage.channel)) if health else []
    return next((each for each in channels if each.key == outage.key), None)


def _works_since(channel: ChannelHealth, told_at: datetime) -> bool:
    if channel.channel == Channel.FEED:
        return channel.state in {ChannelState.GOOD, ChannelState.UNUSED}
    is_lacking = any(each.is_tried and not each.is_given_up for each in channel.waiting)
    if channel.channel == Channel.MAIL:
        return not is_lacking
    is_working = channel.succeeded_at is not None and channel.succeeded_at > told_at
    return is_working and not channel.error and not is_lacking
