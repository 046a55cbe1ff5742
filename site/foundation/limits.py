"""How often one network may do something, counted in the shared cache: roughly, and not at all where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest

from foundation.networks import network_of


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in a window of so many seconds; windows begin with the clock, not with the first request."""

    name: str
    times: int
    seconds: int

    def is_reached(self, request: HttpRequest, *, now: datetime, of: str = "") -> bool:
        """`of` is the thing that is asked for, where each has a count of its own."""
        return int(cache.get(self._key(request, now, of), 0)) >= self.times

    def count(self, request: HttpRequest, *, now: datetime, of: str = "") -> None:
        key = self._key(request, now, of)
        # Not `incr`: the caches of Django that lack one of their own begin their usual time anew with it.
        cache.set(key, int(cache.get(key, 0)) + 1, timeout=self.seconds * 2)

    def retry_after(self, now: datetime) -> str:
        """Seconds until the next window, for the header of that name."""
        return str(self.seconds - int(now.timestamp()) % self.seconds)

    def _key(self, request: HttpRequest, now: datetime, of: str) -> str:
        return f"foundation.limit.{self.name}.{of}.{network_of(request)}.{int(now.timestamp()) // self.seconds}"
