"""The news by topic, district, year and month: each state of the list has one address, and every choice is a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as ListPage
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import Topic
from foundation.caching.shelf import kept
from home.events import event_teasers
from home.feed_links import feed_links
from home.landmarks import section_urls
from home.models import NewsIndexPage, NewsPage
from home.querysets import NewsQuerySet
from home.selectors import NewsTeaser, news_teaser
from offices.models import District

NEWS_PER_PAGE = 9


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: slugs of a topic and a district, a year, a month of it; empty or None for all."""

    topic: str = ""
    district: str = ""
    year: int | None = None
    month: int | None = None

    @property
    def path(self) -> str:
        """Below the address of the index; always in this order, as the route of the index reads it."""
        parts = [f"thema/{self.topic}/"] if self.topic else []
        parts += [f"landkreis/{self.district}/"] if self.district else []
        parts += [f"{self.year}/"] if self.year else []
        parts += [f"{self.month:02}/"] if self.month else []
        return "".join(parts)

    @property
    def number_of_choices(self) -> int:
        return sum((bool(self.topic), bool(self.district), bool(self.year)))


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list. `all_url` takes this choice back and leaves the others."""

    name: str
    all_label: str
    all_url: str
    choices: list[Choice]

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Archive:
    """`chosen` are the choices in words; `number` counts the news that the list has under them."""

    facets: list[Facet]
    chosen: list[str]
    number: int


Row = tuple[str, int, Selection]
"""What a choice is called, how many news it has, and what is chosen then."""


def list_context(index: NewsIndexPage, selection: Selection, request: HttpRequest) -> dict[str, object]:
    """All that the page of a list shows. Search engines may list one choice at a time, and no archive of a time."""
    found = archive(index, selection, request)
    news = news_list(index, selection, request, total=found.number, number=request.GET.get("page"))
    is_front = news.number == 1 and not selection.number_of_choices
    page = f"?page={news.number}" if news.number > 1 else ""
    return {
        "news": news,
        "archive": found,
        "canonical": f"{index.get_full_url(request)}{selection.path}{page}",
        "events": kept("home.event_teasers", lambda: event_teasers(request, now=timezone.now())) if is_front else [],
        "event_index_url": section_urls().get("events", "") if is_front else "",
        "feeds": feed_links(selection),
        "is_indexed": bool(found.number) and selection.number_of_choices <= 1 and not selection.year,
    }


def archive(index: NewsIndexPage, selection: Selection, request: HttpRequest | None) -> Archive:
    """Four queries until it is kept. A topic or district that is none and a time without news raise Http404."""
    return kept(
        f"home.news.{index.pk}.{selection.path}",
        lambda: _archive(index.get_url(request) or "", _news_below(index), selection),
    )


def news_list(
    index: NewsIndexPage, selection: Selection, request: HttpRequest | None, *, total: int, number: str | None
) -> ListPage[NewsTeaser]:
    """One page of the list, newest first. Three queries until it is kept. A page that is not there raises Http404."""
    try:
        page: ListPage[Any] = Paginator(range(total), NEWS_PER_PAGE).page(number or 1)
    except InvalidPage as none:
        raise Http404("no such page of the list") from none
    shown = slice(page.start_index() - 1 if total else 0, page.end_index())
    page.object_list = kept(
        f"home.news.{index.pk}.{selection.path}.{page.number}",
        lambda: [news_teaser(news, request) for news in news_of(index, selection)[shown]],
    )
    return page


def news_of(index: NewsIndexPage, selection: Selection) -> NewsQuerySet:
    """For everybody, newest first, with what teasers show. One query at once, two more when it is read."""
    return _chosen(_news_below(index), selection).for_lists()


def _news_below(index: NewsIndexPage) -> NewsQuerySet:
    news: NewsQuerySet = NewsPage.objects.child_of(index).open_to_all()
    return news


def _chosen(news: NewsQuerySet, selection: Selection) -> NewsQuerySet:
    if selection.topic:
        news = news.on_topic(selection.topic)
    if selection.district:
        news = news.of_district(selection.district)
    if selection.year:
        news = news.dated(selection.year, selection.month)
    return news


def _archive(home: str, news: NewsQuerySet, selection: Selection) -> Archive:
    whole_year, anytime = replace(selection, month=None), replace(selection, year=None, month=None)
    months = list(_chosen(news, anytime).by_month())
    ways: list[tuple[str, str, Selection, Iterable[Row]]] = [
        ("Thema", "Alle Themen", replace(selection, topic=""), _topics(news, selection)),
        ("Landkreis", "Alle Landkreise", replace(selection, district=""), _districts(news, selection)),
        ("Jahr", "Alle Jahre", anytime, _years(months, selection)),
        ("Monat", "Das ganze Jahr", whole_year, _months(months, selection)),
    ]
    facets = []
    for name, all_label, without, rows in ways:
        choices = _choices(home, selection, rows)
        if without != selection and not any(choice.is_chosen for choice in choices):
            raise Http404("no such choice")
        facets.append(Facet(name, all_label, home + without.path, choices))
    return Archive(
        facets=facets,
        chosen=_in_words(facets, selection),
        number=sum(
            count
            for year, month, count in months
            if selection.year in {None, year} and selection.month in {None, month}
        ),
    )


def _in_words(facets: list[Facet], selection: Selection) -> list[str]:
    """As people say it: the month before its year."""
    chosen = [choice.label for facet in facets for choice in facet.choices if choice.is_chosen]
    return [*chosen[:-2], f"{chosen[-1]} {chosen[-2]}"] if selection.month else chosen


def _choices(home: str, selection: Selection, rows: Iterable[Row]) -> list[Choice]:
    """Those that lead to no news are left out, unless it is the choice in force."""
    in_force = {selection, replace(selection, month=None)}
    choices = [Choice(label, home + there.path, number, there in in_force) for label, number, there in rows]
    return [choice for choice in choices if choice.number or choice.is_chosen]


def _topics(news: NewsQuerySet, selection: Selection) -> Iterator[Row]:
    others = _chosen(news, replace(selection, topic=""))
    counted = Topic.objects.annotate(number=Count("news", filter=Q(news__in=others.values("pk"))))
    for topic in counted.order_by("name"):  # what is grouped forgets the order of its model
        yield topic.name, topic.number, replace(selection, topic=topic.slug)


def _districts(news: NewsQuerySet, selection: Selection) -> Iterator[Row]:
    others = _chosen(news, replace(selection, district=""))
    counted = District.objects.annotate(number=Count("news", filter=Q(news__in=others.values("pk"))))
    for district in counted.order_by("position"):
        yield district.name, district.number, replace(selection, district=district.slug)


def _years(months: Iterable[tuple[int, int, int]], selection: Selection) -> Iterator[Row]:
    for year, group in groupby(months, key=itemgetter(0)):
        yield str(year), sum(count for _, _, count in group), replace(selection, year=year, month=None)


def _months(months: Iterable[tuple[int, int, int]], selection: Selection) -> Iterator[Row]:
    for year, month, count in months:
        if year == selection.year:
            yield date_format(date(year, month, 1), "F"), count, replace(selection, month=month)
