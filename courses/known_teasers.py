"""Teasers of courses that this process has shown before. They go with the stock: it is read anew whenever something is
written of which a teaser is made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.http import HttpRequest

from courses.selectors import CourseTeaser, course_teasers
from courses.stock_reader import Stock

MOST = 1000
"""About 1.5 MB; then it begins again."""


def known_teasers(
    held: Stock, dates: Mapping[int, Collection[int]], today: date, request: HttpRequest | None
) -> dict[int, CourseTeaser]:
    """As `course_teasers`; no query for those that are known."""
    asked = {pk: (pk, tuple(keys)) for pk, keys in dates.items()}
    known = {pk: held.teasers.get(key) for pk, key in asked.items()}
    if unknown := {pk: dates[pk] for pk, teaser in known.items() if teaser is None}:
        found = course_teasers(unknown, today, request)
        if len(held.teasers) + len(found) > MOST:
            held.teasers.clear()
        held.teasers.update((asked[pk], teaser) for pk, teaser in found.items())
        known |= found
    return {pk: teaser for pk, teaser in known.items() if teaser}
