"""The cache that all processes share, for a site that can do without it: one that fails holds nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

PAUSE = 60
_log = logging.getLogger(__name__)


class ForgivingCache(BaseCache):
    """Before the cache whose alias is its LOCATION. A failure never reaches a visitor.

    It is logged, once in so many seconds of a process at most: a Redis that is gone fails with every request.
    """

    _quiet_until = 0.0

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._behind = caches[location]

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: self._behind.get(key, default, version), default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return self._try(lambda: self._behind.get_many(keys, version), {})

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda: self._behind.set(key, value, timeout, version), None)

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._try(lambda: self._behind.set_many(data, timeout, version), list(data))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda: self._behind.add(key, value, timeout, version), False)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda: self._behind.touch(key, timeout, version), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: self._behind.delete(key, version), False)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._try(lambda: self._behind.delete_many(keys, version), None)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: self._behind.has_key(key, version), False)

    def clear(self) -> None:
        self._try(self._behind.clear, None)

    def close(self, **_: Any) -> None:
        self._try(self._behind.close, None)

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return call()
        except Exception:  # noqa: BLE001  # each cache fails in its own way, and torn entries in pickle's many ways
            self._complain()
            return otherwise

    @classmethod
    def _complain(cls) -> None:
        if time.monotonic() >= cls._quiet_until:
            cls._quiet_until = time.monotonic() + PAUSE
            _log.exception("The cache fails; what it would hold is made anew each time.")
