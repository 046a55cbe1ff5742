"""Content pages, and what they cost when much more is stored that they do not show."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.figures import Figure
from tests.bench.loads import Past
from tests.bench.meters import ServerMeter, number_of, queries_of

CONTENT = {
    "home page": "/",
    "news list": "/nachrichten/",
    "list of offices": "/bueros/",
    "office page": "/bueros/hameln/",
    "standard page": "/impressum/",
    "first step of a booking": "/termin/",
}
CONTENT_MOST = 25
"""An uncached content page; a bare Wagtail home page costs 12 to 15 empty views."""
KEPT = {name: path for name, path in CONTENT.items() if path != "/termin/"} | {"course list": "/kurse/"}
KEPT_MOST = 1.5
"""A page that is kept whole; wagtail-cache takes 1.2 to 1.5 empty views."""
STORED = {"appointments": 2000, "courses": 100, "news": 100}


def content_pages(meter: ServerMeter) -> Iterator[Figure]:
    for name, path in CONTENT.items():
        taken, ratio = meter.ratio(anew(path))
        yield Figure(name, taken, ratio, queries_of(anew(path)), wanted={"ratio": CONTENT_MOST})
    taken, ratio = meter.ratio(anew("/kurse/"))
    yield Figure("course list of the demo", taken, ratio, queries_of(anew("/kurse/")), wanted={"ratio": 40})
    for name, path in KEPT.items():
        taken, ratio = meter.ratio(path)
        yield Figure(f"{name}, kept", taken, ratio, queries_of(path), wanted={"ratio": KEPT_MOST, "queries": 0})
    for name, path in KEPT.items():
        taken, ratio = meter.first_visit(path, _forget)
        wanted = {"ratio": 40 if path == "/kurse/" else CONTENT_MOST}
        yield Figure(f"{name}, nothing kept", taken, ratio, _queries_with_nothing_kept(path), wanted=wanted)
    taken, ratio = meter.ratio("/gibt-es-nicht/", status=404)
    yield Figure("page that does not exist", taken, ratio, wanted={"ratio": CONTENT_MOST})


def growth(meter: ServerMeter) -> Iterator[Figure]:
    """Each page before and after the past has doubled, both in empty views: the machine may be busier by then."""
    past = Past(**STORED)
    paths = {**CONTENT, "course list": "/kurse/", "free times of an office": "/termin/hameln/"}
    paths["days of all offices"] = "/termin/tage/"
    before = {path: meter.ratio(anew(path))[1] for path in paths.values()}
    past.double()
    for name, path in paths.items():
        taken, ratio = meter.ratio(anew(path))
        yield Figure(name, taken, ratio / before[path], against="before", wanted={"ratio": 1.10})


def _forget() -> None:
    """The server keeps its pages where this process does."""
    caches["shared"].clear()


def _queries_with_nothing_kept(path: str) -> int:
    client = Client()
    client.get(path)
    _forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return number_of(captured)


def anew(path: str) -> str:
    """Under a query that nobody knows the page is made anew; what it shares with other pages is kept all the same."""
    return f"{path}?anew=1"
