"""The slow rounds of the worker take turns with the mails: all of them have one process."""

from __future__ import annotations

import time
from collections.abc import Callable


def never() -> bool:
    return False


class Turn:
    """How long a round may go on: for so many seconds, and until `gives_way` says that somebody more urgent waits.

    Asked before each request to a foreign server: however many of them hang, a mail waits for one.
    """

    def __init__(self, seconds: float, gives_way: Callable[[], bool] = never) -> None:
        self._ends = time.monotonic() + seconds
        self._gives_way = gives_way

    def is_over(self) -> bool:
        return time.monotonic() > self._ends or self._gives_way()
