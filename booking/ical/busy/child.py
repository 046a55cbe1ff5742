"""The process in which a foreign calendar is read: `python -m booking.ical.busy.child`.

Standard input: a line of JSON with the arguments of `read_busy`, then the calendar. Standard output: a line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from datetime import datetime

MEMORY = 1024**3
CPU_SECONDS = 8


def limit() -> None:
    """What goes beyond is ended by the kernel."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main() -> None:
    limit()
    # Only behind the limits: the libraries are what may run wild.
    from booking.ical.busy.reading import read_busy  # noqa: PLC0415
    from booking.ical.busy.text import NotACalendar  # noqa: PLC0415

    head, _, raw = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(head)
    start, end = (datetime.fromisoformat(told.pop(name)) for name in ("start", "end"))
    try:
        answer = asdict(read_busy(raw, start=start, end=end, **told))
    except NotACalendar as refused:
        answer = {"error": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
