"""Settings on which "nothing lost, nothing twice" rests."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from foundation.outbox.delivery import LEASE, TIME_BUDGET


@register()
def deliveries_end_before_their_lease(**_: object) -> list[CheckMessage]:
    """A mail server may hang: the wait for it must end before the task does, and the task before the lease."""
    patience, task = settings.EMAIL_TIMEOUT, settings.Q_CLUSTER.get("timeout")
    found: list[CheckMessage] = []
    if not patience or not task or patience + TIME_BUDGET >= task:
        found.append(Error("EMAIL_TIMEOUT must be set and fit into Q_CLUSTER['timeout'].", id="foundation.E010"))
    if not task or task >= LEASE.total_seconds():
        found.append(Error("Q_CLUSTER['timeout'] must be shorter than the lease of a mail.", id="foundation.E011"))
    if settings.Q_CLUSTER.get("orm") != "default":
        found.append(Error("The task queue must lie in the database of the outbox.", id="foundation.E012"))
    return found
