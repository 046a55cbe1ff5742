"""One mark for all free times. Whatever alters them gives it a new value, and what was reckoned under the old value is
never shown again.

The mark lives in the cache that all processes share. A reader takes it before it asks the database: a change that is
committed meanwhile renews the mark, and what the reader leaves under the old one is found by nobody.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.cache import cache
from django.db import transaction

KEY = "booking.free_times"


def mark_of_free_times() -> str:
    """Random, never counted: a mark that the cache has lost does not come back with an old value."""
    found = cache.get(KEY)
    if found is None:
        found = _renew()
    return found


def alter_free_times(**_: Any) -> None:
    """Renews the mark once the change is committed; also the receiver of signals.

    A cache that fails then is logged and undoes nothing: entries end by themselves within a minute.
    """
    transaction.on_commit(_renew, robust=True)


def _renew() -> str:
    found = uuid.uuid4().hex
    cache.set(KEY, found, None)
    return found
