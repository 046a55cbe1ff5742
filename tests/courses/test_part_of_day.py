"""The part of the day that the hours of a date say."""

from __future__ import annotations

from datetime import date, time

import pytest

from courses.enums import PartOfDay
from courses.models import CourseRun
from courses.part_of_day import part_of_day

SATURDAY, SUNDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [
        ((18, 0), (21, 15), PartOfDay.EVENING),
        ((17, 0), (18, 0), PartOfDay.EVENING),
        ((16, 59), (20, 0), None),
        ((8, 0), (13, 0), PartOfDay.MORNING),
        ((9, 0), (13, 1), None),
        ((9, 0), (15, 0), PartOfDay.FULL_DAY),
        ((17, 0), (23, 0), PartOfDay.FULL_DAY),
        ((12, 0), (17, 59), PartOfDay.AFTERNOON),
        ((13, 0), (18, 1), None),
    ],
)
def test_hours_of_one_part_say_it(start, end, part):
    run = CourseRun(starts_on=MONDAY, start_time=time(*start), end_time=time(*end))
    assert part_of_day(run) == part


@pytest.mark.parametrize(
    ("first", "last", "rule", "part"),
    [
        (SATURDAY, None, "", PartOfDay.WEEKEND),
        (SATURDAY, SUNDAY, "", PartOfDay.WEEKEND),
        (SATURDAY, MONDAY, "", None),
        (SATURDAY, date(2026, 12, 5), "", None),
        (SATURDAY, date(2026, 12, 19), "RRULE:FREQ=WEEKLY;BYDAY=SA", PartOfDay.WEEKEND),
        (SATURDAY, date(2026, 12, 19), "RRULE:FREQ=WEEKLY;BYDAY=SA,MO", None),
        (SATURDAY, date(2026, 12, 19), "RRULE:FREQ=IMMER", None),
        (MONDAY, None, "", None),
    ],
)
def test_days_on_weekends_alone_say_so(first, last, rule, part):
    assert part_of_day(_Dates(first, last, rule)) == part


class _Dates:
    start_time = end_time = None

    def __init__(self, starts_on: date, ends_on: date | None, days: str) -> None:
        self.starts_on, self.ends_on, self.days = starts_on, ends_on, days
