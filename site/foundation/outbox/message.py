"""A mail as a value, and the MIME text it becomes (RFC 5322, RFC 6047 for invitations)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.core.validators import validate_email
from django.utils import timezone

CALENDAR_NAME = "termin.ics"
LONGEST_ADDRESS = 254
"""Also what the column of the outbox holds: PostgreSQL would refuse the row."""
_NAMED = re.compile(r"(.*)<([^<>]+)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    filename: str
    content: bytes
    mimetype: str = "application/octet-stream"

    def __post_init__(self) -> None:
        _one_line(self.filename, "filename")
        if not re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", self.mimetype):
            raise ValueError("An attachment needs a plain media type such as application/pdf.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One mail to one person. Refuses, when made, whatever could become a second header or a second recipient.

    The subject may be read on lock screens and in the logs of foreign servers: the caller keeps it free of personal
    data and of whatever a visitor typed. `thread` names what the mail is about (an appointment): mails of one thread
    leave in the order in which they were enqueued. `calendar` is a whole iCalendar text whose METHOD is
    `calendar_method`. `unsubscribe` is an address that ends such mails by an empty POST.
    """

    kind: str
    to: str
    subject: str
    text: str
    html: str | None = None
    calendar: str | None = None
    calendar_method: Literal["REQUEST", "CANCEL"] | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    from_email: str = ""
    thread: str = ""
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        one_address(self.to)
        _one_line(self.subject, "subject")
        for sender in filter(None, (self.from_email, self.reply_to)):
            named_address(sender)
        _one_line(self.unsubscribe, "address")
        if (self.calendar is None) != (self.calendar_method is None):
            raise ValueError("A calendar and its method come together or not at all.")


def one_address(value: str) -> str:
    """The one address in `value`, its domain in ASCII (RFC 5890). Raises BadHeaderError for a name beside it, a list,
    a header, and for what in ASCII is longer than RFC 5321, 4.5.3.1.3, allows."""
    _one_line(value, "address")
    try:
        validate_email(value)
    except ValidationError:
        raise BadHeaderError("Not exactly one e-mail address.") from None
    local, domain = value.rsplit("@", 1)
    if re.search(r'[\s,;:<>()\[\]"\\]', value):
        raise BadHeaderError("Not exactly one e-mail address.")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise BadHeaderError("The domain of the address cannot be written in ASCII.") from None
    if len(address) > LONGEST_ADDRESS:
        raise BadHeaderError("The address is too long.")
    return address


def named_address(value: str) -> Address:
    """`Name <address>` or a bare address, for the headers that our own side fills; the name may hold any sign."""
    _one_line(value, "address")
    named = _NAMED.fullmatch(value)
    name, address = named.groups() if named else ("", value)
    local, domain = one_address(address).rsplit("@", 1)
    return Address(display_name=name.strip().removeprefix('"').removesuffix('"'), username=local, domain=domain)


def compose(letter: Letter, *, message_id: str, date: datetime) -> bytes:
    """The MIME text as it crosses the wire: seven-bit, lines end in CRLF.

    With a calendar: multipart/mixed of multipart/alternative (text, HTML, calendar with its method, which makes the
    mail programs offer their buttons) and of the same bytes again as a file for those that look only there.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = named_address(letter.from_email or settings.DEFAULT_FROM_EMAIL)
    mail["To"] = named_address(letter.to)
    if letter.reply_to:
        mail["Reply-To"] = named_address(letter.reply_to)
    mail["Subject"] = letter.subject
    mail["Date"] = timezone.localtime(date)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:  # RFC 8058: mail programs offer an end of one click
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.calendar is not None:
        calendar = re.sub(r"\r\n|\r|\n", "\r\n", letter.calendar).encode()
        mail.add_alternative(calendar, maintype="text", subtype="calendar", cte="base64")
        part = list(mail.iter_parts())[-1]
        part.replace_header("Content-Type", f"text/calendar; charset=utf-8; method={letter.calendar_method}")
        mail.add_attachment(calendar, maintype="application", subtype="ics", filename=CALENDAR_NAME)
    for attachment in letter.attachments:
        maintype, subtype = attachment.mimetype.split("/")
        mail.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.filename)
    # RFC 3282, for all parts: screen readers need not guess. Adding a part would move it into the first one.
    mail["Content-Language"] = settings.LANGUAGE_CODE
    return mail.as_bytes()


def _one_line(value: str, what: str) -> None:
    """Refuses line ends of every kind, control characters, and words that a mail program would decode (RFC 2047)."""
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in value) or "=?" in value:
        raise BadHeaderError(f"The {what} holds characters that have no place in a mail header.")
