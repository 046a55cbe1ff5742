"""Signed links: what a mail or a calendar program carries to come back to one thing, for one purpose.

A link to an appointment signs its uid and its nonce under a salt of its own per purpose (RFC 4648 base64url, no
padding): no personal data, nothing to guess, and a link for one purpose opens no other. It dies a day after the
appointment's end; only that to the firm's own data (Art. 15 and 17 DSGVO) lives as long as there are data, since
making an appointment anonymous gives it another nonce. `SECRET_KEY_FALLBACKS` keeps links alive over a change of the
key.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from booking.models import AdvisorFeed, Appointment, MoveOffer
from foundation.mailed_links import mended

LIFE_AFTER_END = timedelta(days=1)
_SEPARATOR = "~"
_FEED_SALT = "booking.feed"
_GOOGLE = "https://calendar.google.com/calendar/r?cid="


class Purpose(StrEnum):
    """What a link is for; its value is part of the salt and must never change."""

    HOLD = "hold"
    VIEW = "view"
    MOVE = "move"
    CANCEL = "cancel"
    CALENDAR = "calendar"
    SUBSCRIPTION = "subscription"
    DATA = "data"
    CONFIRM = "confirm"
    VERIFY = "verify"
    OFFER = "offer"
    EARLIER = "earlier"


class LinkInvalid(Exception):
    """No such link: damaged, forged, cut off, or made for another purpose."""


class LinkForgotten(LinkInvalid):
    """The link was good once; the data that it led to are deleted. Says so to whoever had it, and to nobody else."""


class LinkReplaced(LinkInvalid):
    """The link was good once; the firm has given another address since, and a newer mail has gone there."""


class LinkExpired(Exception):
    """The link was good once; its appointment is over."""


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise LinkInvalid from error


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(sep=_SEPARATOR, salt=f"booking.link.{purpose.value}")


def _nonce(appointment: Appointment, purpose: Purpose) -> str:
    """Confirming has one of its own, which changes with the address; all other links live on."""
    return appointment.verification_nonce if purpose == Purpose.VERIFY else appointment.link_nonce


def token_for(appointment: Appointment, purpose: Purpose) -> str:
    return _signed(appointment.uid, appointment, purpose)


def _signed(uid: uuid.UUID, appointment: Appointment, purpose: Purpose) -> str:
    return _signer(purpose).sign(f"{_encode(uid.bytes)}.{_nonce(appointment, purpose)}")


def link_to(appointment: Appointment, purpose: Purpose) -> str:
    """Absolute address; its host is the site's own, never that of a request."""
    return settings.BASE_URL + path_to(appointment, purpose)


def path_to(appointment: Appointment, purpose: Purpose) -> str:
    return reverse(f"booking:{purpose.value}", args=[token_for(appointment, purpose)])


def path_to_offer(offer: MoveOffer) -> str:
    """Names the offer, and ends with the nonce of its appointment."""
    return reverse("booking:offer", args=[_signed(offer.uid, offer.appointment, Purpose.OFFER)])


def link_to_offer(offer: MoveOffer) -> str:
    return settings.BASE_URL + path_to_offer(offer)


def appointment_of(token: str, purpose: Purpose, *, now: datetime) -> Appointment:
    """The appointment that a token opens. One query. Raises LinkInvalid (or a kind of it) or LinkExpired."""
    uid, nonce = _read(token, purpose)
    appointment = Appointment.objects.with_places().filter(uid=uid).first()
    if appointment is None:
        raise LinkInvalid
    _check(appointment, nonce, purpose, now=now)
    return appointment


def offer_of(token: str, *, now: datetime) -> MoveOffer:
    """The offer that a token opens, with its appointment; whether it still holds times is not the link's matter.

    One query. Raises LinkInvalid, LinkForgotten or LinkExpired.
    """
    uid, nonce = _read(token, Purpose.OFFER)
    offer = MoveOffer.objects.with_places().filter(uid=uid).first()
    if offer is None:
        raise LinkInvalid
    _check(offer.appointment, nonce, Purpose.OFFER, now=now)
    return offer


def _read(token: str, purpose: Purpose) -> tuple[uuid.UUID, str]:
    try:
        payload = _signer(purpose).unsign(mended(token))
    except signing.BadSignature as error:
        raise LinkInvalid from error
    encoded, _, nonce = payload.partition(".")
    raw = _decode(encoded)
    if len(raw) != 16:
        raise LinkInvalid
    return uuid.UUID(bytes=raw), nonce


def _check(appointment: Appointment, nonce: str, purpose: Purpose, *, now: datetime) -> None:
    if not constant_time_compare(nonce, _nonce(appointment, purpose)):
        if appointment.anonymised_at:
            raise LinkForgotten
        raise LinkReplaced if purpose == Purpose.VERIFY else LinkInvalid
    if purpose != Purpose.DATA and appointment.ends_at + LIFE_AFTER_END <= now:
        raise LinkExpired


def _feed_tokens(feed: AdvisorFeed) -> list[str]:
    """The token of a feed under the key of today, then under every key of before."""
    said = f"{feed.uid.hex}.{feed.version}"
    return [
        _encode(feed.uid.bytes) + _encode(salted_hmac(_FEED_SALT, said, secret=key, algorithm="sha256").digest()[:24])
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def feed_token(feed: AdvisorFeed) -> str:
    """22 characters that name the feed and 32 (192 bits) that only this site can make."""
    return _feed_tokens(feed)[0]


def feed_address(feed: AdvisorFeed) -> str:
    """Absolute address of a feed. Whoever has it reads the calendar."""
    return settings.BASE_URL + reverse("booking:feed", args=[feed_token(feed)])


def subscription_ways(address: str) -> dict[str, str]:
    """The ways to subscribe to an address (FEED-13): as it is, for calendar programs to open, and in Google."""
    link = webcal(address)
    return {"address": address, "webcal": link, "google": _GOOGLE + quote(link, safe="")}


def webcal(address: str) -> str:
    """The link that calendar programs open to subscribe to an address."""
    return "webcal://" + address.partition("://")[2]


def feed_of(token: str) -> AdvisorFeed:
    """The feed of a token. One query. Raises LinkInvalid, also for feeds switched off or not allowed any more."""
    if len(token) != 54:
        raise LinkInvalid
    uid = _decode(token[:22])
    if len(uid) != 16:
        raise LinkInvalid
    feed = AdvisorFeed.objects.for_readers(uuid.UUID(bytes=uid))
    if feed is None or feed.revoked_at is not None or not feed.advisor_is_active or not feed.is_allowed:
        raise LinkInvalid
    # A list, not a generator: every key is compared, so that the time tells nothing.
    if not any([constant_time_compare(token, known) for known in _feed_tokens(feed)]):  # noqa: C419
        raise LinkInvalid
    return feed
