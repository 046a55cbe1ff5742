"""Django's door to the outbox: whatever a library sends by `send_mail` is written down first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailAttachment
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from foundation.outbox.message import Attachment, Letter, named_address
from foundation.outbox.queue import enqueue

KIND = "system"


class OutboxBackend(BaseEmailBackend):
    """One row per recipient: no mail of the site shows one person's address to another."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """All or none are written; how many messages had a recipient."""
        written = 0
        with transaction.atomic():
            for message in email_messages:
                letters = _letters(message)
                for letter in letters:
                    enqueue(letter, now=timezone.now())
                written += bool(letters)
        return written

    def get_outbox(self, *args: Any, **kwargs: Any) -> Any:
        """For django-mail-viewer's pages, which ask the default backend: its own holds the mails."""
        return get_connection(settings.OUTBOX_TRANSPORT).get_outbox(*args, **kwargs)

    def get_message(self, lookup_id: str) -> Any:
        return get_connection(settings.OUTBOX_TRANSPORT).get_message(lookup_id)

    def delete_message(self, message_id: str) -> None:
        get_connection(settings.OUTBOX_TRANSPORT).delete_message(message_id)


def _letters(message: EmailMessage) -> list[Letter]:
    text, html = str(message.body), None
    if message.content_subtype == "html":
        text, html = strip_tags(text), text
    for alternative in getattr(message, "alternatives", ()):
        content, mimetype = alternative
        if mimetype == "text/html":
            html = str(content)
    attachments = tuple(_attachment(attachment) for attachment in message.attachments)
    reply_to = message.reply_to[0] if message.reply_to else ""
    return [
        Letter(
            kind=KIND,
            to=named_address(recipient).addr_spec,
            subject=str(message.subject),
            text=text,
            html=html,
            attachments=attachments,
            reply_to=reply_to,
            from_email=message.from_email,
        )
        for recipient in dict.fromkeys(message.recipients())
    ]


def _attachment(attachment: EmailAttachment | Any) -> Attachment:
    if not isinstance(attachment, tuple):
        raise TypeError("The outbox takes attachments as (filename, content, mimetype).")
    filename, content, mimetype = attachment
    if isinstance(content, str):
        content = content.encode()
    if not isinstance(content, bytes):
        raise TypeError("The outbox takes attachments as text or bytes.")
    return Attachment(filename=filename or "anhang", content=content, mimetype=mimetype or "application/octet-stream")
