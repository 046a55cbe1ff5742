"""What imports write of a course, as plain values of JSON: so they are compared, kept for taking back, and shown.

Texts, numbers and yes or no stay what they are; days and hours are ISO text, amounts text with two digits; topics and
their like are sorted ids; state and amount of a price are one value, since neither says anything alone. Dates are a
list of such values with the id of the stored date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

import recurrence
from django.db import models

from courses.models import CoursePage, CourseRun, FundingKind, TargetGroup, Topic
from foundation.recurrences.fields import StoredText, text_of
from foundation.recurrences.text import as_text

Values = dict[str, Any]

PLAIN = (
    *("title", "subtitle", "summary", "audience", "requirements", "contents", "outcome", "keywords", "format"),
    *("part_of_day", "flexible_start", "teaching_units", "duration_hours", "duration_weeks", "language"),
    *("language_level", "barrier_free", "barrier_free_note", "price_note", "measure_number"),
    *("education_leave_number", "certificate", "dqr_level", "inhouse_possible", "contact_email", "contact_phone"),
    "booking_link",
)
LINKED = {"topics": Topic, "target_groups": TargetGroup, "funding_kinds": FundingKind}
PRICE, RUNS = "price", "runs"
NUMBER = "provider_reference"
"""Written only where a course that was made by hand has none yet."""

NEEDED = {"summary": "Kurzfassung", "topics": "Thema", "booking_link": "Link zur Anmeldung"}
"""Without these a course is not published, and no file empties them."""

_KEYS = re.compile(r' data-block-key="\w+"')
"""The editor marks its paragraphs on saving; that alone is no change."""

_RUN_TEXTS = ("times", "venue", "street", "postcode", "town", "status")
_RUN_NUMBERS = ("seats_min", "seats_max", "seats_taken")
_RUN_DAYS = ("starts_on", "ends_on", "registration_until", "start_time", "end_time")
RUN_PLAIN = ("provider_reference", *_RUN_DAYS, "days", *_RUN_TEXTS, "step_free", *_RUN_NUMBERS, "guaranteed")
RUN_FIELDS = (*RUN_PLAIN, PRICE)


def course_values(course: CoursePage, links: Mapping[str, Iterable[int]], runs: Iterable[CourseRun]) -> Values:
    values = {name: getattr(course, name) for name in (NUMBER, *PLAIN)}
    values["contents"] = as_imported(values["contents"])
    values |= {name: sorted(links.get(name, ())) for name in LINKED}
    return values | {PRICE: price_value(course.price_state, course.price), RUNS: [run_values(run) for run in runs]}


def version_values(course: CoursePage) -> Values:
    """Of a version of a course, with the dates that it has in memory."""
    links = {name: [entry.pk for entry in getattr(course, name).all()] for name in LINKED}
    return course_values(course, links, sorted(course.runs.all(), key=lambda run: (run.starts_on, run.pk or 0)))


def column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column")
    return field


def as_imported(contents: str) -> str:
    """Contents without what Wagtail's editor adds on saving."""
    return _KEYS.sub("", contents).replace("<br/>", "<br>")


def run_values(run: CourseRun) -> Values:
    values: Values = {name: getattr(run, name) for name in RUN_PLAIN if name != "days"}
    for name in _RUN_DAYS:
        values[name] = values[name] and values[name].isoformat()
    values["days"] = text_of(run, "days")
    return values | {PRICE: price_value(run.price_state, run.price), "pk": run.pk}


def sessions_of(run: Values) -> tuple[date, ...]:
    """The days on which people meet: a rule and single days may name the same."""
    first = date.fromisoformat(run["starts_on"])
    last = date.fromisoformat(run["ends_on"]) if run["ends_on"] else None
    return CourseRun(starts_on=first, ends_on=last, days=StoredText(run["days"])).sessions


def price_value(state: str, amount: Decimal | None) -> list[str | None]:
    return [str(state), None if amount is None else f"{amount:.2f}"]


@lru_cache(maxsize=4096)
def days_value(days: tuple[date, ...]) -> str:
    """As the field of a date stores single days."""
    if not days:
        return ""
    noons = [datetime.combine(day, time(12)) for day in days]
    return as_text(recurrence.Recurrence(rdates=noons, include_dtstart=False))


def set_course(course: CoursePage, values: Mapping[str, Any]) -> None:
    """The columns of a course; links and dates are rows of other tables."""
    for name, value in values.items():
        if name == PRICE:
            course.price_state, course.price = value[0], _amount(value[1])
        elif name not in LINKED and name != RUNS:
            setattr(course, name, value)
    if "title" in values:
        course.draft_title = values["title"]


def run_of(values: Mapping[str, Any], course_id: int) -> CourseRun:
    """With its place on the map. It has the id that the values name, if any."""
    fields = {name: values[name] for name in RUN_PLAIN if name != "days"}
    for name in _RUN_DAYS:
        kind = time if name.endswith("_time") else date
        fields[name] = kind.fromisoformat(fields[name]) if fields[name] else None
    state, amount = values[PRICE]
    run = CourseRun(
        pk=values.get("pk"),
        course_id=course_id,
        price_state=state,
        price=_amount(amount),
        days=StoredText(values["days"]),
        **fields,
    )
    run.locate()
    return run


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
