"""Times of a day as people write them: „17.30–20.45 Uhr“, „von 8 bis 16 Uhr“, „9:00“, „0900“."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from courses.catalogue.values.errors import NotUnderstood

_LONGEST = 200
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:\s?[.:]\s?(?P<{0}m>\d{{2}})(?::\d{{2}})?)?\s?(?:Uhr|h)?"
_ONE = re.compile(rf"(?:ab|von|um|bis)?\s?{_CLOCK.format('a')}", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(?P<ah>\d{2})(?P<am>\d{2})(?:\s?Uhr)?")
_SPAN = re.compile(
    rf"(?<![\d.,:])(?:von\s)?{_CLOCK.format('a')}\s?(?:[-–—]|bis)\s?{_CLOCK.format('b')}(?![\d.,:]*\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Hours:
    """From and to, both or none. `words` are the hours as they were written, where they are no single span of a day."""

    start: time | None = None
    end: time | None = None
    words: str = ""


def hour_in(text: str) -> time:
    """Raises NotUnderstood."""
    found = _ONE.fullmatch(text.strip()) or _FOUR_DIGITS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not found:
        raise NotUnderstood("Das ist keine Uhrzeit wie 17:30.")
    return _time(found, "a")


def hours_in(text: str) -> Hours:
    """Anything but one span stays in words: „Mo 9–12, Di 13–15 Uhr“, „ab 9 Uhr“."""
    if len(text) > _LONGEST:
        raise NotUnderstood("Der Text ist für eine Uhrzeit zu lang.")
    found = _SPAN.search(text)
    if not found and not text.lower().startswith("bis") and (single := _ONE.fullmatch(text.strip())):
        return Hours(words=f"ab {_time(single, 'a'):%H:%M} Uhr")
    outside = text[: found.start()] + text[found.end() :] if found else text
    if not found or any(sign.isalnum() for sign in outside):
        return Hours(words=text.strip())
    return span(_time(found, "a"), _time(found, "b"))


def span(start: time, end: time) -> Hours:
    """A span over midnight is none of one day and stays in words."""
    if start < end:
        return Hours(start, end)
    return Hours(words=f"{start:%H:%M}–{end:%H:%M} Uhr")


def parted(text: str) -> tuple[str, str]:
    """A date with hours behind it: what is not hours, and the hours. „03.11.2026, 17.30–20.45 Uhr“. Midnight alone is
    what programs write that know no hour."""
    found = _CLEAR_SPAN.search(text) if len(text) <= _LONGEST else None
    if not found:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", "" if _MIDNIGHT.fullmatch(found[0]) else found[0]


_CLEAR_SPAN = re.compile(
    r"(?<![\d.,:-])(?:von\s)?(?:\d{1,2}[.:]\d{2}(?:\s?Uhr)?\s?(?:[-–—]|bis)\s?\d{1,2}[.:]\d{2}(?:\s?Uhr)?(?![\d.])"
    r"|\d{1,2}\s?(?:Uhr)?\s?(?:[-–—]|bis)\s?\d{1,2}(?:[.:]\d{2})?\s?Uhr)"
    r"|(?:\bab\s)?(?<!\d)(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s?Uhr)?|\d{1,2}(?:\.\d{2})?\s?Uhr)",
    re.IGNORECASE,
)


_MIDNIGHT = re.compile(r"0?0:00(?::00)?")


def _time(found: re.Match[str], which: str) -> time:
    hour, minute = int(found[f"{which}h"]), int(found[f"{which}m"] or 0)
    if (hour, minute) == (24, 0):
        hour, minute = 23, 59
    try:
        return time(hour, minute)
    except ValueError as error:
        raise NotUnderstood("Diese Uhrzeit gibt es nicht.") from error
