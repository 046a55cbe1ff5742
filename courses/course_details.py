"""The page of one course: its dates, what is known of it and what is not, and ways on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from courses.models import CoursePage, CourseRun
from courses.seats import SeatsInWords, seats_in_words
from courses.selectors import course_runs, similar_courses
from courses.structured_data import course_data
from courses.topic_pages import topic_pages
from foundation.sharing import share_links
from offices.distance import distance_km
from offices.postcodes import bare_postcode, coordinates, is_postcode


@dataclass(frozen=True, slots=True)
class RunShown:
    """`away` is the way from the visitor's postcode in words; `price` that of this date alone."""

    run: CourseRun
    seats: SeatsInWords
    away: str
    price: str


@dataclass(frozen=True, slots=True)
class Start:
    """From where the visitor would come; `here` is None until a German postcode is typed."""

    typed: str
    here: tuple[float, float] | None
    error: str


def course_context(course: CoursePage, request: HttpRequest, today: date) -> dict[str, Any]:
    """All that the page shows beside its own fields."""
    runs = course_runs(course, today)
    start = _start(request.GET.get("plz", "")[:20])
    address = course.get_full_url(request) or ""
    topics = list(course.topics.all())
    marks = list(course.provider.marks.in_force(today))
    groups = list(course.target_groups.all())
    fundings = list(course.funding_kinds.all())
    shown = [_shown(run, start, today) for run in runs]
    return {
        "runs": shown,
        "next": next((each for each in shown if each.seats.is_open), None),
        "is_bookable": bool(runs) or course.starts_any_day,
        "can_be_reached": any(run.latitude is not None for run in runs),
        "start": start,
        "topics": topic_pages.of(topics),
        "target_groups": groups,
        "fundings": fundings,
        "marks": marks,
        "missing": missing_facts(course, runs),
        "similar": similar_courses(course, topics, today, request),
        "address": address,
        "sharing": share_links(course.title, address),
        "structured_data": course_data(course, runs, groups=groups, fundings=fundings, address=address, today=today),
    }


def _start(typed: str) -> Start:
    postcode = bare_postcode(typed)
    if not postcode:
        return Start("", None, "")
    here = coordinates(postcode) if is_postcode(postcode) else None
    return Start(postcode, here, "" if here else "Diese Postleitzahl kennen wir nicht. Bitte fünf Ziffern eingeben.")


def _shown(run: CourseRun, start: Start, today: date) -> RunShown:
    return RunShown(run, seats_in_words(run, today), _away(run, start.here), run.price_text)


def _away(run: CourseRun, here: tuple[float, float] | None) -> str:
    if here is None or run.latitude is None or run.longitude is None:
        return ""
    away = round(distance_km(here, (run.latitude, run.longitude)))
    return f"etwa {away} km Luftlinie" if away else "im selben Ort"


def missing_facts(course: CoursePage, runs: list[CourseRun]) -> list[str]:
    """What somebody would want to know before deciding and the provider has not said."""
    known = {
        "Preis": course.price_state != CoursePage.PriceState.UNKNOWN,
        "Inhalte": bool(course.contents),
        "Voraussetzungen": bool(course.requirements),
        "Umfang": bool(course.teaching_units or course.duration_hours or course.duration_weeks),
        "Abschluss": bool(course.certificate),
        "Uhrzeiten": all(run.times_text for run in runs),
        "freie Plätze": all(run.seats_left is not None or run.is_full for run in runs),
    }
    return [name for name, is_known in known.items() if not is_known]
