"""Servers that take whoever asks quickly for an attacker (calendars.md: GMX, one request in two seconds)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_SLOW_HOSTS = {"caldav.gmx.net": 2.0, "caldav.web.de": 2.0}
"""Seconds between two requests."""


@dataclass(eq=False)
class Pace:
    """When this process last asked which of them, whoever's account it was for."""

    pause: Callable[[float], None] = time.sleep
    _asked_at: dict[str, float] = field(default_factory=dict, init=False)

    def keep(self, host: str, *, left: float = float("inf")) -> None:
        """Waits until the host may be asked again; at most the seconds that are `left`, for they are lost anyway."""
        interval = _SLOW_HOSTS.get(host)
        if interval is None:
            return
        if host in self._asked_at:
            self.pause(min(left, max(0.0, self._asked_at[host] + interval - time.monotonic())))
        self._asked_at[host] = time.monotonic()


PACE = Pace()
