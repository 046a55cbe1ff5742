"""The ways to narrow the list of courses: what each date of each course is, in the words of the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from courses.enums import CourseFormat, PartOfDay, PriceState, TeachingLanguage
from courses.finding.lengths import DAY_HOURS
from courses.finding.periods import month_name
from courses.finding.spans import Choice
from courses.models.run_state import RunState
from courses.part_of_day import part_of_day

YES = "ja"
FACETS = {
    "thema": "Thema",
    "kreis": "Landkreis",
    "start": "Beginn",
    "form": "Form",
    "zeit": "Tageszeit",
    "dauer": "Dauer",
    "preis": "Kosten",
    "foerderung": "Förderung",
    "zielgruppe": "Zielgruppe",
    "sprache": "Sprache",
    "anbieter": "Anbieter",
}
"""Names in the address, in the order of the page."""
SWITCHES = {
    "frei": "freie Plätze",
    "sicher": "findet sicher statt",
    "abschluss": "mit Abschluss oder Zertifikat",
    "inhouse": "auch im Betrieb",
    "barrierefrei": "barrierefrei",
    "stufenlos": "Ort ohne Stufen",
}
"""Each is a facet of one value, shown together: what is wanted of them shall all be there."""
RADII = (10, 20, 30, 50, 100)
"""Kilometres."""

_DURATIONS = {"tag": ("bis 1 Tag", 8.0), "woche": ("bis 1 Woche", 40.0), "120": ("bis 120 Stunden", 120.0)}
_LONG = ("lang", "über 120 Stunden")
_WEEKS = ("wochen", "mehrere Wochen, Stunden nicht bekannt")
_PRICES = {"100": ("bis 100 €", 100), "500": ("100 bis 500 €", 500), "1000": ("500 bis 1.000 €", 1000)}
_DEAR = ("mehr", "über 1.000 €")
_STATES = {
    PriceState.FREE: "frei",
    PriceState.FROM: "ab",
    PriceState.ON_REQUEST: "anfrage",
    PriceState.UNKNOWN: "unbekannt",
}
ANY_TIME = "jederzeit"
FUNDED, FUNDED_LABEL = Choice("foerderung", YES), "mit Förderung"
"""The first value of its facet: whatever the funding."""

FIXED = {
    "form": dict(CourseFormat.choices),
    "zeit": dict(PartOfDay.choices),
    "dauer": {**{value: label for value, (label, _) in _DURATIONS.items()}, **dict([_LONG, _WEEKS])},
    "preis": {
        "frei": "kostenfrei",
        **{value: label for value, (label, _) in _PRICES.items()},
        _DEAR[0]: _DEAR[1],
        "ab": "nur ab-Preis bekannt",
        "anfrage": "auf Anfrage",
        "unbekannt": "nicht bekannt",
    },
    "sprache": dict(TeachingLanguage.choices),
    **{name: {YES: label} for name, label in SWITCHES.items()},
}
"""Labels of values that are the same on every site, in their order."""


class CourseFacts(NamedTuple):
    """What is read of each course, by the names of the fields."""

    pk: int
    title: str
    url_path: str
    provider_id: int
    provider__slug: str
    provider__name: str
    format: str
    language: str
    part_of_day: str
    duration_hours: int | None
    teaching_units: int | None
    duration_weeks: int | None
    flexible_start: bool
    barrier_free: bool
    inhouse_possible: bool
    certificate: str
    price_state: str
    price: Decimal | None


class _RunRow(NamedTuple):
    pk: int
    course_id: int
    starts_on: date
    postcode: str
    latitude: float | None
    longitude: float | None
    status: str
    guaranteed: bool
    seats_max: int | None
    seats_taken: int | None
    registration_until: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    days: str | None
    step_free: bool
    price_state: str
    price: Decimal | None


class RunFacts(RunState, _RunRow):
    """The same of each date."""

    __slots__ = ()


def course_choices(course: CourseFacts) -> Iterator[Choice]:
    """Without what stands in other tables but the provider."""
    yield Choice("anbieter", course.provider__slug)
    yield Choice("form", course.format)
    yield Choice("sprache", course.language)
    if course.part_of_day:
        yield Choice("zeit", course.part_of_day)
    hours = hours_of(course)
    if hours is not None:
        yield Choice("dauer", next((value for value, (_, most) in _DURATIONS.items() if hours <= most), _LONG[0]))
    elif (course.duration_weeks or 0) > 1:
        yield Choice("dauer", _WEEKS[0])
    if course.flexible_start or course.format == CourseFormat.SELF_PACED:
        yield Choice("start", ANY_TIME)
    switches = {
        "barrierefrei": course.barrier_free,
        "inhouse": course.inhouse_possible,
        "abschluss": bool(course.certificate),
    }
    yield from (Choice(name, YES) for name, is_on in switches.items() if is_on)


def hours_of(course: CourseFacts) -> float | None:
    if course.duration_hours is not None:
        return float(course.duration_hours)
    return course.teaching_units * 0.75 if course.teaching_units is not None else None


def most_hours(run: RunFacts) -> float:
    """Of whole days from the first to the last: a date takes no longer, and often less."""
    return DAY_HOURS * (((run.ends_on or run.starts_on) - run.starts_on).days + 1)


def run_choices(run: RunFacts, course: CourseFacts, districts: Mapping[str, str], today: date) -> Iterator[Choice]:
    """`districts` are slugs by postcode. What is barrier-free has no steps where people come to it."""
    yield Choice("start", f"{run.starts_on.year}-{run.starts_on.month:02}")
    if not course.part_of_day and (part := part_of_day(run)):
        yield Choice("zeit", part.value)
    if run.step_free or (course.barrier_free and run.postcode):
        yield Choice("stufenlos", YES)
    if run.postcode in districts:
        yield Choice("kreis", districts[run.postcode])
    if run.is_certain:
        yield Choice("sicher", YES)
    if run.seats_left and run.is_open(today):
        yield Choice("frei", YES)


def price_choice(state: str, price: Decimal | None) -> Choice:
    if state == PriceState.AMOUNT and price is not None:
        return Choice("preis", next((value for value, (_, most) in _PRICES.items() if price <= most), _DEAR[0]))
    return Choice("preis", _STATES[PriceState(state)])


def euros(state: str, price: Decimal | None) -> float | None:
    """None where nobody knows it: a lowest price is none."""
    if state == PriceState.FREE:
        return 0.0
    return float(price) if state == PriceState.AMOUNT and price is not None else None


def start_label(value: str) -> str:
    return "jederzeit" if value == ANY_TIME else month_name(date.fromisoformat(f"{value}-01"))
