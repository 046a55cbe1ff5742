"""When an office is open, and when that turns.

Hours are wall-clock times in Europe/Berlin, spans half-open [start, end) in UTC. A time that the clock leaves out in
spring stands for the end of the gap, one that it shows twice in autumn for the first of the two. An end that is not
after its beginning lies on the next day. What is closed takes from the hours exactly its own time: an evening before a
holiday ends at midnight. Hours that are closed until midnight do not begin after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
Span = tuple[datetime, datetime]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """From when to when on one weekday (0 = Monday)."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OpeningState:
    """`turns_at` is when it closes or opens next; None where that is not known."""

    is_open: bool
    turns_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day on which the hours are not those of its weekday; without spans it is closed."""

    day: date
    spans: tuple[Span, ...]


def on_the_clock(day: date, at: time) -> datetime:
    """The instant at which the wall clock shows that time."""
    wall = datetime.combine(day, at)
    while (moment := wall.replace(tzinfo=BERLIN).astimezone(UTC)).astimezone(BERLIN).replace(tzinfo=None) != wall:
        wall += timedelta(minutes=1)
    return moment


def whole_day(day: date) -> Span:
    """From midnight to midnight: 23, 24 or 25 hours."""
    return on_the_clock(day, time.min), on_the_clock(day + _DAY, time.min)


def open_spans(hours: Collection[WeeklyHours], closed: Collection[Span], first: date, last: date) -> list[Span]:
    """The spans that begin on the day before `first` up to `last`, sorted; those that touch are one."""
    found: list[Span] = []
    for day in _days(first - _DAY, last):
        for start, end in _left_of(hours, day, closed):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
    return found


def state_at(spans: Iterable[Span], now: datetime) -> OpeningState:
    """Of spans as `open_spans` gives them."""
    for start, end in spans:
        if now < start:
            return OpeningState(is_open=False, turns_at=start)
        if now < end:
            return OpeningState(is_open=True, turns_at=end)
    return OpeningState(is_open=False, turns_at=None)


def changed_days(hours: Collection[WeeklyHours], closed: Collection[Span], first: date, last: date) -> list[ChangedDay]:
    """The days from `first` to `last`, both inside, whose hours something closed takes, in whole or in part."""
    found = []
    for day in _days(first, last):
        left = _left_of(hours, day, closed)
        if left != _spans_of(hours, day):
            found.append(ChangedDay(day, tuple(left)))
    return found


def _left_of(hours: Collection[WeeklyHours], day: date, closed: Iterable[Span]) -> list[Span]:
    """Of the spans that begin on that day."""
    spans = _spans_of(hours, day)
    for start, end in closed:
        pieces = [piece for span in spans for piece in ((span[0], min(span[1], start)), (max(span[0], end), span[1]))]
        spans = [piece for piece in pieces if piece[0] < piece[1]]
    midnight = whole_day(day)[1]
    return [span for span in spans if span[0] < midnight]


def _spans_of(hours: Collection[WeeklyHours], day: date) -> list[Span]:
    """Those that begin on that day."""
    spans = []
    for each in hours:
        if each.weekday == day.weekday():
            closing_day = day if each.closes > each.opens else day + _DAY
            spans.append((on_the_clock(day, each.opens), on_the_clock(closing_day, each.closes)))
    return sorted(span for span in spans if span[0] < span[1])


def _days(first: date, last: date) -> list[date]:
    return [first + _DAY * number for number in range((last - first).days + 1)]
