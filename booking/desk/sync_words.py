"""What the pages of the desk say about the channels: one sentence for all, facts for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.formats import date_format
from django.utils.timezone import localtime

from booking.enums import Channel, ChannelState
from booking.health.channels import AdvisorHealth, ChannelHealth
from booking.health.waiting import Waiting
from booking.models import CalendarChannel
from booking.wording import day_and_time, when

Way = CalendarChannel.Way

WAY_IN_SHORT = {Way.FEED: "Kalender-Link", Way.INVITATION: "Einladungen", Way.PUSH: "Eintragen"}

_PAGES = {Channel.PUSH: "push_calendar", Channel.BUSY: "busy_calendars", Channel.FEED: "advisor_calendar"}
"""Where its owner changes a channel."""

_LAST = {Channel.PUSH: "Zuletzt erfolgreich", Channel.BUSY: "Zuletzt gelesen", Channel.FEED: "Zuletzt abgerufen"}

_NEXT_BY_ITSELF = {ChannelState.WAITING, ChannelState.OUT}


@dataclass(frozen=True, slots=True)
class Summary:
    """„Alles angekommen“, or how many wait and what is out of order."""

    text: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class ShownChannel:
    channel: Channel
    title: str
    state: ChannelState
    facts: list[dict[str, str]]
    waiting: list[ShownWaiting]
    unread: list[dict[str, str]]
    page: str


@dataclass(frozen=True, slots=True)
class ShownWaiting:
    """`label` names the appointment; the time of one that was given away stays out of it."""

    reference: str
    label: str
    text: str


def summary(healths: Iterable[AdvisorHealth]) -> Summary:
    healths = list(healths)
    waiting = len({each.appointment.pk for health in healths for each in health.waiting})
    channels = chain.from_iterable(health.channels for health in healths)
    # Of mails and entries the appointments tell already.
    out = sum(each.state == ChannelState.OUT and not each.waiting for each in channels)
    parts = []
    if waiting:
        parts.append("1 Termin wartet" if waiting == 1 else f"{waiting} Termine warten")
    if out:
        parts.append("1 Verbindung ist gestört" if out == 1 else f"{out} Verbindungen sind gestört")
    return Summary(", ".join(parts) or "Alles angekommen", is_good=not parts)


def shown_channel(health: ChannelHealth, *, with_name: bool) -> ShownChannel:
    """A calendar's name is its owner's affair: others read what kind it is."""
    name = f" „{health.name}“" if with_name and health.name else ""
    return ShownChannel(
        channel=health.channel,
        title=f"{health.channel.label}{name}",
        state=health.state,
        facts=facts_of(health),
        waiting=[shown_waiting(each) for each in health.waiting],
        unread=[{"reference": each.reference, "label": when(each.starts_at, each.ends_at)} for each in health.unread],
        page=_PAGES.get(health.channel, ""),
    )


def facts_of(health: ChannelHealth) -> list[dict[str, str]]:
    facts = [("Art", health.kind)]
    if last := _LAST.get(health.channel):
        facts.append((last, _last(health)))
    elif health.succeeded_at:
        facts.append(("Zuletzt verschickt", day_and_time(health.succeeded_at)))
    if health.error:
        facts.append(("Letzter Fehler", health.error))
    if health.failed_at:
        facts.append(("Zuletzt gescheitert", day_and_time(health.failed_at)))
    if health.next_try_at:
        facts.append(("Nächster Versuch", day_and_time(health.next_try_at)))
    elif health.state in _NEXT_BY_ITSELF and health.channel in {Channel.PUSH, Channel.MAIL}:
        facts.append(("Nächster Versuch", "keiner, bis jemand etwas tut"))
    return [{"term": term, "value": value} for term, value in facts]


def _last(health: ChannelHealth) -> str:
    if health.succeeded_at is None:
        return "noch nie"
    by = f" von {health.client}" if health.client else ""
    return f"{day_and_time(health.succeeded_at)}{by}"


def shown_waiting(waiting: Waiting) -> ShownWaiting:
    appointment = waiting.appointment
    time = (
        "an eine andere Beratung abgegeben"
        if waiting.is_given_away
        else when(appointment.starts_at, appointment.ends_at)
    )
    sentences = [f"{waiting.what}, seit {day_and_time(waiting.since)}."]
    if waiting.reason:
        sentences.append(waiting.reason if waiting.reason.endswith((".", "!")) else f"{waiting.reason}.")
    if waiting.next_try_at:
        sentences.append(f"Nächster Versuch: {day_and_time(waiting.next_try_at)}.")
    else:
        sentences.append("Es wird nicht mehr von selbst versucht.")
    return ShownWaiting(appointment.reference, time, " ".join(sentences))


def last_success(channels: Sequence[ChannelHealth]) -> str:
    """Of several of one kind the one that is longest ago, which is the one to look at; empty where none ever worked."""
    moments = [each.succeeded_at for each in channels if each.succeeded_at]
    return f"zuletzt {date_format(localtime(min(moments)), 'j.n., G:i')} Uhr" if moments else ""


def in_one_word(channels: Sequence[ChannelHealth]) -> ChannelState | None:
    """The worst of several of one kind; None for none."""
    order = list(ChannelState)
    return max((each.state for each in channels), key=order.index, default=None)
