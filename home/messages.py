"""Messages of visitors: one mail to the network's mailbox by the outbox, and the trace that it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue
from home.models import SentForm
from home.sent_forms import check_age, is_first_sending
from home.stamps import Stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """`answers` are pairs of label and text, in the order of the form; `reply_to` may be empty."""

    kind: str
    subject: str
    to: str
    reply_to: str
    answers: Sequence[tuple[str, str]]


def send_message(message: Message, *, stamp: Stamp | None, network: str, now: datetime) -> None:
    """Sending the same form again does nothing. Raises FormTooOld, SentTooFast, TooManyForms."""
    checked = check_age(stamp, now=now)
    with transaction.atomic():
        if is_first_sending(checked, kind=SentForm.Kind.MESSAGE, network=network, now=now):
            enqueue(_letter(message), now=now)


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
