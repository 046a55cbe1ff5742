"""All courses as they are searched. Each process holds them in its memory until a course alters, or the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

from django.utils import timezone

from courses.freshness import COURSES, PAGES
from courses.stock_reader import Stock, headlines, read_stock
from foundation.caching.shelf import LONGEST, depends_on, midnight_after

_MARKS = (COURSES, PAGES)


@dataclass(frozen=True, slots=True)
class _Held:
    """`marks` have the values from before anything was read; `renewals` count what this process itself has written."""

    stock: Stock
    today: date
    read_at: datetime
    marks: tuple[str, str]
    renewals: tuple[int, ...]


_held: _Held | None = None
_loading = Lock()


def stock(today: date, *, may_be_old: bool = False) -> Stock:
    """Nine queries, none while nothing has changed, one where other pages were written. Once an hour all is asked
    anew: that heals what no mark told.

    Who comes while another thread of the process reads waits for it, unless `may_be_old`: then the courses of a moment
    ago do.
    """
    now = timezone.now()
    held = _current(today, now, may_be_old=may_be_old)
    depends_on(midnight_after(now), {mark.key: value for mark, value in zip(_MARKS, held.marks, strict=True)})
    return held.stock


def _current(today: date, now: datetime, *, may_be_old: bool) -> _Held:
    held = _held
    if held and _is_true(held, _values(), today, now):
        return held
    if held and may_be_old and held.today == today:
        if not _loading.acquire(blocking=False):
            return held
    else:
        _loading.acquire()
    try:
        return _true_one(today, now)
    finally:
        _loading.release()


def _true_one(today: date, now: datetime) -> _Held:
    """For one thread at a time; another one may have read meanwhile."""
    global _held  # noqa: PLW0603
    marks, renewals, held = _values(), _renewals(), _held
    if held and _is_true(held, marks, today, now):
        return held
    is_known = held and _is_of_now(held, today, now) and held.marks[0] == marks[0]
    if held and is_known and held.stock.headlines == headlines():
        _held = replace(held, marks=marks, renewals=renewals)
    else:
        _held = _Held(read_stock(today), today, now, marks, renewals)
    return _held


def _is_true(held: _Held, marks: tuple[str, str], today: date, now: datetime) -> bool:
    if not _is_of_now(held, today, now):
        return False
    return held.marks == marks or (not _are_kept(marks) and _is_recent(held, now))


def _is_of_now(held: _Held, today: date, now: datetime) -> bool:
    return (held.today, held.read_at.hour) == (today, now.hour)


def _is_recent(held: _Held, now: datetime) -> bool:
    """Where the cache fails nobody hears of what other processes write; a minute is what any kept page may lag then."""
    return held.renewals == _renewals() and abs(now - held.read_at) < LONGEST


def _are_kept(marks: tuple[str, str]) -> bool:
    return all(mark.is_kept(value) for mark, value in zip(_MARKS, marks, strict=True))


def _values() -> tuple[str, str]:
    return COURSES.value(), PAGES.value()


def _renewals() -> tuple[int, ...]:
    return tuple(mark.renewals for mark in _MARKS)
