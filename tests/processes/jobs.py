"""Tasks that tests put into the queue; each leaves a line in a file, so that its runs can be counted."""

from __future__ import annotations

import os
import time
from pathlib import Path


def note(file: str) -> None:
    with Path(file).open("a") as lines:
        lines.write(f"{os.getpid()}\n")


def note_and_linger_once(file: str, seconds: float) -> None:
    """The first run lingers after its line, long enough to be killed; later runs do not."""
    is_first = not Path(file).exists()
    note(file)
    if is_first:
        time.sleep(seconds)


def fail(file: str) -> None:
    note(file)
    raise ValueError("poison")
