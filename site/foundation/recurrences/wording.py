"""A recurrence as a German sentence. The library's own text is only half translated and reads its dates as moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import recurrence

from foundation.recurrences.expansion import DaySet, day_set
from foundation.recurrences.rules import DayRule
from foundation.recurrences.text import as_text

_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_NTH = {
    1: "ersten",
    2: "zweiten",
    3: "dritten",
    4: "vierten",
    5: "fünften",
    -1: "letzten",
    -2: "vorletzten",
    -3: "drittletzten",
    -4: "viertletzten",
}
_EACH = {
    recurrence.YEARLY: ("jedes Jahr", "jedes zweite Jahr", "alle {} Jahre"),
    recurrence.MONTHLY: ("jeden Monat", "jeden zweiten Monat", "alle {} Monate"),
    recurrence.WEEKLY: ("jede Woche", "jede zweite Woche", "alle {} Wochen"),
    recurrence.DAILY: ("täglich", "jeden zweiten Tag", "alle {} Tage"),
}
SHOWN_DATES = 4
"""Single days that a sentence names; the others are counted."""


def describe(value: recurrence.Recurrence | None) -> str:
    """For example „jede zweite Woche am Dienstag, außer 24.12.2026“; empty where no day is named."""
    try:
        days = day_set(as_text(value))
    except ValueError:
        return "unlesbare Regel"
    named = _named(days)
    without = [_rule(rule) for rule in days.excluded_rules]
    if days.excluded_dates:
        without.append(_dates(days.excluded_dates))
    return f"{named}, außer {'; '.join(without)}" if named and without else named


def hours_in_words(
    value: recurrence.Recurrence | None, start: time, end: time, valid_from: date, valid_until: date | None
) -> str:
    """Days, hours, validity and exceptions in full, for example „jede zweite Woche am Dienstag, 9:00 bis 12:00 Uhr, ab
    01.01.2027, außer am 24.12.2026“. What a rule leaves open, its beginning decides, and the sentence says it.
    """
    try:
        days = day_set(as_text(value))
    except ValueError:
        return "unlesbare Regel"
    parts = [_named(days, anchor=valid_from, shown=None), f"{clock_label(start)} bis {clock_label(end)} Uhr"]
    if valid_until is None:
        parts.append(f"ab {valid_from:%d.%m.%Y} bis auf Weiteres")
    elif valid_until != valid_from:
        parts.append(f"vom {valid_from:%d.%m.%Y} bis {valid_until:%d.%m.%Y}")
    without = [_rule(_decided(rule, valid_from)) for rule in days.excluded_rules]
    if days.excluded_dates:
        without.append(f"am {_dates(days.excluded_dates, shown=None)}")
    if without:
        parts.append(f"außer {' und '.join(without)}")
    return ", ".join(parts)


def clock_label(at: time) -> str:
    """„9:00“"""
    return f"{at.hour}:{at.minute:02d}"


def listed(words: Sequence[str], *, last: str = "und") -> str:
    """„eins, zwei und drei“; `last` is the word before the last one."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _named(days: DaySet, *, anchor: date | None = None, shown: int | None = SHOWN_DATES) -> str:
    parts = [_rule(_decided(rule, anchor) if anchor else rule) for rule in days.rules]
    if days.dates:
        parts.append(f"{'zusätzlich' if parts else 'nur'} am {_dates(days.dates, shown=shown)}")
    return "; ".join(parts)


def _decided(rule: DayRule, anchor: date) -> DayRule:
    """The rule with the day that its beginning decides where it names none."""
    if rule.weekdays or rule.month_days or rule.frequency == recurrence.DAILY:
        return rule
    if rule.frequency == recurrence.WEEKLY:
        return replace(rule, weekdays=frozenset({(anchor.weekday(), 0)}))
    months = rule.months or (frozenset({anchor.month}) if rule.frequency == recurrence.YEARLY else rule.months)
    return replace(rule, months=months, month_days=frozenset({anchor.day}))


def _rule(rule: DayRule) -> str:
    if rule.frequency == recurrence.WEEKLY and rule.interval == 1 and rule.weekdays:
        sentence = _every_weekday(sorted(weekday for weekday, _ in rule.weekdays))
    else:
        each = _EACH[rule.frequency]
        sentence = each[min(rule.interval, 3) - 1].format(rule.interval)
    if rule.months:
        sentence += " im " + listed([_MONTHS[month - 1] for month in sorted(rule.months)])
    if rule.frequency != recurrence.WEEKLY or rule.interval != 1:
        sentence += _on_days(rule)
    if rule.count is not None:
        sentence += f", {rule.count}-mal"
    elif rule.until is not None:
        sentence += f" bis {rule.until:%d.%m.%Y}"
    return sentence


def _every_weekday(numbers: Sequence[int]) -> str:
    if list(numbers) == [0, 1, 2, 3, 4]:
        return "montags bis freitags"
    return "jeden " + listed([_WEEKDAYS[number] for number in numbers])


def _on_days(rule: DayRule) -> str:
    order = sorted(rule.month_days, key=lambda number: (number < 0, number))
    named = [f"{number}." if number > 0 else _last_day(number) for number in order]
    for weekday, n in sorted(rule.weekdays, key=lambda pair: (pair[1] < 0, pair[1], pair[0])):
        positions = sorted(rule.positions) if rule.positions and not n else [n]
        named += [f"{_nth(place)} {_WEEKDAYS[weekday]}".strip() for place in positions]
    return f" am {listed(named)}" if named else ""


def _last_day(number: int) -> str:
    return f"{_nth(number)} Tag"


def _nth(n: int) -> str:
    if not n:
        return ""
    return _NTH.get(n) or (f"{n}." if n > 0 else f"{-n}.-letzten")


def _dates(days: frozenset[date], *, shown: int | None = SHOWN_DATES) -> str:
    ordered = [f"{day:%d.%m.%Y}" for day in sorted(days)]
    if shown is not None and len(ordered) > shown + 1:
        return f"{', '.join(ordered[:shown])} und {len(ordered) - shown} weitere Tage"
    return listed(ordered)
