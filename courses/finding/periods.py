"""The time that a question names: „im Oktober“, „ab März“, „nächste Woche“, „am 3.11.“, on the wall clock's days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
SPELLED_MONTHS = (
    "jan(?:uar)?|j(?:ä|ae)nner", "feb(?:ruar)?", "m(?:ä|ae|a)rz", "apr(?:il)?", "mai", "jun[io]?", "jul[iy]?",
    "aug(?:ust)?", "sept?(?:ember)?", "o[kc]t(?:ober)?", "nov(?:ember)?", "de[zc](?:ember)?",
)  # fmt: skip
_MONTH = "|".join(f"(?P<m{number}>{spelled})" for number, spelled in enumerate(SPELLED_MONTHS, 1))
_HOW = r"(?:(?P<how>ab|seit|von|nach|bis|vor|am|im|in|anfang|mitte|ende)\s+)?(?:(?:dem|den|zum)\s+)?"
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag")
"""Of the others a question means weekends in general."""
_WEEKDAY = "|".join(f"(?P<w{number}>{spelled})" for number, spelled in enumerate(_WEEKDAYS))
_NEXT = r"(?:im\s+|in\s+der\s+)?(?P<which>n(?:ä|ae|a)chste|kommende|diese)[nrsm]?\s+"
_THIRDS = ("anfang", "mitte", "ende")
_SEASONS = {"frühjahr": 3, "frühling": 3, "sommer": 6, "herbst": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to before the end; None where it is open."""

    first: date | None
    end: date | None

    def and_also(self, other: Period) -> Period:
        firsts = [each for each in (self.first, other.first) if each]
        ends = [each for each in (self.end, other.end) if each]
        return Period(max(firsts, default=None), min(ends, default=None))


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """What stands from `start` to `end` of the question, and how it is read."""

    label: str
    period: Period
    start: int
    end: int


Reader = Callable[[re.Match[str], date], tuple[str, Period] | None]


def periods_in(text: str, today: date) -> Iterator[NamedPeriod]:
    """All that the text names, from left to right; nothing is read twice."""
    found: list[NamedPeriod] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(text):
            apart = all(match.end() <= other.start or other.end <= match.start() for other in found)
            read = reader(match, today) if apart else None
            if read:
                found.append(NamedPeriod(*read, match.start(), match.end()))
    yield from sorted(found, key=lambda named: named.start)


def month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_name(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _bounded(how: str | None, name: str, first: date, end: date) -> tuple[str, Period]:
    how = (how or "").lower()
    if how in {"ab", "seit", "von"}:
        return f"ab {name}", Period(first, None)
    if how == "nach":
        return f"nach {name}", Period(end, None)
    if how == "bis":
        return f"bis {name}", Period(None, end)
    if how == "vor":
        return f"vor {name}", Period(None, first)
    if how in _THIRDS:
        return f"{how.capitalize()} {name}", _third(_THIRDS.index(how), first, end)
    return name, Period(first, end)


def _third(number: int, first: date, end: date) -> Period:
    """Of a month it begins on the 1st, 11th or 21st; seasons and years are parted by months, a day by nothing."""
    if (end - first).days == 1:
        return Period(first, end)
    marks = [first]
    while marks[-1] < end:
        marks.append(month_after(marks[-1]))
    if len(marks) == 2:
        marks = [first, first.replace(day=11), first.replace(day=21), end]
    months = (len(marks) - 1) // 3
    return Period(marks[number * months], marks[(number + 1) * months])


def _month_of(match: re.Match[str]) -> int:
    return next(number for number in range(1, 13) if match[f"m{number}"])


def _year_for(year: str | None, month: int, day: int | None, today: date) -> int:
    """The year that is named, of two digits too; else the next in which that month or day is not over."""
    if year:
        return int(year) + (2000 if len(year) == 2 else 0)
    is_over = month < today.month or (day is not None and (month, day) < (today.month, today.day))
    return today.year + is_over


def _month(match: re.Match[str], today: date) -> tuple[str, Period]:
    month = _month_of(match)
    first = date(_year_for(match["year"], month, None, today), month, 1)
    return _bounded(match["how"], month_name(first), first, month_after(first))


def _day(match: re.Match[str], today: date) -> tuple[str, Period] | None:
    month = int(match["month"]) if match.groupdict().get("month") else _month_of(match)
    try:
        first = date(_year_for(match["year"], month, int(match["day"]), today), month, int(match["day"]))
    except ValueError:
        return None
    return _bounded(match["how"], f"{first.day}. {month_name(first)}", first, first + timedelta(days=1))


def _year(match: re.Match[str], today: date) -> tuple[str, Period] | None:
    """Other years are part of a name: Excel 2019."""
    year = int(match["year"])
    if not today.year <= year <= today.year + 2:
        return None
    return _bounded(match["how"], str(year), date(year, 1, 1), date(year + 1, 1, 1))


def _week(match: re.Match[str], today: date) -> tuple[str, Period]:
    this = match["which"].lower().startswith("diese")
    monday = today - timedelta(days=today.weekday()) + timedelta(days=0 if this else 7)
    return f"Woche ab {monday.day}. {month_name(monday)}", Period(monday, monday + timedelta(days=7))


def _next_month(match: re.Match[str], today: date) -> tuple[str, Period]:
    first = today.replace(day=1) if match["which"].lower().startswith("diese") else month_after(today)
    return month_name(first), Period(first, month_after(first))


def _next_year(match: re.Match[str], today: date) -> tuple[str, Period]:
    year = today.year + (not match["which"].lower().startswith("diese"))
    return str(year), Period(date(year, 1, 1), date(year + 1, 1, 1))


def _season(match: re.Match[str], today: date) -> tuple[str, Period] | None:
    """None where a long s or an i without its dot stands, which patterns that ignore case take for s and i."""
    name = match["season"].lower().replace("ue", "ü")
    month = _SEASONS.get(name)
    if month is None:
        return None
    end_of = date(today.year + (month == 12), (month + 2) % 12 + 1, 1)
    year = int(match["year"] or today.year + (end_of <= today))
    if month == 12 and not match["year"] and today.month < 3:
        year -= 1
    first = date(year, month, 1)
    end = date(year + (month == 12), (month + 2) % 12 + 1, 1)
    label = f"{name.capitalize()} {year}" + (f"/{year + 1}" if month == 12 else "")
    return _bounded(match["how"], label, first, end)


def _calendar_week(match: re.Match[str], today: date) -> tuple[str, Period] | None:
    try:
        monday = date.fromisocalendar(today.isocalendar().year, int(match["week"]), 1)
        if monday + timedelta(days=7) <= today:
            monday = date.fromisocalendar(today.isocalendar().year + 1, int(match["week"]), 1)
    except ValueError:
        return None
    return f"KW {match['week']}, ab {monday.day}. {month_name(monday)}", Period(monday, monday + timedelta(days=7))


def _tomorrow(match: re.Match[str], today: date) -> tuple[str, Period]:
    days = {"heute": 0, "morgen": 1, "übermorgen": 2}[match[0].lower().replace("ue", "ü")]
    first = today + timedelta(days=days)
    return f"{first.day}. {month_name(first)}", Period(first, first + timedelta(days=1))


def _christmas(match: re.Match[str], today: date) -> tuple[str, Period]:
    year = int(match["year"] or today.year + (today > date(today.year, 12, 26)))
    return _bounded(match["how"], f"Weihnachten {year}", date(year, 12, 24), date(year, 12, 27))


def _from_now_on(match: re.Match[str], today: date) -> tuple[str, Period]:
    first = today + timedelta(days=int(match["number"]) * (7 if match["weeks"] else 1))
    return f"ab {first.day}. {month_name(first)}", Period(first, None)


def _weekday(match: re.Match[str], today: date) -> tuple[str, Period]:
    weekday = next(number for number in range(len(_WEEKDAYS)) if match[f"w{number}"])
    first = today + timedelta(days=(weekday - today.weekday()) % 7)
    return _bounded(match["how"], f"{first.day}. {month_name(first)}", first, first + timedelta(days=1))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])(?:{text})(?![\w-])", re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(_HOW + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>20\d\d|\d\d))?"), _day),
    (_pattern(_HOW + rf"(?P<day>\d{{1,2}})\.?\s+(?:{_MONTH})\.?(?:\s+(?P<year>20\d\d))?"), _day),
    (
        _pattern(rf"(?P<how>ab|am|bis|nach|vor)\s+(?:(?:dem|n(?:ä|ae|a)chsten|kommenden)\s+)?(?:{_WEEKDAY})"),
        _weekday,
    ),
    (_pattern(_NEXT + "woche"), _week),
    (_pattern(_NEXT + "monat"), _next_month),
    (_pattern(_NEXT + "jahr"), _next_year),
    (_pattern(r"im\s+(?P<which>neue)n\s+jahr"), _next_year),
    (_pattern(r"in\s+(?P<number>\d{1,2})\s+(?:tagen|(?P<weeks>wochen))"), _from_now_on),
    (_pattern(_HOW + r"weihnachten(?:\s+(?P<year>20\d\d))?"), _christmas),
    (_pattern(r"(?:in\s+)?(?:der\s+)?(?:kw|kalenderwoche)\s*(?P<week>\d{1,2})"), _calendar_week),
    (
        _pattern(_HOW + r"(?P<season>fr(?:ü|ue)h(?:jahr|ling)|sommer|herbst|winter)(?:\s+(?P<year>20\d\d))?"),
        _season,
    ),
    (_pattern(_HOW + rf"(?:{_MONTH})\.?(?:\s+(?P<year>20\d\d))?"), _month),
    (_pattern(_HOW + r"(?:jahr\s+)?(?P<year>20\d\d)"), _year),
    (_pattern(r"heute|morgen|(?:ü|ue)bermorgen"), _tomorrow),
)
