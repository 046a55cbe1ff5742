"""What something costs by itself, whatever else the machine does and whatever the tests before left in memory."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def processor_seconds(work: Callable[[], object]) -> float:
    """Of this process. A round of the garbage collector, which may take half a second of its own, waits meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        if was_on:
            gc.enable()
