"""The process in which a foreign calendar is read: `python -m booking.ical.busy.child`.

`booking.ical.busy.process` tells it the arguments of `read_busy`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from foundation.apart import Limits, answer

LIMITS = Limits(memory=1024**3, cpu_seconds=8)


def read(told: Mapping[str, Any], raw: bytes) -> Mapping[str, Any]:
    from booking.ical.busy.reading import read_busy  # noqa: PLC0415
    from booking.ical.busy.text import NotACalendar  # noqa: PLC0415

    start, end = (datetime.fromisoformat(told[name]) for name in ("start", "end"))
    try:
        return asdict(read_busy(raw, start=start, end=end, zone=told["zone"], own_domain=told["own_domain"]))
    except NotACalendar as refused:
        return {"error": str(refused)}


if __name__ == "__main__":
    answer(read, LIMITS)
