"""Sending private links to providers, ending them, and the reminder."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.dispatch import Signal

from courses.models import CoursePage, CourseSettings, Provider, ProviderLink
from courses.provider_link.emails import link_letter
from courses.provider_link.links import address_of, digest_of, new_token
from foundation.outbox.queue import enqueue

logger = logging.getLogger(__name__)

_AT_ONCE = 500
"""Digests that one query may ask for."""

links_ended = Signal()
"""Sent in the transaction, with `digests` and `now`: apps above note what a restored backup does not know."""


class NoAddress(Exception):
    """Nobody can be written to: the provider has no e-mail address, or one that no mail can be sent to."""


class LinkSentMeanwhile(Exception):
    """Somebody has sent a newer link than the sender knew of; nothing was sent."""


def send_link(*, provider: Provider, now: datetime, after: int | None = None) -> ProviderLink:
    """Mails a new link, which ends the older ones. Raises NoAddress, LinkSentMeanwhile.

    `after` is the key of the newest link that the sender knew of, 0 for none: of two clicks one sends. None sends
    whatever was sent before.
    """
    with transaction.atomic():
        _lock(provider)
        if after is not None and after != _newest_link(provider):
            raise LinkSentMeanwhile
        return _send(provider, now=now)


def end_links(*, provider: Provider, now: datetime) -> int:
    """Whoever has a link of this provider can do nothing with it any more; how many were ended."""
    with transaction.atomic():
        digests = list(ProviderLink.objects.filter(provider=provider).that_open(now).values_list("digest", flat=True))
        ended = end_links_again(digests, now=now)
        if digests:
            links_ended.send(ProviderLink, digests=digests, now=now)
    return ended


def end_links_again(names: Collection[str], *, now: datetime) -> int:
    """Those whose digests these are and that are open, as after a restore; how many."""
    digests, ended = sorted(names), 0
    for first in range(0, len(digests), _AT_ONCE):
        some = ProviderLink.objects.filter(digest__in=digests[first : first + _AT_ONCE])
        ended += some.that_open(now).update(ended_at=now)
    return ended


def remind_providers(*, now: datetime) -> int:
    """One mail to each provider with courses of which nothing was said for too long; how many.

    At most one in that time, those that editors sent counted: run twice or late, it sends nothing twice.
    """
    days = CourseSettings.in_force().confirm_after_days
    if not days:
        return 0
    limit = now - timedelta(days=days)
    return sum(_remind(provider, limit, now=now) for provider in _to_remind(limit))


def _to_remind(limit: datetime) -> list[Provider]:
    due = CoursePage.objects.open_to_all().unconfirmed_since(limit).values("provider")
    providers = Provider.objects.filter(pk__in=due, is_reminded=True, is_example=False)
    silent = providers.annotate(last_link=Max("links__created_at")).filter(Q(last_link=None) | Q(last_link__lt=limit))
    return list(silent.exclude(email="", private_email="").order_by("pk"))


def _remind(provider: Provider, limit: datetime, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _lock(provider)
            if ProviderLink.objects.filter(provider=provider, created_at__gte=limit).exists():
                return False
            _send(provider, now=now, is_reminder=True)
    except NoAddress:
        logger.warning("Provider %s has an address that no mail can be sent to.", provider.pk)
        return False
    return True


def _lock(provider: Provider) -> None:
    """Two senders go one after the other; SQLite's transaction does it."""
    Provider.objects.select_for_update().get(pk=provider.pk)


def _newest_link(provider: Provider) -> int:
    """Its key, 0 for none."""
    return provider.links.values_list("pk", flat=True).first() or 0


def _send(provider: Provider, *, now: datetime, is_reminder: bool = False) -> ProviderLink:
    if not provider.can_be_written_to:
        raise NoAddress
    rules = CourseSettings.in_force()
    end_links(provider=provider, now=now)
    token = new_token()
    link = ProviderLink.objects.create(
        provider=provider,
        digest=digest_of(token),
        created_at=now,
        expires_at=now + timedelta(days=rules.provider_link_days),
    )
    courses = CoursePage.objects.of_provider(provider.pk)
    due = courses.unconfirmed_since(now - timedelta(days=rules.confirm_after_days))
    letter = link_letter(
        provider,
        address_of(token),
        due=list(due.values_list("title", flat=True)),
        number=courses.count(),
        expires_at=link.expires_at,
        is_reminder=is_reminder,
    )
    enqueue(letter, now=now)
    return link
