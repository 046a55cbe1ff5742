"""The background worker: django-q2's cluster, made to survive the sudden death of any of its processes.

Tried out with kill -9, django-q2 1.11 has three gaps (docs/decisions/background-work.md): a process that dies while it
waits takes the lock of the task queue with it, and its successor never gets a task again; one that dies while it stores
a result takes a lock along on which its guard then waits for ever; and when the parent dies, the others live on without
it, so that a restart makes a second one. Here the processes die with their parent, and a cluster that lost a process
to a signal, or whose guard fell silent, is thrown away whole and started anew. The tasks are in the database.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
import uuid
from typing import Any

from django.db import connections
from django_q.cluster import Sentinel, get_mp_context

logger = logging.getLogger(__name__)

SILENCE = 60  # seconds without a sign of life; the guard gives one a second, unless the database keeps it waiting
PAUSE_BEFORE_RESTART = 2  # seconds; also the time for our own stop signal to arrive
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class LostProcessError(SystemExit):
    """A process of the cluster was killed; its queues cannot be trusted any more."""


class StrictSentinel(Sentinel):  # type: ignore[misc]  # django-q2 has no types
    def __init__(self, heartbeat: Any, *arguments: Any) -> None:
        self.heartbeat = heartbeat
        # A signal to the group (Ctrl-C, honcho) shall reach the parent alone, which then ends all of us in order.
        os.setpgrp()
        super().__init__(*arguments)

    def status(self) -> str:
        """Asked for in every round of the guard."""
        self.heartbeat.value = time.monotonic()
        return str(super().status())

    def reincarnate(self, process: multiprocessing.Process) -> None:
        """Replace processes that ended by themselves (timeout, recycling); give up when a signal ended one."""
        if process.exitcode is not None and process.exitcode < 0:
            logger.critical("Signal %s ended a worker process; the worker starts anew.", -process.exitcode)
            raise LostProcessError(1)
        super().reincarnate(process)


def die_with_parent() -> None:
    """In a forked child: have the kernel kill us when our parent dies (Linux; elsewhere a supervisor must do it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(silence: float = SILENCE) -> None:
    """Work until SIGTERM or SIGINT; a task in progress is finished first."""
    stop = multiprocessing.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    os.register_at_fork(after_in_child=die_with_parent)
    while not stop.is_set():
        connections.close_all()  # no connection may be shared by two processes
        heartbeat = multiprocessing.Value("d", time.monotonic(), lock=False)
        arguments = (heartbeat, stop, multiprocessing.Event(), uuid.uuid4())
        sentinel = get_mp_context().Process(target=StrictSentinel, args=arguments, name="sentinel")
        sentinel.start()
        while sentinel.is_alive():
            sentinel.join(1)
            if time.monotonic() - heartbeat.value > silence:
                logger.critical("The worker gave no sign of life for %s seconds; it starts anew.", silence)
                sentinel.kill()
                sentinel.join()
        time.sleep(0 if stop.is_set() else PAUSE_BEFORE_RESTART)
