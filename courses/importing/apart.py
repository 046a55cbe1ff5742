"""Reads files of providers in a process of its own, one entry after the other: it may die, and nothing is taken over.

What an entry may say is looked at by whoever takes it over; the process only says it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO

from courses.catalogue.lines import entry_of, facts_of
from courses.catalogue.records import Entry, FileRead, FileRefused
from foundation.apart import TooMuch, listen

SILENCE, SILENCE_OF_PAGE = 900.0, 40.0
"""Seconds. The process has to read a catalogue whole before it says its first course; behind a page somebody waits."""

TOO_MUCH = "Die Datei ist zu groß oder zu verwickelt, um sie zu lesen. Bitte teilen Sie sie."
_CHILD = "courses.importing.child"
logger = logging.getLogger(__name__)


@contextmanager
def read_apart(file: BinaryIO, columns: Mapping[str, str], *, today: date) -> Iterator[FileRead]:
    """As `open_with_columns`, for a file that has a descriptor; the process ends with the block. Raises FileRefused,
    for what is too much for the process too, also later, while entries are read."""
    told = {"only_headings": False, "columns": dict(columns), "today": today.isoformat()}
    with listen(_CHILD, file, seconds=SILENCE, told=told) as said:
        heard = _heard(said)
        yield FileRead(facts_of(next(heard)), _entries(heard))


def headings_apart(file: BinaryIO) -> tuple[str, ...] | None:
    """Of a table that has a descriptor; None for catalogues in XML. Raises FileRefused."""
    with listen(_CHILD, file, seconds=SILENCE_OF_PAGE, told={"only_headings": True}) as said:
        headings = next(_heard(said))["headings"]
    return None if headings is None else tuple(headings)


def _heard(said: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    try:
        for each in said:
            if "refused" in each:
                raise FileRefused(each["refused"])
            yield each
    except TooMuch as error:
        logger.warning("The process that read a file of courses had no answer: %s", error)
        raise FileRefused(TOO_MUCH) from error


def _entries(heard: Iterator[dict[str, Any]]) -> Iterator[Entry]:
    return map(entry_of, heard)
