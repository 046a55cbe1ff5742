"""Hands a stored mail to one of Django's mail backends, byte for byte."""

from __future__ import annotations

import email
import email.message
from contextlib import suppress
from email.policy import SMTP
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class StoredText(email.message.EmailMessage):
    """A parsed mail that is written out again exactly as it was stored, whoever asks."""

    stored: bytes | None = None

    def as_bytes(self, unixfrom: bool = False, policy: Any = None, *, linesep: str = "\n") -> bytes:
        """The stored bytes with the line ends that the backend asks for (SMTP: CRLF, files: LF)."""
        if self.stored is None:
            return super().as_bytes(unixfrom, policy)
        return self.stored.replace(b"\r\n", b"\n").replace(b"\n", linesep.encode("ascii"))


class StoredMessage(EmailMessage):
    """What Django's backends take, around a mail from the outbox: one recipient, nothing made anew."""

    def __init__(self, stored: bytes, recipient: str) -> None:
        self._text = cast("StoredText", email.message_from_bytes(stored, _class=StoredText, policy=SMTP))
        self._text.stored = stored
        super().__init__(subject=self._text["Subject"], from_email=str(self._text["From"]), to=[recipient])

    def message(self, **_options: Any) -> StoredText:
        return self._text

    def recipients(self) -> list[str]:
        return list(self.to)


class NotTakenError(Exception):
    """The backend raised nothing and yet counted no mail as sent."""


def hand_over(stored: bytes, recipient: str) -> None:
    """Returns when the transport has taken the mail, raises what it raises otherwise.

    One connection per mail: a mail that spoils its connection spoils no other. What goes wrong after the mail was
    taken (a server that hangs at QUIT) is not the mail's failure, and neither are wrong settings of the transport.
    """
    message = StoredMessage(stored, recipient)
    try:
        connection = get_connection(backend=settings.OUTBOX_TRANSPORT, fail_silently=False)
    except Exception as error:
        raise ConnectionError("The transport cannot be set up.") from error
    try:
        connection.open()
        if not connection.send_messages([message]):
            raise NotTakenError
    finally:
        with suppress(OSError):
            connection.close()
