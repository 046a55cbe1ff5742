"""Secrets of other people that must be readable again: the address or password of a calendar.

Encrypted and authenticated (Fernet) by a key derived from SECRET_KEY. Keys of SECRET_KEY_FALLBACKS still open what they
sealed; whatever is written anew takes the present one. A copy of the database alone opens nothing.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unsealable(Exception):
    """Sealed by a key that is gone, for something else, or tampered with."""


def seal(text: str, *, purpose: str) -> str:
    """What was sealed for one purpose cannot be opened for another."""
    return _keys(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str) -> str:
    """Raises Unsealable."""
    try:
        return _keys(purpose).decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unsealable from error


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet([_key(purpose, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(purpose: str, secret: str) -> Fernet:
    return Fernet(
        urlsafe_b64encode(salted_hmac(f"foundation.sealing.{purpose}", "key", secret, algorithm="sha256").digest())
    )
