"""The page of free times, as values that its template only has to show."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format

from booking.domain.clock import BERLIN, minute_of
from booking.domain.slots import Slot
from booking.selectors import closest
from booking.wording import day_label, short_day, time_label

NEXT_TIMES = 6
STRIP_DAYS = 10


@dataclass(frozen=True, slots=True)
class Query:
    """The state of the page as its address says it; every state can be shared as a link."""

    path: str
    chosen: dict[str, str]

    def url(self, **changes: str | None) -> str:
        """The page's address with some values changed; None takes a value out."""
        values = {name: value for name, value in (self.chosen | changes).items() if value}
        return f"{self.path}?{urlencode(values)}" if values else self.path


def by_day(starts: Iterable[int]) -> dict[date, list[int]]:
    """Each ascending start once, however many give that time, under the day of the wall clock."""
    days: dict[date, list[int]] = {}
    midnight, previous = 0, -1
    for start in starts:
        if start >= midnight:
            day = BERLIN.local(start)[0]
            midnight = BERLIN.day_span(day)[1]
            days[day] = found = []
        if start != previous:
            found.append(start)
            previous = start
    return days


def iso_of(moment: datetime) -> str:
    """As forms and addresses name the start of a time."""
    return moment.isoformat(timespec="minutes")


def time_value(start: int) -> dict[str, str]:
    moment = BERLIN.moment(start)
    iso = iso_of(moment)
    return {"start_iso": iso, "value": iso, "label": time_label(moment)}


def day_value(day: date, starts: list[int]) -> dict[str, Any]:
    return {"date": day.isoformat(), "label": day_label(day), "slots": [time_value(start) for start in starts]}


def next_times(days: dict[date, list[int]], *, limit: int = NEXT_TIMES) -> list[dict[str, Any]]:
    """The first free times, grouped by day, the very first marked."""
    left, shown = limit, []
    for day, starts in days.items():
        if left <= 0:
            break
        shown.append(day_value(day, starts[:left]))
        left -= len(starts)
    if shown:
        shown[0]["slots"][0]["is_next"] = True
    return shown


def strip(days: dict[date, list[int]], query: Query, current: date | None) -> list[dict[str, Any]]:
    """The next days with free times, each with its number."""
    return [
        {
            "date": day.isoformat(),
            **dict(zip(("weekday", "day", "month"), short_day(day), strict=True)),
            "label": day_label(day),
            "count": len(starts),
            "url": query.url(tag=day.isoformat(), monat=None) + "#tag",
            "is_current": day == current,
        }
        for day, starts in list(days.items())[:STRIP_DAYS]
    ]


def month_of(
    first: date, numbers: Mapping[date, int], query: Query, *, today: date, horizon: date, current: date | None
) -> dict[str, Any]:
    """A month of the calendar: weeks from Monday, days with free times as links, neighbours within the horizon.

    `numbers` says how many times are free on a day.
    """
    previous = (first - timedelta(days=1)).replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    cell = partial(_cell, numbers=numbers, query=query, today=today, current=current)
    return {
        "label": date_format(first, "F Y"),
        "previous_url": query.url(monat=f"{previous:%Y-%m}") + "#kalender" if first > today else None,
        "next_url": query.url(monat=f"{following:%Y-%m}") + "#kalender" if following <= horizon else None,
        "weeks": [[cell(day) if day.month == first.month else {} for day in week] for week in weeks],
    }


def _cell(day: date, numbers: Mapping[date, int], query: Query, *, today: date, current: date | None) -> dict[str, Any]:
    number = numbers.get(day, 0)
    return {
        "day": day.day,
        "date": day.isoformat(),
        "label": day_label(day),
        "count": number,
        "url": query.url(tag=day.isoformat()) + "#tag" if number else None,
        "is_today": day == today,
        "is_current": day == current,
    }


def moment_from(text: str) -> datetime:
    """The instant that a button of a page carries: ISO 8601 with offset, within this century.

    Raises ValueError for anything else.
    """
    moment = datetime.fromisoformat(text[:40])
    if moment.tzinfo is None or not 2000 < moment.year < 2100:
        raise ValueError("an instant of this century with an offset is wanted")
    return moment


def asked_time(text: str, slots: list[Slot]) -> dict[str, Any] | None:
    """The time that a link names, if it is still free, else the nearest ones; None without one, and for the very next
    time, which stands first anyway.

    Raises ValueError for what is no instant.
    """
    if not text:
        return None
    moment = moment_from(text)
    near = closest(slots, around=moment)
    slot = next((slot for slot in near if BERLIN.moment(slot.start) == moment), None)
    if slot and slot.start == slots[0].start:
        return None
    days = by_day([slot.start] if slot else [other.start for other in near])
    shown = [day_value(day, found) for day, found in days.items()]
    if slot:
        shown[0]["slots"][0]["is_next"] = True
    label = f"{day_label(BERLIN.local(minute_of(moment))[0])}, {time_label(moment)}"
    return {"label": label, "is_free": slot is not None, "days": shown}


class OutOfRange(Exception):
    """A day or month that the calendar does not have: malformed, past, or beyond the horizon."""


def agenda(slots: list[Slot], query: Query, *, today: date, horizon: date) -> dict[str, Any]:
    """Everything the page shows of a list of slots. Raises OutOfRange for an impossible `tag` or `monat`."""
    days = by_day(slot.start for slot in slots)
    current = chosen_day(query.chosen.get("tag"), today, horizon)
    month = chosen_month(query.chosen.get("monat"), today, horizon)
    numbers = {day: len(found) for day, found in days.items()}
    first_free = next(iter(days), today)
    return {
        "next_days": next_times(days),
        "strip": strip(days, query, current),
        "day": current,
        "days_chosen": [day_value(current, days[current])] if current in days else [],
        "month": month_of(
            month or (current or first_free).replace(day=1),
            numbers,
            query,
            today=today,
            horizon=horizon,
            current=current,
        ),
        "total": sum(numbers.values()),
    }


def chosen_day(text: str | None, today: date, horizon: date) -> date | None:
    """Raises OutOfRange."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise OutOfRange from error
    if not today <= day <= horizon:
        raise OutOfRange
    return day


def chosen_month(text: str | None, today: date, horizon: date) -> date | None:
    """Raises OutOfRange."""
    if not text:
        return None
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise OutOfRange from error
    if not today.replace(day=1) <= month <= horizon:
        raise OutOfRange
    return month
