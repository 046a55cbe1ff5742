"""Numbers of a table: seats, durations, levels, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from courses.catalogue.values.errors import NotUnderstood

_LONGEST = 200
_SMALL_INT = 32_767
"""What the database holds in these fields."""

_NUMBER = re.compile(r"(?<![\d.,])(\d{1,6})(?:[.,](\d{1,3}))?(?![\d.,]*\d)")
_POSTCODE = re.compile(r"(?<!\d)(?:D\s?-\s?)?(\d{4,5})(?:[.,]0+)?(?!\d)", re.IGNORECASE)
_UNITS_IN_WORDS = (
    ("teaching_units", r"ue?\b|u\.?-?std|u(?:nterrichts)?stunden?|unterrichtseinheit|einheit|lektion", Fraction(1)),
    ("duration_hours", r"h\b|std|stunden?|zeitstunden?", Fraction(1)),
    ("duration_weeks", r"wochen?|wo\b", Fraction(1)),
    ("duration_weeks", r"monate?n?|mon\b", Fraction(13, 3)),
    ("duration_weeks", r"jahre?n?\b", Fraction(52)),
)
_UNITS = [(field, re.compile(rf"\s?(?:{words})", re.IGNORECASE), factor) for field, words, factor in _UNITS_IN_WORDS]


def count_in(text: str, *, most: int = _SMALL_INT) -> int | None:
    """The one number that stands there, rounded; „max. 12 Personen“ is 12, „12–15“ is none. Raises NotUnderstood."""
    if not text.strip(" -–—?"):
        return None
    found = _NUMBER.findall(text[:_LONGEST])
    if len(found) != 1 or text.strip().startswith("-"):
        raise NotUnderstood("Hier gehört eine einzelne Zahl hin.")
    number = round(Fraction(".".join(part for part in found[0] if part)))
    if number > most:
        raise NotUnderstood(f"Mehr als {most} kann hier nicht stehen.")
    return number


def durations_in(text: str) -> dict[str, int]:
    """By the field of a record: „24 UE“, „3 Wochen (40 Std.)“, „6 Monate“. Days say nothing of hours. Raises
    NotUnderstood."""
    found: dict[str, int] = {}
    for match in _NUMBER.finditer(text[:_LONGEST]):
        number = Fraction(".".join(part for part in match.groups() if part))
        for field, unit, factor in _UNITS:
            if unit.match(text, match.end()):
                found.setdefault(field, min(round(number * factor), _SMALL_INT))
                break
    if not found:
        raise NotUnderstood("Eine Dauer braucht eine Einheit, zum Beispiel „24 UE“, „18 Stunden“ oder „3 Wochen“.")
    return found


def postcode_in(text: str) -> str:
    """Five digits; one that a spreadsheet took for a number has lost its zero. Raises NotUnderstood."""
    found = _POSTCODE.search(text[:_LONGEST])
    if not found:
        raise NotUnderstood("Eine Postleitzahl hat fünf Ziffern.")
    return found[1].zfill(5)


def names_in(text: str, separators: str = ";\n|") -> tuple[str, ...]:
    """Names, each once, apart by semicolons; where there is none, by commas."""
    for separator in separators:
        if separator in text:
            return _each_once(text.split(separator))
    return _each_once(text.split(","))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in names if (name := " ".join(part.split()))))
