"""The opening hours of an office as a visitor reads them: those of the week, the days that differ, open or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format

from foundation.caching.shelf import depends_on
from offices.domain.opening import (
    BERLIN,
    Span,
    WeeklyHours,
    changed_days,
    open_spans,
    state_at,
    whole_day,
)
from offices.models import Office, OpeningHours
from offices.sections import office_closures

AHEAD = timedelta(days=35)
"""How far the next opening is looked for; days that differ are told as far."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """`iso` are the same times for machines, as pairs of „HH:MM“."""

    weekday: int
    label: str
    times: tuple[str, ...]
    iso: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with other hours; without times it is closed. `reason` names a holiday; that of a closure is internal."""

    day: date
    times: tuple[str, ...]
    iso: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    week: tuple[DayHours, ...]
    special: tuple[SpecialDay, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OpeningNow:
    """What components/opening.html shows."""

    is_open: bool
    turn: str


def opening_times(office: Office, *, today: date) -> OpeningTimes:
    """Two queries."""
    hours = [WeeklyHours(each.weekday, each.opens_at, each.closes_at) for each in office.opening_hours.all()]
    last = today + AHEAD
    holidays = office.holidays_of(range(today.year, last.year + 1))
    closed = [*map(whole_day, holidays), *office_closures.of(office, today - timedelta(days=1), last)] if hours else []
    special = (
        SpecialDay(
            changed.day,
            tuple(_in_words(*_local(span)) for span in changed.spans),
            tuple(_iso(*_local(span)) for span in changed.spans),
            holidays.get(changed.day, ""),
        )
        for changed in changed_days(hours, closed, today, last)
    )
    return OpeningTimes(_week(hours), tuple(special), tuple(open_spans(hours, closed, today, last)))


def opening_now(times: OpeningTimes, *, now: datetime) -> OpeningNow | None:
    """None without any hours. Whatever shows it is kept no longer than it is true."""
    if not times.week:
        return None
    state = state_at(times.spans, now)
    if state.turns_at is None:
        return OpeningNow(is_open=False, turn="")
    depends_on(state.turns_at, {})
    today = now.astimezone(BERLIN).date()
    return OpeningNow(state.is_open, _turn(state.turns_at.astimezone(BERLIN), today, is_open=state.is_open))


def _turn(moment: datetime, today: date, *, is_open: bool) -> str:
    is_today, is_tomorrow = moment.date() == today, moment.date() == today + timedelta(days=1)
    if is_open and is_tomorrow and moment.time() == time.min:
        return "bis Mitternacht"
    clock = f"{_clock(moment.time())} Uhr"
    day = date_format(moment, "l, j. F")
    if is_open:
        return f"bis {clock}" if is_today else f"bis {'morgen' if is_tomorrow else day}, {clock}"
    if is_today or is_tomorrow:
        return f"öffnet {'heute' if is_today else 'morgen'} um {clock}"
    return f"öffnet am {day}, um {clock}"


def _week(hours: list[WeeklyHours]) -> tuple[DayHours, ...]:
    by_day: dict[int, list[WeeklyHours]] = {}
    for each in hours:
        by_day.setdefault(each.weekday, []).append(each)
    labels = dict(OpeningHours.WEEKDAYS)
    return tuple(
        DayHours(
            weekday,
            labels[weekday],
            tuple(_in_words(each.opens, each.closes) for each in of_day),
            tuple(_iso(each.opens, each.closes) for each in of_day),
        )
        for weekday, of_day in by_day.items()
    )


def _local(span: Span) -> tuple[time, time]:
    start, end = (moment.astimezone(BERLIN).time() for moment in span)
    return start, end


def _in_words(opens: time, closes: time) -> str:
    return f"{_clock(opens)}–{'24:00' if closes == time.min else _clock(closes)} Uhr"


def _iso(opens: time, closes: time) -> tuple[str, str]:
    return f"{opens:%H:%M}", f"{closes:%H:%M}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"
