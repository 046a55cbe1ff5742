"""Marks of freshness. Whatever alters what a mark stands for gives it a new value, and what was made under the old
value is never shown again.

A mark lives in the cache that all processes share. A reader takes it before it asks the database: a change that is
committed meanwhile renews the mark, and what the reader leaves under the old one is found by nobody.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction

_renewed_here: Counter[str] = Counter()


@dataclass(frozen=True)
class Mark:
    key: str

    def value(self) -> str:
        """Random, never counted: a mark that the cache has lost does not come back with an old value.

        Where the cache fails each reader gets a value of its own, so nothing kept is found.
        """
        return cache.get(self.key) or self._put()

    def is_kept(self, value: str) -> bool:
        """Whether the cache still has that value. Where it fails it has none."""
        return bool(cache.get(self.key) == value)

    @property
    def renewals(self) -> int:
        """How often this process has renewed it: what is known of changes where the cache fails."""
        return _renewed_here[self.key]

    def alter(self, **_: Any) -> None:
        """Renews the mark once the change is committed; also the receiver of signals.

        A cache that fails then undoes nothing: entries end by themselves within a minute.
        """
        transaction.on_commit(self.renew, robust=True)

    def renew(self) -> str:
        _renewed_here[self.key] += 1
        return self._put()

    def _put(self) -> str:
        found = uuid.uuid4().hex
        cache.set(self.key, found, None)
        return found


CONTENT = Mark("foundation.content")
"""Of all that pages show: `foundation.caching.writes` renews it."""
