"""Ten thousand courses with 25,000 dates: finding them, reading one, what a change costs, and then twice as many."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import cache
from django.utils import timezone

from courses.models import CourseCataloguePage, CoursePage, Topic
from offices.models import Office
from tests.bench.figures import Figure
from tests.bench.meters import ServerMeter, queries_of
from tests.bench.pages import anew
from tests.factories.many_courses import add_courses

NUMBER = 10_000
LISTS = {
    "list": anew("/kurse/"),
    "one word": "/kurse/?text=Schwei%C3%9Fen",
    "word, place and month": "/kurse/?text=Gabelstapler+bei+Sulingen+im+M%C3%A4rz",
    "a typing error": "/kurse/?text=Gabelstabler",
    "three facets": "/kurse/?thema=feld-1&form=on_site&preis=500",
    "nothing found": "/kurse/?text=Quantenphysik+in+Holzminden&form=online",
    "last page": "/kurse/?km=0&page={last}",
    "4,000 characters": "/kurse/?text=" + "Stapler+" * 500,
}
DATA = {
    "read API, 20 courses": "/api/v1/kurse",
    "read API, 100 of one word": "/api/v1/kurse?text=Schwei%C3%9Fen&anzahl=100",
    "read API, last page": "/api/v1/kurse?anzahl=100&page=100",
    "read API, one course": "/api/v1/kurse/{pk}",
}
TABLE = "/kurse.csv"
TABLE_MOST = 1.5 * NUMBER
TABLE_QUERIES = 5 * NUMBER // 200 + 15
"""Five for each two hundred courses, so that never more are held."""
LIST_MOST, PAGE_MOST, MOST_QUERIES = 40, 25, 15
HUNDRED_MOST = 100
UNCHANGED_MOST = 3
DATA_MOST = {"read API, 20 courses": LIST_MOST, "read API, one course": PAGE_MOST}


def courses(meter: ServerMeter) -> Iterator[Figure]:
    catalogue = CourseCataloguePage.objects.get()
    held = meter.megabytes()[0]
    _add(catalogue, NUMBER)
    paths = _paths(catalogue)
    found = {}
    for name, path in paths.items():
        taken, ratio = meter.ratio(path)
        found[name] = ratio
        most = PAGE_MOST if name == "course page" else LIST_MOST
        wanted = {"ratio": most, "queries": MOST_QUERIES}
        yield Figure(f"{name} ({NUMBER:,} courses)", taken, ratio, queries_of(path), wanted=wanted)
    yield from _data(meter)
    yield from _changes(meter)
    now, most = meter.megabytes()
    yield Figure("memory of a worker, more than without", number=now - held, remark=f"MB; now {now}, at most {most}")
    _add(catalogue, NUMBER)
    for name, path in _paths(catalogue).items():
        taken, ratio = meter.ratio(path)
        wanted = {"ratio": 1.10}
        yield Figure(f"{name}, twice as many", taken, ratio / found[name], against="before", wanted=wanted)


def _data(meter: ServerMeter) -> Iterator[Figure]:
    """What programs read: the API, where nothing has changed too, and all courses as a table."""
    pk = CoursePage.objects.live().latest("pk").pk
    for name, address in DATA.items():
        path = address.format(pk=pk)
        wanted = {"ratio": DATA_MOST.get(name, HUNDRED_MOST), "queries": MOST_QUERIES}
        yield Figure(name, *meter.ratio(path), queries_of(path), wanted=wanted)
    same = {"If-None-Match": meter.etag(DATA["read API, 20 courses"])}
    taken, ratio = meter.ratio(DATA["read API, 20 courses"], status=304, headers=same)
    yield Figure("read API, unchanged", taken, ratio, wanted={"ratio": UNCHANGED_MOST})
    before = meter.megabytes()[1]
    taken, ratio = meter.once(TABLE)
    wanted = {"ratio": TABLE_MOST, "queries": TABLE_QUERIES}
    grown = f"{meter.megabytes()[1] - before} MB more at most"
    yield Figure("all courses as CSV", taken, ratio, queries_of(TABLE), remark=grown, wanted=wanted)


def _changes(meter: ServerMeter) -> Iterator[Figure]:
    """The first answer after something was written elsewhere."""
    course, topic, office = CoursePage.objects.live().order_by("-pk")[0], Topic.objects.first(), Office.objects.first()
    changes = {
        "a course is published": lambda: course.save_revision().publish(),
        "a topic is saved": topic.save,
        "an office is saved": office.save,
        "the cache is emptied": cache.clear,
    }
    for name, change in changes.items():
        yield Figure(f"one word, first answer after {name}", *meter.first_visit(LISTS["one word"], change))


def _paths(catalogue: CourseCataloguePage) -> dict[str, str]:
    """One of the courses with dates, and whatever shows courses beside the list."""
    course = CoursePage.objects.live().filter(runs__starts_on__gt=timezone.localdate()).order_by("-pk")[0]
    last = -(-CoursePage.objects.live().count() // 12)
    lists = {name: path.format(last=last) for name, path in LISTS.items()}
    others = {
        "course page": anew(course.get_url() or ""),
        "home page": anew("/"),
        "office page": anew("/bueros/hameln/"),
    }
    return lists | others


def _add(catalogue: CourseCataloguePage, number: int) -> None:
    add_courses(catalogue, number, today=timezone.localdate())
