"""Reads a foreign calendar in a process of its own, which may hang, run out of memory or die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from booking.ical.busy.reading import BusyReading
from booking.ical.busy.text import NotACalendar

SECONDS = 10.0

_ROOT = Path(__file__).resolve().parents[3]


def read_busy_apart(
    raw: bytes, *, start: datetime, end: datetime, zone: str, own_domain: str, seconds: float = SECONDS
) -> BusyReading:
    """As `read_busy`, within `seconds`. Raises NotACalendar, for a calendar that is too much for the process too."""
    told = {"start": start.isoformat(), "end": end.isoformat(), "zone": zone, "own_domain": own_domain}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "booking.ical.busy.child"],
            input=json.dumps(told).encode() + b"\n" + raw,
            capture_output=True,
            timeout=seconds,
            check=True,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise NotACalendar("Der Kalender ist zu groß oder zu verwickelt, um ihn zu lesen.") from error
    if "error" in answer:
        raise NotACalendar(answer["error"])
    return BusyReading(
        intervals=tuple((first, last) for first, last in answer["intervals"]),
        events=answer["events"],
        guessed_zones=tuple(answer["guessed_zones"]),
        refused=answer["refused"],
        unreadable=answer["unreadable"],
    )
