"""The opening hours of an office as a visitor reads them: those of the week, the days that differ, open or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from foundation.caching.shelf import depends_on
from foundation.languages import current_language
from foundation.moments import day_in_words, time_in_words
from foundation.phrases import phrase
from offices.domain.opening import (
    BERLIN,
    Span,
    WeeklyHours,
    changed_days,
    open_spans,
    state_at,
    whole_day,
)
from offices.models import Office
from offices.sections import office_closures

AHEAD = timedelta(days=35)
"""How far the next opening is looked for; days that differ are told as far."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """`weekday` counts from Monday, 0; `iso` are pairs of „HH:MM“. Pages say both in their language."""

    weekday: int
    iso: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with other hours; without times it is closed. `reason` names a holiday; that of a closure is internal."""

    day: date
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
    language = current_language()
    if is_open and is_tomorrow and moment.time() == time.min:
        return phrase("bis Mitternacht", language)
    told = {"time": time_in_words(moment.time()), "day": day_in_words(moment.date())}
    if is_open:
        if is_today:
            return phrase("bis {time}", language, **told)
        return phrase("bis morgen, {time}" if is_tomorrow else "bis {day}, {time}", language, **told)
    if is_today:
        return phrase("öffnet heute um {time}", language, **told)
    return phrase("öffnet morgen um {time}" if is_tomorrow else "öffnet am {day}, um {time}", language, **told)


def _week(hours: list[WeeklyHours]) -> tuple[DayHours, ...]:
    by_day: dict[int, list[WeeklyHours]] = {}
    for each in hours:
        by_day.setdefault(each.weekday, []).append(each)
    return tuple(
        DayHours(
            weekday,
            tuple(_iso(each.opens, each.closes) for each in of_day),
        )
        for weekday, of_day in by_day.items()
    )


def _local(span: Span) -> tuple[time, time]:
    start, end = (moment.astimezone(BERLIN).time() for moment in span)
    return start, end


def _iso(opens: time, closes: time) -> tuple[str, str]:
    return f"{opens:%H:%M}", f"{closes:%H:%M}"
