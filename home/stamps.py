"""The signed stamp of a form: when it was shown, and a key by which sending it twice is recognised."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer

_SALT = "home.form"


@dataclass(frozen=True, slots=True)
class Stamp:
    key: str
    shown_at: datetime


def new_stamp(*, now: datetime) -> str:
    return Signer(salt=_SALT).sign_object([secrets.token_urlsafe(16), int(now.timestamp())])


def read_stamp(text: str) -> Stamp | None:
    """None for what was not signed here, for this purpose."""
    try:
        key, shown = Signer(salt=_SALT).unsign_object(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return Stamp(key, datetime.fromtimestamp(shown, UTC))
