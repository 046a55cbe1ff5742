"""What a failed attempt means: try again later, or give the mail up; and how it may be told without personal data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from foundation.logs import masked

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """`lasting`: the server refused this very mail (5xx), no repetition will help. `unforeseen`: neither the network
    nor the server, so most likely the mail itself; it gets fewer attempts. `text` is for administrators."""

    text: str
    lasting: bool = False
    unforeseen: bool = False


def fault_of(error: Exception, *, recipient: str) -> Fault:
    """A 5xx counts as lasting only where it is about the mail. At the greeting, at HELO or at the login it speaks of
    the server or our account: then every mail would be lost for one wrong setting, so they wait."""
    if isinstance(error, SMTPConnectError | SMTPHeloError | SMTPAuthenticationError):
        return Fault(_told("Mailserver lehnt die Verbindung ab", error.smtp_code, error.smtp_error, recipient))
    if isinstance(error, SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
        return Fault(_told("Empfänger abgelehnt", code, answer, recipient), lasting=_is_lasting(code))
    if isinstance(error, SMTPResponseException):
        code, answer = error.smtp_code, error.smtp_error
        return Fault(_told("Mailserver nimmt die E-Mail nicht an", code, answer, recipient), lasting=_is_lasting(code))
    # smtplib wraps what the socket said.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Fault("Mailserver antwortet nicht (Zeit abgelaufen)")
    if isinstance(error, SMTPException | OSError):
        return Fault(f"Verbindung zum Mailserver gescheitert oder abgerissen ({type(error).__name__})")
    return Fault(f"Unerwarteter Fehler beim Versand ({type(error).__name__})", unforeseen=True)


def _is_lasting(code: int) -> bool:
    return 500 <= code <= 599


def _told(what: str, code: int, answer: bytes | str, recipient: str) -> str:
    """Code and answer of the server; servers like to repeat the address, so it is taken out, its local part too."""
    said = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    said = masked(" ".join(said.split()))
    local = recipient.rsplit("@", 1)[0]
    if len(local) > 2:
        said = re.sub(re.escape(local), "…", said, flags=re.IGNORECASE)
    said = "".join(character for character in said if character.isprintable())
    return f"{what}: SMTP {code} {said}".strip()[:_LONGEST]
