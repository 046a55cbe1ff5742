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
LIST_MOST, PAGE_MOST, MOST_QUERIES = 40, 25, 15


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
    yield from _changes(meter)
    now, most = meter.megabytes()
    yield Figure("memory of a worker, more than without", number=now - held, remark=f"MB; now {now}, at most {most}")
    _add(catalogue, NUMBER)
    for name, path in _paths(catalogue).items():
        taken, ratio = meter.ratio(path)
        wanted = {"ratio": 1.10}
        yield Figure(f"{name}, twice as many", taken, ratio / found[name], against="before", wanted=wanted)


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
