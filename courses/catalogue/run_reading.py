"""The cells of a row that speak of one date of a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from courses.catalogue.lengths import fitted
from courses.catalogue.records import RunRecord
from courses.catalogue.run_values import RUN_READERS
from courses.catalogue.values.dates import Days, all_days_in, day_in, days_in, means_any_day
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.hours import Hours, hour_in, hours_in, parted, span

Note = Callable[[str, str], None]
"""Takes the field and a German sentence."""

_LONGEST_RUN = timedelta(days=4000)


@dataclass(slots=True)
class RunResult:
    """`is_lost`: the row has a date that was not understood. `course` is what it says of the course."""

    run: RunRecord | None = None
    is_lost: bool = False
    course: dict[str, Any] = field(default_factory=dict)


class RunReading:
    def __init__(self, *, today: date) -> None:
        self.today = today
        self._readers = {column: lru_cache(maxsize=256)(reader) for column, reader in RUN_READERS.items()}
        self._days_in = lru_cache(maxsize=2048)(days_in)

    def read(self, texts: Mapping[str, str], note: Note) -> RunResult:
        """`texts` are the filled cells by field."""
        result = RunResult()
        values = self._simple_values(texts, note)
        if _is_online(values):
            result.course["format"] = "online"
        source = "starts_on" if "starts_on" in texts else "date_text"
        text = texts.get(source, "")
        if means_any_day(text):
            result.course["flexible_start"] = True
            return result
        days, hours = self._days(source, text, texts, note) if text else (None, "")
        if days is None:
            result.is_lost = bool(text)
            _without_date(texts, note, is_lost=result.is_lost)
            return result
        values |= self._dates(days, texts, note)
        values |= _hours(hours, texts, note)
        result.run = RunRecord(starts_on=days.first, **_checked(values, note))
        return result

    def _simple_values(self, texts: Mapping[str, str], note: Note) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, text in texts.items():
            if column not in self._readers:
                continue
            try:
                found, notices = self._readers[column](text)
            except NotUnderstood as problem:
                note(column, str(problem))
                continue
            for notice in notices:
                note(column, notice)
            for name, value in found.items():
                values.setdefault(name, value)
        return values

    def _days(self, source: str, text: str, texts: Mapping[str, str], note: Note) -> tuple[Days | None, str]:
        dates, hours = parted(text)
        try:
            days = self._days_in(dates, today=self.today, year=self._year_of(texts.get("ends_on", "")))
        except NotUnderstood as problem:
            note(source, str(problem))
            return None, ""
        if days.is_week:
            end = f" und den Freitag, {days.last:%d.%m.%Y}" if days.last != days.first else ""
            note(source, f"Nur die Woche ist genannt; wir haben den Montag genommen, {days.first:%d.%m.%Y}{end}.")
        if days.is_guessed:
            note(source, f"Das Jahr fehlt; wir haben {days.first.year} angenommen.")
        if days.rest:
            note(source, f"„{days.rest[:60]}“ neben dem Datum haben wir nicht gelesen.")
        return days, hours

    def _year_of(self, text: str) -> int | None:
        try:
            found = day_in(parted(text)[0], today=self.today) if text else None
        except NotUnderstood:
            return None
        return None if found is None or found.is_guessed else found.first.year

    def _dates(self, days: Days, texts: Mapping[str, str], note: Note) -> dict[str, Any]:
        last = self._one_day("ends_on", texts, days, note) or (days.last if days.last != days.first else None)
        if last and last < days.first:
            note("ends_on", "Das Ende liegt vor dem Beginn; wir haben es weggelassen.")
            last = None
        if last and last - days.first > _LONGEST_RUN:
            note("ends_on", "Zwischen Beginn und Ende liegen mehr als zehn Jahre; wir haben das Ende weggelassen.")
            last = None
        until = self._one_day("registration_until", texts, days, note)
        return {"ends_on": last, "days": self._met(days, last, texts, note), "registration_until": until}

    def _one_day(self, column: str, texts: Mapping[str, str], days: Days, note: Note) -> date | None:
        if column not in texts:
            return None
        try:
            return day_in(parted(texts[column])[0], today=self.today, year=days.first.year).last
        except NotUnderstood as problem:
            note(column, str(problem))
            return None

    def _met(self, days: Days, last: date | None, texts: Mapping[str, str], note: Note) -> tuple[date, ...]:
        """Those between beginning and end; others are reported."""
        met = days.days
        if "days" in texts:
            try:
                met = all_days_in(texts["days"], today=self.today, year=days.first.year)
            except NotUnderstood as problem:
                note("days", str(problem))
        within = tuple(day for day in met if days.first <= day <= (last or days.first))
        if len(within) < len(met):
            note("days", "Kurstage vor dem Beginn oder nach dem Ende haben wir weggelassen.")
        return within


def _is_online(values: dict[str, Any]) -> bool:
    """A place that is none: „online“ among the towns is taken out."""
    named = [
        name
        for name in ("town", "venue")
        if str(values.get(name, "")).lower() in {"online", "webinar", "virtuell", "internet"}
    ]
    for name in named:
        del values[name]
    return bool(named)


def _without_date(texts: Mapping[str, str], note: Note, *, is_lost: bool) -> None:
    if "ends_on" in texts and not is_lost:
        note("ends_on", "Ein Ende ohne Beginn ist kein Termin.")
    elif texts and not is_lost:
        note("", "Ohne Tag gibt es keinen Termin; Ort, Zeiten und Plätze dieser Zeile haben wir nicht gelesen.")


def _hours(beside_date: str, texts: Mapping[str, str], note: Note) -> dict[str, Any]:
    """From the two columns, else the one that holds both, else what stands beside the date."""
    found = Hours()
    try:
        if "start_time" in texts or "end_time" in texts:
            found = _from_two(texts)
        elif text := texts.get("hours", "") or beside_date:
            found = hours_in(text)
    except NotUnderstood as problem:
        note("hours" if "hours" in texts else "start_time", str(problem))
    values: dict[str, Any] = {"start_time": found.start, "end_time": found.end}
    words = texts.get("times", "") or found.words
    if words:
        values["times"], notice = fitted("times", words)
        if notice:
            note("times", notice)
    return values


def _from_two(texts: Mapping[str, str]) -> Hours:
    """One of the two is said in words; the database wants both or none."""
    if "end_time" not in texts:
        as_span = hours_in(texts["start_time"])
        return as_span if as_span.start else Hours(words=f"ab {hour_in(texts['start_time']):%H:%M} Uhr")
    if "start_time" not in texts:
        return Hours(words=f"bis {hour_in(texts['end_time']):%H:%M} Uhr")
    return span(hour_in(texts["start_time"]), hour_in(texts["end_time"]))


def _checked(values: dict[str, Any], note: Note) -> dict[str, Any]:
    """Seats that contradict each other are left out, with a word about it."""
    left = values.pop("seats_left", None)
    most, least = values.get("seats_max"), values.get("seats_min")
    if most is not None and least is not None and least > most:
        note("seats_min", "Mindestens so viele? Mehr Plätze gibt es nicht; wir haben die Zahl weggelassen.")
        del values["seats_min"]
    taken = values.get("seats_taken")
    if most is not None and taken is not None and taken > most:
        note("seats_taken", "Mehr belegte Plätze, als es gibt; wir zeigen den Termin als ausgebucht.")
    if left is not None and taken is None:
        if most is None and left == 0:
            if values.get("status", "planned") == "planned":
                values["status"] = "full"
        elif most is None or left > most:
            note("seats_left", "Freie Plätze sagen nur etwas zusammen mit der Zahl aller Plätze.")
        else:
            values["seats_taken"] = most - left
    return values
