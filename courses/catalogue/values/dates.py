"""Days as people write them: 3.11.26, 03.11.2026, „10.10. + 11.10.“, „10.–12.11.2026“, „dienstags 3.11.–15.12.2026“,
the form of ISO 8601, the serial numbers of spreadsheets, „KW 42“, „ab sofort“."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.weeks import weeks_in
from courses.finding.periods import SPELLED_MONTHS

_LONGEST = 10_000
_MOST_DAYS = 400
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here, with one that never was."""
_PAST = timedelta(days=92)
"""A day without a year is the next of its kind; one that has only just been is still it."""

_MONTH_NAMES = [re.compile(rf"(?:{spelled})\Z", re.IGNORECASE) for spelled in SPELLED_MONTHS]
_MONTH = "|".join(f"(?:{spelled})" for spelled in SPELLED_MONTHS)
_DAY = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?:T(?:\d{1,2}:\d{2}(?::\d{2})?)?)?"
    r"|(?<!\d)(?P<slash>\d{1,2}/\d{1,2}/\d{4})"
    rf"|(?<![\d.])(?P<day>\d{{1,2}})\.(?:\s?(?:(?P<month>\d{{1,2}})(?:\.|(?!\d))|(?P<name>{_MONTH})\b\.?))?"
    r"(?:\s?(?P<year>\d{4})(?!\d)|(?P<short>\d{2})(?!\d|[.:]\d))?",
    re.IGNORECASE,
)
_FLEXIBLE = re.compile(
    r"\b(?:ab sofort|sofort|jederzeit|(?:fort)?laufend\w*|laufender (?:einstieg|beginn)|flexibel|individuell|"
    r"nach (?:vereinbarung|absprache)|auf (?:anfrage|wunsch)|n\.\s?v\.|(?:einstieg|beginn|start) jederzeit)(?:\b|\Z)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"[-–—]|\bbis\b", re.IGNORECASE)
_WEEKDAYS = (
    "mo(?:ntag)?",
    "di(?:enstag)?",
    "mi(?:ttwoch)?",
    "do(?:nnerstag)?",
    "fr(?:eitag)?",
    "sa(?:mstag)?|sonnabend",
    "so(?:nntag)?",
)
_EVERY = [re.compile(rf"\b(?:{name})s\b|\bjeden (?:{name})\b", re.IGNORECASE) for name in _WEEKDAYS]
_SMALL = re.compile(
    rf"\b(?:{'|'.join(_WEEKDAYS)}|vom|von|am|ab|bis|und|u|den|der|dem|zum|uhr|jeden|jeweils|beginn|start|termine?)s?\b|[^\w\s]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Days:
    """`days` only where not every day from first to last is one. `rest` is what stands beside them, `is_guessed` says
    that the year is ours, `is_week` that Monday and Friday are: only weeks were named."""

    first: date
    last: date
    days: tuple[date, ...] = ()
    rest: str = ""
    is_guessed: bool = False
    is_week: bool = False


def means_any_day(text: str) -> bool:
    """„ab sofort“: who wants to begin need not wait for a date."""
    return bool(_FLEXIBLE.search(text[:_LONGEST])) and not _DAY.search(text[:_LONGEST])


def days_in(text: str, *, today: date, year: int | None = None) -> Days:
    """`year` holds where the text names none; else the next such day counts from `today`. Raises NotUnderstood."""
    if len(text) > _LONGEST:
        raise NotUnderstood("Der Text ist für ein Datum zu lang.")
    if serial := _SERIAL.fullmatch(text.strip()):
        day = _SERIAL_ZERO + timedelta(days=int(serial[1]))
        return Days(day, day)
    if weeks := weeks_in(text, year=year, earliest=today - _PAST):
        return Days(*weeks, is_week=True)
    found = list(_DAY.finditer(text))
    if not found:
        raise NotUnderstood("Darin steht kein genauer Tag, zum Beispiel 03.11.2026.")
    written = _filled([_parts(match) for match in found], year)
    is_guessed = written[-1].year is None
    days = [_date(each, today) for each in written]
    joints = [text[before.end() : after.start()] for before, after in pairwise(found)]
    outside = "".join(_between(text, found))
    return _gathered(days, [bool(_UNTIL.search(joint)) for joint in joints], outside, is_guessed=is_guessed)


def all_days_in(text: str, *, today: date, year: int | None = None) -> tuple[date, ...]:
    """Each day by itself, ascending. Raises NotUnderstood."""
    found = days_in(text, today=today, year=year)
    if found.is_week:
        raise NotUnderstood("Hier gehören einzelne Tage hin.")
    return found.days or tuple(_every_day(found.first, found.last))


def day_in(text: str, *, today: date, year: int | None = None) -> Days:
    """One day alone; what stands beside it is `rest`. Raises NotUnderstood."""
    found = days_in(text, today=today, year=year)
    if found.first != found.last or found.is_week:
        raise NotUnderstood("Hier gehört ein einzelner Tag hin.")
    return found


@dataclass(frozen=True, slots=True)
class _Written:
    day: int
    month: int | None
    year: int | None


def _parts(match: re.Match[str]) -> _Written:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return _Written(day, month, year)
    if match["slash"]:
        day, month, year = map(int, match["slash"].split("/"))
        return _Written(day, month, year)
    year_said = int(match["year"]) if match["year"] else 2000 + int(match["short"]) if match["short"] else None
    return _Written(int(match["day"]), _month(match), year_said)


def _month(match: re.Match[str]) -> int | None:
    if match["name"]:
        return next(number for number, pattern in enumerate(_MONTH_NAMES, 1) if pattern.match(match["name"]))
    return int(match["month"]) if match["month"] else None


def _filled(written: Sequence[_Written], year: int | None) -> list[_Written]:
    """Month and year come from the day behind, where that has them: „10.–12.11.2026“; else the year from before."""
    done: list[_Written] = []
    behind = _Written(0, None, None)
    for each in reversed(written):
        month = each.month or behind.month
        if each.year is None and behind.year and month and behind.month:
            behind = _Written(each.day, month, behind.year - (month > behind.month))
        else:
            behind = _Written(each.day, month, each.year)
        done.append(behind)
    done.reverse()
    known = next((each.year for each in done if each.year), year)
    return [_Written(each.day, each.month, each.year or known) for each in done]


def _date(written: _Written, today: date) -> date:
    if written.month is None:
        raise NotUnderstood("Darin steht ein Tag ohne Monat.")
    try:
        if written.year is not None:
            day = date(written.year, written.month, written.day)
        else:
            day = _next(written.month, written.day, today)
    except ValueError as error:
        raise NotUnderstood("Diesen Tag gibt es im Kalender nicht.") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotUnderstood(f"Das Jahr {day.year} kann nicht stimmen.")
    return day


def _next(month: int, day: int, today: date) -> date:
    """29 February waits for its year."""
    step = 4 if (month, day) == (2, 29) else 1  # right until 2099
    years = (year for year in range(today.year - 1, today.year + 9) if year % step == 0)
    return next(found for year in years if (found := date(year, month, day)) >= today - _PAST)


def _between(text: str, found: Sequence[re.Match[str]]) -> Iterator[str]:
    place = 0
    for match in found:
        yield text[place : match.start()] + " "
        place = match.end()
    yield text[place:]


def _gathered(days: list[date], is_until: list[bool], outside: str, *, is_guessed: bool) -> Days:
    every = [number for number, pattern in enumerate(_EVERY) if pattern.search(outside)]
    rest = " ".join(_SMALL.sub(" ", outside).split())
    single = {days[0]}
    for (before, after), joined in zip(pairwise(days), is_until, strict=True):
        if joined and after < before:
            raise NotUnderstood("Das Ende liegt vor dem Beginn.")
        span = (after - before).days
        if joined and len(days) > 2 and span > _MOST_DAYS:
            raise NotUnderstood("Zwischen den Tagen liegt mehr als ein Jahr.")
        single |= {before + timedelta(days=number) for number in range(1, span)} if joined and len(days) > 2 else set()
        single.add(after)
    first, last = min(single), max(single)
    if every and is_until == [True]:
        met = tuple(day for day in _every_day(first, last) if day.weekday() in every)
        return Days(first, last, met, rest, is_guessed)
    is_whole = is_until == [True] or len(single) == (last - first).days + 1
    return Days(first, last, () if is_whole else tuple(sorted(single)), rest, is_guessed)


def _every_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(min((last - first).days + 1, 4000)))
