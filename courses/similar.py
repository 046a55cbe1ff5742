"""Courses like another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest

from courses.finding.spans import Choice
from courses.known_teasers import known_teasers
from courses.models import Topic
from courses.selectors import CourseTeaser
from courses.stock_reader import Stock


def similar_courses(
    held: Stock, topics: Iterable[Topic], today: date, request: HttpRequest, *, but: int | None = None, limit: int = 3
) -> list[CourseTeaser]:
    """Those on one of these topics that can be begun, `but` one: first those that share a topic of the second level,
    then the soonest. Three queries, none where all of them are known."""
    dates: dict[int, list[int]] = {}
    for key, ahead in _nearest_first(held, topics):
        if key != but:
            dates.setdefault(key, ahead)
        if len(dates) == limit:
            break
    teasers = known_teasers(held, dates, today, request)
    return [teasers[key] for key in dates if key in teasers]


def _nearest_first(held: Stock, topics: Iterable[Topic]) -> Iterator[tuple[int, list[int]]]:
    """Ids of courses and of their dates; those of the narrower topics come once more among the others."""
    named = list(topics)
    for wanted in ([topic for topic in named if topic.parent_id], named):
        mask = held.rows.dated & held.rows.any_of([Choice("thema", topic.slug) for topic in wanted])
        for number in held.rows.soonest_dates(mask) if mask else ():
            yield held.keys[number], [row.key for row in held.rows.dates(number, mask) if row.key]
