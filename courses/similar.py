"""Courses like another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest

from courses.finding.periods import Period
from courses.finding.spans import Choice
from courses.models import Topic
from courses.selectors import CourseTeaser, course_teasers
from courses.stock import stock
from courses.stock_reader import Stock
from foundation.caching.pages import is_for_everybody


def similar_courses(
    topics: Iterable[Topic], today: date, request: HttpRequest, *, but: int | None = None, limit: int = 3
) -> list[CourseTeaser]:
    """Those on one of these topics that can be begun, `but` one: first those that share a topic of the second level,
    then the soonest. Three queries beside those of the stock, none where there are no such courses."""
    held = stock(today, may_be_old=is_for_everybody(request))
    dates: dict[int, list[int]] = {}
    for key, ahead in _nearest_first(held, topics, today):
        if key != but:
            dates.setdefault(key, ahead)
        if len(dates) == limit:
            break
    teasers = course_teasers(dates, today, request) if dates else {}
    return [teasers[key] for key in dates if key in teasers]


def _nearest_first(held: Stock, topics: Iterable[Topic], today: date) -> Iterator[tuple[int, list[int]]]:
    """Ids of courses and of their dates; those of the narrower topics come once more among the others."""
    dated = held.rows.within(Period(today, None))
    named = list(topics)
    for wanted in ([topic for topic in named if topic.parent_id], named):
        mask = dated & held.rows.any_of([Choice("thema", topic.slug) for topic in wanted])
        for number in held.rows.soonest_dates(mask) if mask else ():
            yield held.keys[number], [row.key for row in held.rows.dates(number, mask) if row.key]
