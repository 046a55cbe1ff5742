"""What a course of the demo content says; the texts stand in `courses_…` by subject."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from courses.enums import PartOfDay
from courses.models import CoursePage, CourseRun

Format = CoursePage.Format
Price = CoursePage.PriceState
Status = CourseRun.Status


@dataclass(frozen=True, slots=True)
class Run:
    """A date of a course: so many weeks after the week of loading, on a weekday, over so many days."""

    weeks: int
    weekday: int
    times: str
    room: str = ""
    days: int = 1
    seats: int | None = 12
    taken: int | None = None
    status: Status = Status.PLANNED


@dataclass(frozen=True, slots=True)
class CourseText:
    slug: str
    title: str
    provider: str
    topics: tuple[str, ...]
    summary: str
    contents: tuple[str, ...]
    outcome: str
    runs: tuple[Run, ...]
    subtitle: str = ""
    audience: str = ""
    requirements: str = ""
    format: Format = Format.ON_SITE
    units: int | None = None
    price: str = ""
    price_state: Price = Price.UNKNOWN
    price_note: str = ""
    certificate: str = ""
    inhouse: bool = False
    groups: tuple[str, ...] = ()
    fundings: tuple[str, ...] = ()
    part_of_day: PartOfDay | str = ""
    barrier_free: bool = False
    confirmed_days_ago: int = 0

    @property
    def amount(self) -> Decimal | None:
        return Decimal(self.price) if self.price else None

    @property
    def state(self) -> Price:
        """A course with a figure costs that figure; otherwise what the text says."""
        return Price.AMOUNT if self.price else self.price_state

    @property
    def contents_html(self) -> str:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in self.contents) + "</ul>"
