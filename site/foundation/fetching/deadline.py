"""One deadline for a whole fetch.

A timeout per read does not stop a server that sends one byte per second, so a watchdog ends the connection itself.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from foundation.fetching.refusals import TimedOut


class Deadline:
    """Counts from its creation, by the monotonic clock: clocks may jump (F30)."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._is_over = False

    def left(self) -> float:
        """Seconds, more than none; raises TimedOut afterwards."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimedOut
        return left

    def is_over(self) -> bool:
        return self._is_over or time.monotonic() >= self._ends

    @contextmanager
    def watch(self, connection: socket.socket) -> Iterator[None]:
        """Shuts the connection down at the deadline, whoever reads from it then and however it is wrapped: the
        watchdog holds a second handle of the same connection. To the reader that looks like the end of the data, so
        whatever was read counts for nothing then."""
        with connection.dup() as handle:

            def bite() -> None:
                self._is_over = True
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

            watchdog = threading.Timer(self.left(), bite)
            watchdog.daemon = True
            watchdog.start()
            try:
                yield
                if self.is_over():
                    raise TimedOut
            finally:
                watchdog.cancel()
                watchdog.join()
