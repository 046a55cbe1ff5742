"""What a provider's file says of courses, in one form for every format: readers make it, plans and reports take it.

Values are those of `courses.enums`, as plain text: nothing here knows the framework.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


class FileRefused(Exception):
    """The whole file cannot be taken; nothing of it is. The message is German, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One date of a course. `days` are the days on which people meet where not every day from start to end is one.

    `price_state` is empty where the price of the course holds; `reference` is the provider's own number of the date.
    """

    starts_on: date
    ends_on: date | None = None
    reference: str = ""
    registration_until: date | None = None
    days: tuple[date, ...] = ()
    start_time: time | None = None
    end_time: time | None = None
    times: str = ""
    venue: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    step_free: bool = False
    seats_min: int | None = None
    seats_max: int | None = None
    seats_taken: int | None = None
    status: str = "planned"
    guaranteed: bool = False
    price_state: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """One course with its dates, found again by provider and `reference`; where the file has no number, `reference` is
    made of the title and not among what is `said`.

    `place` says where in the file it stands („Zeile 17“). `said` names the fields of which the file speaks: a column
    that is missing never empties a field. `runs` counts as said if "runs" is. `topics`, `target_groups` and
    `funding_kinds` are names as the file has them; `contents` is HTML that `courses.catalogue.markup` has cleaned.
    `notices` are what was repaired, left out or not understood, in German; `unknown` are codes that are kept as they
    are, by the name of their field. `rows` are those of a table that speak of it, by their place, each as a Rejection
    has it.
    """

    reference: str
    title: str
    place: str
    provider: str = ""
    subtitle: str = ""
    summary: str = ""
    audience: str = ""
    target_groups: tuple[str, ...] = ()
    requirements: str = ""
    contents: str = ""
    outcome: str = ""
    topics: tuple[str, ...] = ()
    keywords: str = ""
    format: str = "on_site"
    part_of_day: str = ""
    flexible_start: bool = False
    teaching_units: int | None = None
    duration_hours: int | None = None
    duration_weeks: int | None = None
    language: str = "de"
    language_level: str = ""
    barrier_free: bool = False
    barrier_free_note: str = ""
    price_state: str = "unknown"
    price: Decimal | None = None
    price_note: str = ""
    funding_kinds: tuple[str, ...] = ()
    measure_number: str = ""
    education_leave_number: str = ""
    certificate: str = ""
    dqr_level: int | None = None
    inhouse_possible: bool = False
    contact_email: str = ""
    contact_phone: str = ""
    booking_link: str = ""
    runs: tuple[RunRecord, ...] = ()
    said: frozenset[str] = frozenset()
    notices: tuple[str, ...] = ()
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    @property
    def towns_without_postcode(self) -> list[str]:
        """Where people meet, and who looks near a place finds nothing."""
        is_anywhere = self.format in {"online", "self_paced"}
        return (
            [] if is_anywhere else list(dict.fromkeys(run.town for run in self.runs if run.town and not run.postcode))
        )


@dataclass(frozen=True, slots=True)
class RunsOf:
    """Dates that an update brings for a course of which it says nothing else: `reference` is that of the course. If
    there is no such course, they are refused, with `place` and the reason."""

    reference: str
    place: str
    runs: tuple[RunRecord, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What an update takes back. `reference` is that of a course or of one date (`RunRecord.reference`): the file does
    not say which, both are looked for. That there is neither is no mistake, an update may come twice."""

    reference: str
    place: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row or an element that cannot become a course: where it stands, why (German sentences), and what it said, by
    the name of its column."""

    place: str
    reasons: tuple[str, ...]
    cells: Mapping[str, str] = field(default_factory=dict)


Entry = CourseRecord | RunsOf | Gone | Rejection


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a reader found out about a file before its first course: `format` in words („CSV mit Semikolon,
    Windows-1252“), whether what is absent is gone, and since when it holds.

    `is_full` is True for a full catalogue, None where the format does not say, False for an update: then courses stay
    that are absent, and so do absent dates of a course that is there; its dates are matched by their `reference`."""

    format: str
    is_full: bool | None = None
    made_at: datetime | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRead:
    """An opened file: `entries` are read one by one while they are asked for, each course once with all its dates, and
    may still raise FileRefused. RunsOf and Gone come from updates alone (`facts.is_full` is False)."""

    facts: FileFacts
    entries: Iterator[Entry]
