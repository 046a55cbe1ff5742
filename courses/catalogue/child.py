"""The process in which a visitor's file is checked: `python -m courses.catalogue.child`.

Standard input: a line with the day that is today, then the file. Standard output: JSON for `courses.catalogue.apart`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
"""3,000 full rows of a workbook take 5."""
_NICE = 10


def limit() -> None:
    """What goes beyond is ended by the kernel, and pages come first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    os.nice(_NICE)


def main() -> None:
    limit()
    # Only behind the limits: the libraries are what may run wild.
    from courses.catalogue.checking import check_file  # noqa: PLC0415
    from courses.catalogue.records import FileRefused  # noqa: PLC0415

    today, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer = asdict(check_file(BytesIO(content), today=date.fromisoformat(today.decode())))
    except FileRefused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else sorted(value)


if __name__ == "__main__":
    main()
