"""Links in mails about new courses. Each signs a uid under the salt of its purpose: it opens nothing else."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from booking.links import LinkInvalid, mended
from home.models import AlertSubscriber, CourseAlert

_SEPARATOR = "~"


class Purpose(StrEnum):
    """The values are part of the salt and of the names of addresses, and must never change."""

    CONFIRM = "confirm_alert"
    MANAGE = "manage_alerts"
    END = "end_alerts"


class LinkGone(Exception):
    """The link was good once; what it led to is deleted."""


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep=_SEPARATOR, salt=f"home.link.{purpose.value}")


def path_to(row: AlertSubscriber | CourseAlert, purpose: Purpose) -> str:
    return reverse(f"home:{purpose.value}", args=[_signer(purpose).sign(row.uid.hex)])


def link_to(row: AlertSubscriber | CourseAlert, purpose: Purpose) -> str:
    """Absolute; its host is the site's own, never that of a request."""
    return settings.BASE_URL + path_to(row, purpose)


def alert_of(token: str) -> CourseAlert:
    """One query. Raises LinkInvalid or LinkGone."""
    found = CourseAlert.objects.filter(uid=_uid(token, Purpose.CONFIRM)).select_related("subscriber").first()
    if found is None:
        raise LinkGone
    return found


def subscriber_of(token: str, purpose: Purpose) -> AlertSubscriber:
    """One query. Raises LinkInvalid or LinkGone."""
    found = AlertSubscriber.objects.filter(uid=_uid(token, purpose)).first()
    if found is None:
        raise LinkGone
    return found


def _uid(token: str, purpose: Purpose) -> uuid.UUID:
    try:
        return uuid.UUID(_signer(purpose).unsign(mended(token)))
    except (BadSignature, ValueError) as error:
        raise LinkInvalid from error
