"""Remembered courses side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format

from courses.models import CoursePage, CourseRun
from courses.remembered import Remembered
from courses.seats import seats_in_words
from courses.selectors import courses_to_compare, titles_gone
from courses.ways import Start, way_in_words

_DATES = 3
UNKNOWN = "nicht bekannt"


@dataclass(frozen=True, slots=True)
class Column:
    """`without` is the address of the comparison without this course."""

    pk: int
    title: str
    url: str
    without: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one fact is for each course, in lines, in the order of the columns. `verdict` says whether they are alike;
    it is empty where there is nothing to compare."""

    name: str
    values: list[list[str]]
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gone` are titles of courses of the address that the public could read once; their old addresses tell them,
    too."""

    columns: list[Column]
    rows: list[Row]
    gone: list[str]
    remembered: Remembered
    address: str
    mail: str


def comparison(remembered: Remembered, start: Start, today: date, request: HttpRequest) -> Comparison:
    """Five queries, none without an id; ids that nobody knows are passed over."""
    found = courses_to_compare(remembered.ids, today) if remembered.ids else {}
    there = remembered.only(found)
    courses = [found[pk] for pk in there.ids]
    address = f"{settings.BASE_URL}{there.url}"
    return Comparison(
        columns=[
            Column(
                course.pk,
                course.title,
                there.at(course.get_url(request) or ""),
                _at_start(there.toggled(course.pk).url, start),
            )
            for course in courses
        ],
        rows=_rows(courses, start, today),
        gone=titles_gone(remembered.ids) if len(courses) < len(remembered.ids) else [],
        remembered=there,
        address=address,
        mail=_mail([course.title for course in courses], address),
    )


def _at_start(address: str, start: Start) -> str:
    if not start.typed:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'plz': start.typed})}"


def _mail(titles: list[str], address: str) -> str:
    """A draft in the visitor's own mail program; nothing is sent from here."""
    body = "\n".join([*(f"- {title}" for title in titles), "", "Alle nebeneinander:", address])
    return f"mailto:?{urlencode({'subject': 'Kurse im Vergleich', 'body': body}, quote_via=quote)}"


def _rows(courses: list[CoursePage], start: Start, today: date) -> list[Row]:
    facts = [_facts(course, start, today) for course in courses]
    names = facts[0] if facts else []
    rows = ((name, [each[name] for each in facts]) for name in names)
    return [
        Row(name, [value or [UNKNOWN] for value in values], _verdict(values)) for name, values in rows if any(values)
    ]


def _verdict(values: list[list[str]]) -> str:
    """What is not known of one course is neither like nor unlike what is known of another."""
    if len(values) < 2 or not all(values):
        return ""
    return "gleich" if all(value == values[0] for value in values) else "verschieden"


def _facts(course: CoursePage, start: Start, today: date) -> dict[str, list[str]]:
    """In lines; empty where nobody has said it."""
    runs = course.runs_ahead
    first = next((run for run in runs if seats_in_words(run, today).is_open), runs[0] if runs else None)
    marks = [held.mark.name for held in course.provider.marks_in_force]
    return {
        "Nächste Termine": _dates(course, today),
        "Ort": _place(course, first, start),
        "Kosten": _price(course, first),
        "Förderung": [kind.name for kind in course.funding_kinds.all()],
        "Umfang": _said(course.duration_text),
        "Form": _said(course.get_format_display(), course.get_part_of_day_display()),
        "Abschluss": _said(course.certificate, f"DQR-Niveau {course.dqr_level}" if course.dqr_level else ""),
        "Plätze": _seats(first, today),
        "Anbieter": [course.provider.name, *marks],
        "Bestätigt": _said(date_format(course.confirmed_at, "j. F Y") if course.confirmed_at else ""),
    }


def _said(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _dates(course: CoursePage, today: date) -> list[str]:
    """Whoever can begin at any day needs no date, but may have some."""
    begun = ["jederzeit"] if course.starts_any_day else []
    dates = [
        ", ".join(_said(date_format(run.starts_on, "D., j. F Y"), "" if said.is_open else said.seats))
        for run in course.runs_ahead[:_DATES]
        for said in [seats_in_words(run, today)]
    ]
    more = len(course.runs_ahead) - _DATES
    return [*begun, *dates, *([f"und {more} weitere"] if more > 0 else [])] or ["zurzeit keiner"]


def _place(course: CoursePage, run: CourseRun | None, start: Start) -> list[str]:
    if run is None or not run.town:
        return ["online"] if course.format in {CoursePage.Format.ONLINE, CoursePage.Format.SELF_PACED} else []
    return _said(f"{run.postcode} {run.town}".strip(), way_in_words(run, start))


def _price(course: CoursePage, run: CourseRun | None) -> list[str]:
    """An unknown price is not known: it is like no other one."""
    state = (run.price_state if run else "") or course.price_state
    if state == CoursePage.PriceState.UNKNOWN:
        return []
    return _said((run.price_text if run else "") or course.price_text, course.price_note)


def _seats(run: CourseRun | None, today: date) -> list[str]:
    if run is None:
        return []
    said = seats_in_words(run, today)
    return _said(said.seats, said.certainty)
