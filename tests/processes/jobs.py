"""Tasks that tests put into the queue; each leaves a line in a file, so that its runs can be counted."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django_q.signals import post_execute_in_worker


def note(file: str) -> None:
    with Path(file).open("a") as lines:
        lines.write(f"{os.getpid()}\n")


def note_and_linger_once(file: str, seconds: float) -> None:
    """The first run lingers after its line, long enough to be killed; later runs do not."""
    is_first = not Path(file).exists()
    note(file)
    if is_first:
        time.sleep(seconds)


def die_while_storing_once(file: str) -> None:
    """The first run is killed while its process stores the result, which it does with a lock in hand."""
    if not Path(file).exists():
        post_execute_in_worker.connect(lambda **_: os.kill(os.getpid(), signal.SIGKILL), weak=False)
    note(file)


def fail(file: str) -> None:
    note(file)
    raise ValueError("poison")
