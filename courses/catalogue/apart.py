"""Checks a visitor's file in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from courses.catalogue.checking import Report
from courses.catalogue.records import CourseRecord, FileRefused, Rejection, RunRecord
from foundation.apart import TooMuch, ask

SECONDS = 40.0


def check_apart(content: bytes, *, today: date, seconds: float = SECONDS) -> Report:
    """As `check_file`, within `seconds`. Raises FileRefused, for a file that is too much for the process too."""
    try:
        answer = ask("courses.catalogue.child", content, seconds=seconds, told={"today": today.isoformat()})
    except TooMuch as error:
        raise FileRefused(
            "Die Datei ist zu groß oder zu verwickelt, um sie hier zu prüfen. Bitte prüfen Sie einen Teil davon."
        ) from error
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return _report(answer)


def _report(answer: dict[str, Any]) -> Report:
    return Report(
        **answer
        | {
            "notices": tuple(answer["notices"]),
            "columns": [(heading, read_as) for heading, read_as in answer["columns"]],
            "lacking": [(name, number) for name, number in answer["lacking"]],
            "rejected": [
                Rejection(each["place"], tuple(each["reasons"]), each["cells"]) for each in answer["rejected"]
            ],
            "first": [_shown(course) for course in answer["first"]],
        }
    )


def _shown(course: Mapping[str, Any]) -> CourseRecord:
    """What the report says of a course, and no more."""
    return CourseRecord(
        reference=course["reference"],
        title=course["title"],
        place=course["place"],
        flexible_start=course["flexible_start"],
        price_state=course["price_state"],
        price=None if course["price"] is None else Decimal(course["price"]),
        runs=tuple(RunRecord(date.fromisoformat(run["starts_on"]), town=run["town"]) for run in course["runs"]),
    )
