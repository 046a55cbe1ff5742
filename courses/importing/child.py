"""The process in which a provider's file is read: `python -m courses.importing.child`.

`courses.importing.apart` tells it the arguments of `open_with_columns`, or that only headings are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from foundation.apart import Limits, tell

LIMITS = Limits(memory=1024**3, cpu_seconds=300)
"""100 MB of XML take 35 seconds and 50 MB, 50,000 full rows of CSV 20 seconds and 350 MB; rows of a workbook take five
times as long."""


def read(told: Mapping[str, Any], file: BinaryIO) -> Iterator[Mapping[str, Any]]:
    """Headings, or facts and then entries; a refusal may come at any place and ends it."""
    from courses.catalogue.lines import entry_as_json, facts_as_json  # noqa: PLC0415
    from courses.catalogue.records import FileRefused  # noqa: PLC0415
    from courses.importing.opening import headings_of, open_with_columns  # noqa: PLC0415

    try:
        if told["only_headings"]:
            yield {"headings": headings_of(file)}
            return
        opened = open_with_columns(file, told["columns"], today=date.fromisoformat(told["today"]))
        yield facts_as_json(opened.facts)
        yield from map(entry_as_json, opened.entries)
    except FileRefused as refused:
        yield {"refused": str(refused)}


if __name__ == "__main__":
    tell(read, LIMITS)
