"""Private links of providers: random, only a digest of each is stored, bound to the key of the site."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from courses.models import ProviderLink
from foundation.mailed_links import mended

_SALT = "courses.provider_link"
_BYTES = 24
"""192 bits: nobody guesses through them."""


class LinkUnknown(Exception):
    """No such link: damaged, cut off, or never made."""


class LinkOver(Exception):
    """The link was good once: its time is over, or a newer one has taken its place."""


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """Under the key of today, under which links are made."""
    return _digests(token)[0]


def _digests(token: str) -> list[str]:
    """Under every key of before, too: links in mails outlive a change of the key (F12)."""
    return [
        salted_hmac(_SALT, token, secret=key, algorithm="sha256").hexdigest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def address_of(token: str) -> str:
    """Absolute; its host is the site's own, never that of a request."""
    return f"{settings.BASE_URL}{reverse('courses:provider_courses', args=[token])}"


def link_of(token: str, *, now: datetime) -> ProviderLink:
    """With its provider. One query. Raises LinkUnknown or LinkOver."""
    link: ProviderLink | None = ProviderLink.objects.of_digests(_digests(mended(token))).first()
    if link is None:
        raise LinkUnknown
    if link.ended_at is not None or link.expires_at <= now:
        raise LinkOver
    return link
