"""The process in which a visitor's file is checked: `python -m courses.catalogue.child`.

`courses.catalogue.apart` tells it the day that is today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from foundation.apart import Limits, answer

LIMITS = Limits(memory=512 * 1024 * 1024, cpu_seconds=20, nice=10)
"""3,000 full rows of a workbook take 5 seconds; pages come first."""


def check(told: Mapping[str, Any], content: bytes) -> Mapping[str, Any]:
    from courses.catalogue.checking import check_file  # noqa: PLC0415
    from courses.catalogue.records import FileRefused  # noqa: PLC0415

    try:
        return asdict(check_file(BytesIO(content), today=date.fromisoformat(told["today"])))
    except FileRefused as refused:
        return {"refused": str(refused)}


def plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else sorted(value)


if __name__ == "__main__":
    answer(check, LIMITS, plain=plain)
