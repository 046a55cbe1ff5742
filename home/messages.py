"""Messages of visitors: one mail to the network's mailbox by the outbox, and the trace that it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string

from booking.models import BookingSettings
from foundation.models import BrandSettings, RetentionSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue
from home.models import SentForm
from home.stamps import Stamp

PER_HOUR = 5
"""Messages that one network may send; several people behind one line share them."""


class MessageRefused(Exception):
    """Nothing was sent."""


class FormTooOld(MessageRefused):
    """The form has no stamp of ours, or one whose time is over."""


class SentTooFast(MessageRefused):
    """Faster than the booking's settings allow a person to be."""


class TooManyMessages(MessageRefused):
    """From this network, within an hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """`answers` are pairs of label and text, in the order of the form; `reply_to` may be empty."""

    kind: str
    subject: str
    to: str
    reply_to: str
    answers: Sequence[tuple[str, str]]


def send_message(message: Message, *, stamp: Stamp | None, network: str, now: datetime) -> None:
    """Sending the same form again does nothing. Raises FormTooOld, SentTooFast, TooManyMessages."""
    life = timedelta(hours=RetentionSettings.in_force().form_hours)
    if stamp is None or not now - life < stamp.shown_at <= now + timedelta(minutes=5):
        raise FormTooOld
    with transaction.atomic():
        _lock(stamp.key, network)
        if SentForm.objects.filter(key=stamp.key).exists():
            return
        if now - stamp.shown_at < timedelta(seconds=BookingSettings.in_force().seconds_to_fill_in):
            raise SentTooFast
        if SentForm.objects.of_network_since(network, now - timedelta(hours=1)).count() >= PER_HOUR:
            raise TooManyMessages
        SentForm.objects.create(key=stamp.key, network=network, sent_at=now)
        enqueue(_letter(message), now=now)


def forget_sent_forms(*, now: datetime) -> int:
    """Deletes the traces whose period is over; how many."""
    limit = now - timedelta(hours=RetentionSettings.in_force().form_hours)
    return SentForm.objects.filter(sent_at__lte=limit).delete()[0]


def _lock(*names: object) -> None:
    """Sendings of one form, which may come through two networks, and messages of one network go one after the other.

    SQLite's transaction does it. Everybody names them in the same order, so that none waits in a circle.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"home.message.{name}"])


def _letter(message: Message) -> Letter:
    context = {
        "brand": BrandSettings.in_force(),
        "title": message.subject,
        "answers": message.answers,
        "can_reply": bool(message.reply_to),
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
    return Letter(
        kind=message.kind,
        to=message.to,
        subject=message.subject,
        text=render_to_string("emails/home/message.txt", context),
        html=render_to_string("emails/home/message.html", context),
        reply_to=message.reply_to,
    )
