"""The readers of courses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import F, OuterRef, Prefetch, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format

from courses.models import CourseCataloguePage, CoursePage, CourseRun, FundingKind, Provider, ProviderMark, Topic
from courses.open_data.dump import offered_dump
from courses.querysets import CourseQuerySet, CourseRunQuerySet
from courses.remembered import RememberLink
from courses.seats import REGISTRATION_OVER
from foundation.breadcrumbs import Crumb, breadcrumbs
from foundation.visibility import open_to_all
from offices.postcodes import postcodes_near

SHOWN_AT_ONCE = 60
"""Courses on a page without pages; the list has the others."""
NEARBY_KM = 30
"""As far as one drives to a course before or after work."""


@dataclass(frozen=True, slots=True)
class CourseTeaser:
    """A course as a list shows it; texts ready to read. `run` is the id of the date that is told."""

    title: str
    url: str
    topic: str
    summary: str
    next_date: str
    format: str
    place: str
    price: str
    provider: str
    badge: str
    run: int | None = None
    remember: RememberLink | None = None


@dataclass(frozen=True, slots=True)
class FirstCourses:
    """The first of `number` courses, at most SHOWN_AT_ONCE."""

    teasers: list[CourseTeaser]
    number: int


def courses_soon(today: date, request: HttpRequest | None, *, limit: int = 3) -> list[CourseTeaser]:
    """The next courses that start and for which one can still register. Two queries."""
    return _by_first_date(CourseRun.objects.ahead(today).that_are_open(today), today, request, limit)


def courses_on_topic(topic: Topic, today: date, request: HttpRequest | None, *, limit: int = 6) -> list[CourseTeaser]:
    """Those of a topic that start soonest; courses without a date come last. Three queries."""
    found = CoursePage.objects.open_to_all().with_start(today).on_topic(topic.slug)
    return _teasers(found, today, request, limit=limit)


def courses_of(provider: Provider, today: date, request: HttpRequest | None) -> FirstCourses:
    """Those that everybody can read, soonest first. Three queries, and one more where there are more than are shown."""
    return _first_of(CoursePage.objects.open_to_all().filter(provider=provider), today, request)


def courses_with_funding(kind: FundingKind, today: date, request: HttpRequest | None) -> FirstCourses:
    """As `courses_of`."""
    links = CoursePage.funding_kinds.through.objects.filter(fundingkind=kind)
    return _first_of(CoursePage.objects.open_to_all().filter(pk__in=links.values("coursepage")), today, request)


def _first_of(courses: CourseQuerySet, today: date, request: HttpRequest | None) -> FirstCourses:
    teasers = _teasers(courses.with_start(today), today, request, limit=SHOWN_AT_ONCE)
    return FirstCourses(teasers, len(teasers) if len(teasers) < SHOWN_AT_ONCE else courses.count())


def _teasers(courses: CourseQuerySet, today: date, request: HttpRequest | None, *, limit: int) -> list[CourseTeaser]:
    """Of courses with their start, soonest first."""
    found = _with_facts(courses, CourseRun.objects.ahead(today)).soonest_first()
    return [course_teaser(course, today, request) for course in found[:limit]]


def courses_with_dates_ahead(today: date) -> set[int]:
    return set(CourseRun.objects.ahead(today).order_by().values_list("course", flat=True))


def open_starts(today: date) -> set[tuple[int, date | None]]:
    """Ids of courses that everybody can read, each with a day on which it can be begun by who
    registers now; None stands for any day. Two queries."""
    courses = CoursePage.objects.open_to_all()
    runs = CourseRun.objects.ahead(today).that_are_open(today).filter(course__in=courses)
    any_day = courses.order_by().startable_any_day().values_list("pk", flat=True)
    return {*runs.order_by().values_list("course_id", "starts_on"), *((course, None) for course in any_day)}


def catalogue_url() -> str:
    """Of the list of courses; „/“ without one. One query."""
    page = CourseCataloguePage.objects.live().first()
    return (page.get_url() if page else "") or "/"


def public_paths() -> list[str]:
    """Of the pages of providers with courses that everybody can read, where there are any of those about reuse, and of
    fundings. Two queries, and one for the licence where there are files."""
    offered = CoursePage.objects.open_to_all().values("provider")
    providers = list(Provider.objects.filter(pk__in=offered).values_list("slug", flat=True))
    fundings = FundingKind.objects.values_list("slug", flat=True)
    reuse = ["embedding", "read_api"] if providers else []
    return [
        *(reverse("courses:provider", args=[slug]) for slug in providers),
        *(reverse("courses:funding", args=[slug]) for slug in fundings),
        *(reverse(f"courses:{name}") for name in (*reuse, *(["open_data"] if offered_dump() else []))),
    ]


def way_to_courses(request: HttpRequest | None) -> list[Crumb]:
    """From the home page to the list of courses, for pages outside the tree; empty without a list for
    everybody."""
    page = open_to_all(CourseCataloguePage.objects.all()).first()
    return (
        [*breadcrumbs(page, page.pages_above, request), Crumb(page.title, page.get_url(request) or "")] if page else []
    )


def course_teasers(
    dates: Mapping[int, Collection[int]], today: date, request: HttpRequest | None
) -> dict[int, CourseTeaser]:
    """Of the courses with these ids, each with those of its dates that are named. Three queries."""
    named = [key for keys in dates.values() for key in keys]
    found = CoursePage.objects.open_to_all().filter(pk__in=dates)
    courses = _with_facts(found, CourseRun.objects.ahead(today).filter(pk__in=named))
    return {course.pk: course_teaser(course, today, request) for course in courses}


def newest_courses(keys: Collection[int], today: date, *, most: int) -> list[CoursePage]:
    """Those of these that were published or changed last, with their facts, the last first. Four queries."""
    by_change = CoursePage.objects.open_to_all().order_by(F("last_published_at").desc(nulls_last=True), "-pk")
    newest = list(islice((pk for pk in by_change.values_list("pk", flat=True).iterator() if pk in keys), most))
    found = _with_facts(CoursePage.objects.filter(pk__in=newest), CourseRun.objects.ahead(today)).in_bulk()
    return [found[pk] for pk in newest if pk in found]  # one may have been deleted since


def courses_to_compare(ids: Collection[int], today: date) -> dict[int, CoursePage]:
    """Those of these that everybody can read, with their dates ahead, fundings, and the marks of their providers. Four
    queries."""
    marks = Prefetch("provider__marks", queryset=ProviderMark.objects.in_force(today), to_attr="marks_in_force")
    runs = Prefetch("runs", queryset=CourseRun.objects.ahead(today), to_attr="runs_ahead")
    found = CoursePage.objects.open_to_all().filter(pk__in=ids).select_related("provider")
    return {course.pk: course for course in found.prefetch_related("funding_kinds", runs, marks)}


def whole_courses(ids: Collection[int], today: date) -> dict[int, CoursePage]:
    """Those of these that everybody can read, with all that is known of them and of their dates ahead. Five queries."""
    runs = Prefetch("runs", queryset=CourseRun.objects.ahead(today), to_attr="runs_ahead")
    named = ("topics", "target_groups", "funding_kinds")
    found = CoursePage.objects.open_to_all().filter(pk__in=ids).select_related("provider")
    return {course.pk: course for course in found.prefetch_related(*named, runs)}


def titles_gone(ids: Collection[int]) -> list[str]:
    """Of these, the courses that everybody could read once and nobody can any more, as their old addresses name them.
    Two queries."""
    gone = CoursePage.objects.public().filter(pk__in=ids, live=False, first_published_at__isnull=False)
    return list(gone.order_by("title").values_list("title", flat=True))


def course_runs(course: CoursePage, today: date) -> list[CourseRun]:
    """Those ahead that take place, soonest first; of a draft the dates that are not saved yet. One query."""
    ahead = [run for run in course.runs.all() if run.starts_on >= today and run.status != CourseRun.Status.CANCELLED]
    return sorted(ahead, key=lambda run: (run.starts_on, run.pk or 0))


def published_runs(since: date, *, courses: Collection[int] | None = None, most: int | None = None) -> list[CourseRun]:
    """The dates that take place and are not over by a day, of these courses or of all, where everybody can read them.
    One query; what is private is kept."""
    pages = CoursePage.objects.open_to_all()
    chosen = pages if courses is None else pages.filter(pk__in=courses)
    return list(CourseRun.objects.since(since).filter(course__in=chosen).select_related("course__provider")[:most])


def runs_of(keys: Collection[int]) -> list[CourseRun]:
    """Those with these ids, as `published_runs`. One query."""
    found = CourseRun.objects.filter(pk__in=keys, course__in=CoursePage.objects.open_to_all())
    return list(found.exclude(status="cancelled").select_related("course__provider").order_by("starts_on", "pk"))


def courses_near(here: tuple[float, float], today: date, *, limit: int = 3) -> list[CourseTeaser]:
    """The next courses that can be attended within NEARBY_KM of a point (latitude, longitude), in the order of their
    dates there. Two queries."""
    near = CourseRun.objects.ahead(today).filter(postcode__in=postcodes_near(here, NEARBY_KM))
    return _by_first_date(near.that_are_open(today), today, None, limit)


def _by_first_date(runs: CourseRunQuerySet, today: date, request: HttpRequest | None, limit: int) -> list[CourseTeaser]:
    """Of each course that everybody can read the first of these dates, the soonest first."""
    first = runs.filter(course=OuterRef("course")).values("pk")[:1]
    found = runs.filter(pk=Subquery(first), course__in=CoursePage.objects.open_to_all())
    teasers = []
    for run in found.select_related("course__provider").prefetch_related("course__topics").soonest_first()[:limit]:
        run.course.runs_ahead = [run]
        teasers.append(course_teaser(run.course, today, request))
    return teasers


def _with_facts(courses: CourseQuerySet, ahead: CourseRunQuerySet) -> CourseQuerySet:
    """`ahead` are the dates that may be told."""
    runs = Prefetch("runs", queryset=ahead, to_attr="runs_ahead")
    return courses.select_related("provider").prefetch_related("topics", runs)


def _open_run(course: CoursePage, today: date) -> CourseRun | None:
    return next((run for run in course.runs_ahead if run.is_open(today)), None)


def course_teaser(course: CoursePage, today: date, request: HttpRequest | None) -> CourseTeaser:
    """Of a course with its facts fetched: the next date that is open, else the next one, with the price of that
    date."""
    run = _open_run(course, today) or next(iter(course.runs_ahead), None)
    online = course.format in {CoursePage.Format.ONLINE, CoursePage.Format.SELF_PACED}
    badge = ""
    if run is None:
        badge = "Einstieg jederzeit" if course.starts_any_day else "Zurzeit kein Termin"
    elif run.is_full:
        badge = "Ausgebucht"
    elif run.is_registration_over(today):
        badge = REGISTRATION_OVER
    elif run.is_certain:
        badge = "Findet sicher statt"
    return CourseTeaser(
        title=course.title,
        url=course.get_url(request) or "",
        topic=", ".join(topic.name for topic in course.topics.all()),
        summary=course.summary,
        next_date=date_format(run.starts_on, "j. F Y") if run else "",
        format="" if course.format == CoursePage.Format.ON_SITE else course.get_format_display(),
        place=run.town if run and not online else "",
        price=(run.price_text if run else "") or course.price_text,
        provider=course.provider.name,
        badge=badge,
        run=run.pk if run else None,
    )
