"""The page of one course: its dates, what is known of it and what is not, and ways on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from courses.beside import Beside
from courses.models import CoursePage, CourseRun, TargetGroup
from courses.remembered import remember_link, remembered_in
from courses.seats import SeatsInWords, seats_in_words
from courses.selectors import course_runs
from courses.similar import similar_courses
from courses.stock import stock
from courses.stock_reader import Stock
from courses.structured_data import course_data
from courses.topic_pages import topic_pages
from courses.ways import Start, start_at, way_in_words
from foundation.caching.pages import is_for_everybody
from foundation.sharing import share_links


@dataclass(frozen=True, slots=True)
class RunShown:
    """`away` is the way from the visitor's postcode in words; `price` that of this date alone."""

    run: CourseRun
    seats: SeatsInWords
    away: str
    price: str


def course_context(course: CoursePage, request: HttpRequest, today: date) -> dict[str, Any]:
    """All that the page shows beside its own fields."""
    runs = course_runs(course, today)
    start = start_at(request.GET.get("plz", ""))
    address = course.get_full_url(request) or ""
    remembered = remembered_in(request.GET)
    held = stock(today, may_be_old=is_for_everybody(request))
    topics, groups, fundings, marks = _beside(course, held, request, today)
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
        "missing": missing_facts(course, runs, groups),
        "similar": [
            replace(each, url=remembered.at(each.url))
            for each in similar_courses(held, topics, today, request, but=course.pk)
        ],
        "address": address,
        "remembered": remembered,
        "remember": remember_link(remembered, course.pk, course.title, _here(course, start, request)),
        "sharing": share_links(course.title, address),
        "structured_data": course_data(course, runs, groups=groups, fundings=fundings, address=address, today=today),
    }


def _beside(course: CoursePage, held: Stock, request: HttpRequest, today: date) -> Beside:
    """No query but for who may see a draft, which has links of its own."""
    if is_for_everybody(request) and course.pk in held.beside:
        return held.beside[course.pk]
    return Beside(
        tuple(course.topics.all()),
        tuple(course.target_groups.all()),
        tuple(course.funding_kinds.all()),
        tuple(course.provider.marks.in_force(today)),
    )


def _here(course: CoursePage, start: Start, request: HttpRequest) -> str:
    url = course.get_url(request) or ""
    return f"{url}?{urlencode({'plz': start.typed})}" if start.typed else url


def _shown(run: CourseRun, start: Start, today: date) -> RunShown:
    return RunShown(run, seats_in_words(run, today), way_in_words(run, start), run.price_text)


def missing_facts(course: CoursePage, runs: list[CourseRun], groups: Collection[TargetGroup]) -> list[str]:
    """What somebody would want to know before deciding and the provider has not said. `runs` are the dates ahead."""
    needs_place = _needs_place(course)
    known = {
        "Preis": course.price_state != CoursePage.PriceState.UNKNOWN,
        "Termine": bool(runs) or course.starts_any_day,
        "für wen": bool(course.audience or groups),
        "Inhalte": bool(course.contents),
        "was man danach kann": bool(course.outcome),
        "Voraussetzungen": bool(course.requirements),
        "Umfang": bool(course.teaching_units or course.duration_hours or course.duration_weeks),
        "Abschluss": bool(course.certificate),
        "Uhrzeiten": all(run.times_text for run in runs),
        "Ort": all(run.town for run in runs) or not needs_place,
        "PLZ": not any(lacks_postcode(course, run) for run in runs),
        "freie Plätze": all(run.seats_left is not None or run.is_full for run in runs),
    }
    return [name for name, is_known in known.items() if not is_known]


def _needs_place(course: CoursePage) -> bool:
    return course.format in {CoursePage.Format.ON_SITE, CoursePage.Format.BLENDED}


def lacks_postcode(course: CoursePage, run: CourseRun) -> bool:
    """Nobody who searches near a place finds this date."""
    return _needs_place(course) and bool(run.town) and not run.postcode
