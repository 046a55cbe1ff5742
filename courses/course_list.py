"""The page of the list of courses: how the question was read, what may be chosen, what is found, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as ListPage
from django.http import Http404, HttpRequest

from courses.facets import ANY_TIME, FACETS, FUNDED, RADII, SWITCHES
from courses.finder import Finder, Relaxation, found_by, relaxations
from courses.finding.spans import Choice
from courses.known_teasers import known_teasers
from courses.remembered import Remembered, remember_link, remembered_in
from courses.selection import ANYWHERE, Selection
from courses.selectors import CourseTeaser
from courses.wording import in_words, parts_of
from foundation.caching.pages import is_for_everybody
from offices.nearby import nearby
from offices.selectors import OfficeTeaser

PAGE_SIZE = 12
AT_ONCE = 8
"""Values of a facet that are shown before „mehr“."""
MOST_BEHIND_MORE = 24
"""Of facets that grow with the site, most courses first: three hundred providers would weigh more than all the rest."""
_GROWING = {"anbieter", "foerderung", "zielgruppe"}
_OPEN = {"thema", "kreis", "start", "km"}
_MOST_MONTHS = 12
_MOST_WAYS_OUT = 4


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the list heeds, and the address of the list without it."""

    kind: str
    label: str
    url: str


class FacetChoice(NamedTuple):
    """`url` is empty where nothing would be found. `number` is a text: 170 numbers take as long as a query."""

    label: str
    url: str
    number: str
    is_chosen: bool
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class FacetView:
    """`all_url` leads to the same list with every choice of this facet, where some of them are left out here; there it
    `is_whole`."""

    name: str
    choices: list[FacetChoice]
    more: list[FacetChoice] = field(default_factory=list)
    is_open: bool = False
    is_whole: bool = False
    number: int = 0
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CourseList:
    """`mended` are words as typed and as meant, with the address of the list as typed; `unknown` are words that no
    course says. `kept` are the choices and the remembered courses, which the box takes along. `office` is the one for
    the place that is asked for, where nothing is found."""

    text: str
    number: int
    courses: ListPage[CourseTeaser]
    query: str
    in_words: str
    remembered: Remembered
    all_url: str
    kept: list[tuple[str, str]]
    chips: list[Chip]
    facets: list[FacetView]
    mended: list[tuple[str, str, str]]
    unknown: tuple[str, ...]
    ways_out: list[WayOut]
    office: OfficeTeaser | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The whole selection, for a form."""
        chosen = [pair for pair in self.kept if pair not in self.remembered.parameters]
        return [("text", self.text), *chosen] if self.text else chosen

    @property
    def said(self) -> str:
        """„3 Kurse: Staplerschein · Oktober 2027, Seite 2“, for the title; empty for the whole list."""
        said = f"{self.number} {'Kurs' if self.number == 1 else 'Kurse'}: {self.in_words}" if self.in_words else ""
        page = f"Seite {self.courses.number}" if self.courses.number > 1 else ""
        return ", ".join(part for part in (said, page) if part)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query)

    @property
    def state(self) -> str:
        """What follows the address of this list, without the page."""
        return "&".join(part for part in (self.query, self.remembered.query) if part)

    @property
    def asked(self) -> str:
        """What follows the addresses of its files."""
        return f"?{self.query}" if self.query else ""

    @property
    def is_indexed(self) -> bool:
        """Search engines may list one topic or district, and no question."""
        return not self.text and len(self.kept) <= 1 and {name for name, _ in self.kept} <= {"thema", "kreis"}

    @property
    def listed_as(self) -> str:
        """What follows the address of the list in that under which search engines know what is shown."""
        page = f"page={self.courses.number}" if self.courses.number > 1 else ""
        query = "&".join(part for part in (self.query, page) if part)
        return f"?{query}" if query and self.is_indexed else ""


def course_list(url: str, request: HttpRequest, today: date) -> CourseList:
    """Three queries beside those of the stock, none where all that is shown is known; where nothing is found near a
    place, those of its office. Who is logged in sees at once what was saved; others need not wait for it."""
    found = found_by(request.GET, today, may_be_old=is_for_everybody(request))
    selection = found.selection

    remembered = remembered_in(request.GET)

    def address(chosen: Selection) -> str:
        query = chosen.query
        return remembered.at(f"{url}?{query}" if query else url)

    out = [] if found.number else relaxations(found)[:_MOST_WAYS_OUT]
    return CourseList(
        text=selection.text,
        number=found.number,
        courses=_page(found, today, request, url, remembered),
        query=selection.query,
        in_words=in_words(found),
        remembered=remembered,
        all_url=remembered.at(url),
        kept=[*((name, value) for name, value in selection.parameters if name != "text"), *remembered.parameters],
        chips=[Chip(part.kind, part.label, address(part.without)) for part in parts_of(found)],
        facets=list(_facets(found, address, whole=request.GET.get("alle", ""))),
        mended=[
            (typed, meant, address(replace(selection, text=found.reading.quoting(typed))))
            for typed, meant in found.corrections
        ],
        unknown=found.unsaid,
        ways_out=[WayOut(_way_out(way), address(way.selection)) for way in out],
        office=None if found.number else _office(found, request),
    )


def _page(found: Finder, today: date, request: HttpRequest, url: str, remembered: Remembered) -> ListPage[CourseTeaser]:
    """Raises Http404 where the list has no such page, as that of the news does."""
    try:
        page: ListPage[Any] = Paginator(found.ordered(), PAGE_SIZE).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404("no such page of the list") from None
    keys = found.stock.keys
    dates = {keys[course]: [row.key for row in found.dates(course) if row.key] for course in page.object_list}
    teasers = known_teasers(found.stock, dates, today, request)
    state = urlencode([*found.selection.parameters, *([("page", page.number)] if page.number > 1 else [])])
    here = f"{url}?{state}" if state else url
    page.object_list = [
        _shown(teaser, found.way_to(course, teaser.run), remembered, keys[course], here)
        for course in page.object_list
        if (teaser := teasers.get(keys[course]))
    ]
    return page


def _shown(teaser: CourseTeaser, way: float | None, remembered: Remembered, pk: int, here: str) -> CourseTeaser:
    far = f", etwa {max(1, round(way))} km" if way is not None and teaser.place else ""
    return replace(
        teaser,
        url=remembered.at(teaser.url),
        place=f"{teaser.place}{far}",
        remember=remember_link(remembered, pk, teaser.title, here),
    )


def _facets(found: Finder, address: Callable[[Selection], str], *, whole: str) -> Iterator[FacetView]:
    for facet, name in FACETS.items():
        if facet == "kreis" and found.reading.spot is not None:
            yield _distances(found, address)
        choices = _choices(found, facet, address)
        if len(choices) > 1 or any(choice.is_chosen for choice in choices):
            shown = [choice for number, choice in enumerate(choices) if number < AT_ONCE or choice.is_chosen]
            more = [choice for choice in choices[AT_ONCE:] if not choice.is_chosen]
            is_whole = facet in _GROWING and facet == whole
            is_cut = facet in _GROWING and not is_whole and len(more) > MOST_BEHIND_MORE
            yield FacetView(
                name,
                shown,
                more[:MOST_BEHIND_MORE] if is_cut else more,
                is_open=is_whole or facet in _OPEN or any(choice.is_chosen for choice in choices),
                is_whole=is_whole,
                number=len(choices),
                all_url=_whole_url(address(found.selection), facet) if is_cut else "",
            )
    switches = [choice for name in SWITCHES for choice in _choices(found, name, address)]
    yield FacetView("Außerdem", switches, is_open=any(choice.is_chosen for choice in switches))


def _whole_url(url: str, facet: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}alle={facet}#alle"


def _choices(found: Finder, facet: str, address: Callable[[Selection], str]) -> list[FacetChoice]:
    """Those that any course of the site has, and what is chosen; providers with the most courses first."""
    wanted = found.wanted.get(facet, [])
    values = found.stock.offered.get(facet, [])
    if not set(wanted) <= set(values):
        values = [choice for choice in found.stock.labels if choice in values or choice in wanted]
    if facet == "start":
        values = [*values[:_MOST_MONTHS], *(choice for choice in values[_MOST_MONTHS:] if choice.value == ANY_TIME)]
    counted = list(found.counts(facet, values))
    if facet in _GROWING:
        counted.sort(key=lambda pair: (-pair[1], pair[0] != FUNDED, found.stock.labels[pair[0]]))
    return [
        FacetChoice(
            label=found.stock.labels[choice],
            url=_toggled(found, choice, address) if number or choice in wanted else "",
            number=str(number),
            is_chosen=choice in wanted,
            is_below=facet == "thema" and choice.value in found.stock.above,
        )
        for choice, number in counted
    ]


def _toggled(found: Finder, choice: Choice, address: Callable[[Selection], str]) -> str:
    is_wanted = choice in found.wanted.get(choice.facet, [])
    return address(found.taken_back(choice) if is_wanted else found.selection.toggled(choice))


def _distances(found: Finder, address: Callable[[Selection], str]) -> FacetView:
    choices = []
    for km in (*RADII, ANYWHERE):
        number = found.within(km)
        is_chosen = km == (found.radius or ANYWHERE)
        url = address(replace(found.selection, km=km)) if number or is_chosen else ""
        choices.append(FacetChoice(f"bis {km} km" if km else "egal", url, str(number), is_chosen))
    return FacetView("Entfernung", choices, is_open=True)


def _way_out(way: Relaxation) -> str:
    comma = "," if way.label.startswith("wenn") else ""
    return f"{way.number} {'Kurs' if way.number == 1 else 'Kurse'}{comma} {way.label}"


def _office(found: Finder, request: HttpRequest) -> OfficeTeaser | None:
    """The one that is there for the place of the question."""
    spot = found.reading.spot
    near = nearby(spot.postcode, request) if spot else None
    return near.offices[0] if near and near.offices else None
