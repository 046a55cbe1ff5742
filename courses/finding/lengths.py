"""How long a course may take, as a question says it: „maximal 3 Tage“, „eintägig“, „bis 40 Stunden“, „Wochenkurs“."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.finding.spans import COURSE, LEAST, MOST

DAY_HOURS = 8.0
_UNITS = (
    (r"tag(?:en?|es)?|t(?:ä|ae|a)gig(?:e[nrs]?)?", DAY_HOURS, "Tag", "Tage"),
    (r"wochen?|w(?:ö|oe|o)chig(?:e[nrs]?)?", 5 * DAY_HOURS, "Woche", "Wochen"),
    (r"stunden?|std\.?", 1.0, "Stunde", "Stunden"),
    (r"ue|ustd\.?|unterrichtseinheit(?:en)?", 0.75, "Unterrichtseinheit", "Unterrichtseinheiten"),
)
"""How it is written, its hours, one and many of it in words."""
_NUMBERS = ("ein", "zwei", "drei", "vier", "fünf")
_NUMBER = "|".join(f"(?P<n{number}>{spelled})" for number, spelled in enumerate(_NUMBERS, 1))
_UNIT = "|".join(f"(?P<u{place}>{spelled})" for place, (spelled, *_) in enumerate(_UNITS))
_LENGTH = re.compile(
    rf"(?<![\w.,])(?:(?P<other>in|vor|seit|alle|jede|{LEAST})\s+)?(?:{MOST}\s*)?"
    rf"(?:(?P<number>\d{{1,3}})|(?:{_NUMBER})(?:e[nrms]?)?)[\s-]*(?:{_UNIT})(?:{COURSE})?"
    r"(?![\w-])(?!\s+woche)"
    rf"|(?<![\w-])(?:(?P<day>tages)|wochen){COURSE}(?![\w-])"
    r"|(?<![\w-])(?P<half>halb(?:e[nr]?\s+tag|tags|t(?:ä|ae|a)gig(?:e[nrs]?)?))(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedLength:
    """The most hours, how that is said, and where it stands from `start` to `end` of the question."""

    label: str
    hours: float
    start: int
    end: int


def lengths_in(text: str) -> Iterator[NamedLength]:
    """From left to right. „In 2 Wochen“ and „ab 3 Tagen“ say something else."""
    for match in _LENGTH.finditer(text):
        if match["other"]:
            continue
        if match["half"]:
            yield NamedLength("bis ½ Tag", DAY_HOURS / 2, *match.span())
            continue
        number, unit = _read(match)
        _, hours, one, many = _UNITS[unit]
        yield NamedLength(f"bis {number} {one if number == 1 else many}", number * hours, *match.span())


def _read(match: re.Match[str]) -> tuple[int, int]:
    """How many, and the place of the unit. Told by groups: letters that look alike are taken for one another."""
    unit = next((place for place in range(len(_UNITS)) if match[f"u{place}"]), None)
    if unit is None:
        return 1, 0 if match["day"] else 1
    spelled = next((number for number in range(1, len(_NUMBERS) + 1) if match[f"n{number}"]), 0)
    return spelled or int(match["number"]), unit
