"""From what a server sent to the few lines that say when somebody is busy.

Whatever is no whole calendar is refused: a login page, half a transfer or an empty answer must never pass for a
calendar without events. Titles, places, people and attachments are dropped here, before any parser sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_COMPONENTS = 20_000
DEEPEST = 4
LONGEST_LINE = 200_000

_TOO_MUCH = f"Der Kalender hat mehr als {MOST_COMPONENTS} Einträge oder ist falsch aufgebaut."
_KEPT = frozenset(
    (
        *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE"),
        *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY", "X-WR-TIMEZONE"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO"),
    )
)
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class NotACalendar(Exception):
    """What came is no whole calendar, or one beyond all measure. The German sentence is for the advisor."""


@dataclass(slots=True)
class Component:
    """A component with the lines of `_KEPT` alone, unfolded."""

    name: str
    lines: list[str] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(_name_of(line) == name for line in self.lines)

    def values(self, name: str) -> list[str]:
        """What stands behind the colon of each such line. Only for properties whose parameters hold no colon."""
        return [line.partition(":")[2].strip() for line in self.lines if _name_of(line) == name]

    def first(self, name: str) -> str:
        return next(iter(self.values(name)), "")


def read_components(raw: bytes) -> list[Component]:
    """The calendars of a file (RFC 5545 allows several). Raises NotACalendar."""
    text = _decoded(raw)
    if text.count("BEGIN:") > MOST_COMPONENTS:
        raise NotACalendar(_TOO_MUCH)
    lines = list(_unfolded(text))
    if not lines or lines[0].upper() != "BEGIN:VCALENDAR":
        raise NotACalendar("Unter der Adresse steht kein Kalender (die Antwort beginnt nicht mit BEGIN:VCALENDAR).")
    if lines[-1].upper() != "END:VCALENDAR":
        raise NotACalendar("Der Kalender ist unvollständig angekommen (das Ende fehlt).")
    return _nested(lines)


def _nested(lines: list[str]) -> list[Component]:
    calendars: list[Component] = []
    open_ones: list[Component] = []
    count = 0
    for line in lines:
        name = _name_of(line)
        if name == "BEGIN":
            count += 1
            component = Component(line.partition(":")[2].strip().upper())
            if count > MOST_COMPONENTS or len(open_ones) >= DEEPEST:
                raise NotACalendar(_TOO_MUCH)
            if not open_ones and component.name != "VCALENDAR":
                raise NotACalendar("Der Kalender ist falsch aufgebaut.")
            (open_ones[-1].children if open_ones else calendars).append(component)
            open_ones.append(component)
        elif name == "END":
            if not open_ones or open_ones.pop().name != line.partition(":")[2].strip().upper():
                raise NotACalendar("Der Kalender ist unvollständig angekommen (ein Eintrag endet nicht).")
        elif open_ones and name in _KEPT:
            open_ones[-1].lines.append(line)
    if open_ones:
        raise NotACalendar("Der Kalender ist unvollständig angekommen (ein Eintrag endet nicht).")
    return calendars


def _decoded(raw: bytes) -> str:
    """UTF-8 as the RFC wants it, UTF-16 by its mark, else the Windows code page: what is kept is ASCII in any case."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _unfolded(text: str) -> Iterator[str]:
    """Long lines put together again, but only those that are kept: an attachment may fill megabytes."""
    parts: list[str] = []
    keeps = False
    for line in _LINE_END.split(text):
        if len(line) > LONGEST_LINE:
            raise NotACalendar("Der Kalender enthält eine übermäßig lange Zeile.")
        if line[:1] in {" ", "\t"}:
            if keeps:
                parts.append(line[1:])
            continue
        if not line.strip():
            continue
        yield from _joined(parts)
        keeps = _name_of(line) in _KEPT
        parts = [line]
    yield from _joined(parts)


def _joined(parts: list[str]) -> Iterator[str]:
    if parts:
        line = _CONTROL.sub("", "".join(parts)).strip()
        if len(line) > LONGEST_LINE:
            raise NotACalendar("Der Kalender enthält eine übermäßig lange Zeile.")
        yield line


def _name_of(line: str) -> str:
    """Of the property; empty where the line is none."""
    match = _NAME.match(line)
    return match[0].upper() if match else ""
