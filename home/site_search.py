"""What the search of the site finds: pages that anybody may read, of every kind, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search.query import PlainText

from foundation.languages import LANGUAGES, MAIN, Language, current_language, language_at
from foundation.models import BasePage
from foundation.phrases import phrase
from foundation.searching.excerpts import Piece, excerpt, marked
from foundation.searching.words import languages_of_words, stem
from foundation.translations import Version
from foundation.visibility import open_to_all
from home.news_archive import Choice, Facet
from home.search_beside import Beside, beside_pages
from home.search_suggestions import suggestions

Wanted = dict[str, list[str]]
"""The stems that are asked for, in each language: nobody says in which one the question is."""

HITS_PER_PAGE = 10
BEST_PAGES = 3
"""So many come before what stands beside pages, unless a person is asked for by name."""

FEW = 3
"""With fewer hits the page offers other words."""


@dataclass(frozen=True, slots=True)
class Hit:
    title: list[Piece]
    url: str
    kind: str
    excerpt: list[Piece]
    language: Language


@dataclass(frozen=True, slots=True)
class Suggestion:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Findings:
    """`number` counts the hits of all kinds, whichever is chosen."""

    number: int
    hits: ListPage[Hit]
    facets: list[Facet]
    suggestions: list[Suggestion]


def search_url(question: str, kind: str = "", language: Language | None = None) -> str:
    """In the language of the page, unless another one is named."""
    query = {"q": question, **({"art": kind} if kind else {})}
    return f"{(language or current_language()).search}?{urlencode(query)}"


def search_versions(question: str, kind: str) -> list[Version]:
    """The same question in the search of each language."""
    asked = {language: search_url(question, kind, language) if question else language.search for language in LANGUAGES}
    return [Version(language, url, urljoin(settings.BASE_URL, url), "") for language, url in asked.items()]


def find(words: list[str], *, kind: str, number: str | None, request: HttpRequest) -> Findings:
    """Pages, and what stands beside them, with all words. `kind` is a slug; one that is none counts as all.

    Four queries and one for each class among the hits shown; where few are found, up to eight more. Ten
    before that what is found beside pages is kept.
    """
    wanted = _wanted(words)
    pages: PageQuerySet = open_to_all(Page.objects.all())
    by_page_kind, beside = _counted(pages, wanted), beside_pages(wanted["de"])
    counted = dict(sorted({**by_page_kind, **Counter(entry.kind for entry in beside)}.items()))
    chosen = [label for label in counted if slugify(label) == kind] or list(counted)
    shown_kinds = [label for label in by_page_kind if label in chosen]
    order = _order(
        sum(by_page_kind[label] for label in shown_kinds),
        [entry for entry in beside if entry.kind in chosen],
        wanted["de"],
    )
    page: ListPage[Any] = Paginator(order, HITS_PER_PAGE).get_page(number)
    page.object_list = _hits(_of_kinds(pages, shown_kinds), list(page), wanted, request)
    whole = sum(counted.values())
    others = suggestions(words, has_hits=bool(whole), finds=_finds) if whole < FEW else []
    question = " ".join(words)
    return Findings(
        number=whole,
        hits=page,
        facets=[_facet(question, counted, [] if chosen == list(counted) else chosen)] if len(counted) > 1 else [],
        suggestions=[Suggestion(other, search_url(other)) for other in others],
    )


def _order(number_of_pages: int, beside: list[Beside], wanted: list[str]) -> list[int | Beside]:
    """Who bears the name that was asked for, the best pages, then the others beside pages, then the other pages.
    A page is its place among the pages by relevance; no index weighs these against what it does not know."""
    named = [entry for entry in beside if entry.is_person and entry.words_in_title(wanted) == len(wanted)]
    others = [entry for entry in beside if entry not in named]
    others.sort(key=lambda entry: -entry.words_in_title(wanted))
    places = range(number_of_pages)
    return [*named, *places[:BEST_PAGES], *others, *places[BEST_PAGES:]]


def searched_classes() -> dict[str, list[type[BasePage]]]:
    """By the kind under which they are listed."""
    kinds: dict[str, list[type[BasePage]]] = {}
    for model in get_page_models():
        if issubclass(model, BasePage) and model.search_kind:
            kinds.setdefault(model.search_kind, []).append(model)
    return kinds


def _of_kinds(pages: PageQuerySet, kinds: list[str]) -> PageQuerySet:
    classes = [model for label, models in searched_classes().items() if label in kinds for model in models]
    types = ContentType.objects.get_for_models(*classes).values()
    return pages.filter(content_type__in=[found.pk for found in types])


def _wanted(words: list[str]) -> Wanted:
    return {language: [stem(word, language) for word in words] for language in languages_of_words()}


def _matching(pages: PageQuerySet, wanted: Wanted, *, by_relevance: bool = True) -> Any:
    """All words in the same language; most questions are the same in each."""
    first, *others = (PlainText(" ".join(found), operator="and") for found in _different(wanted))
    return pages.search(reduce(or_, others, first), order_by_relevance=by_relevance)


def _different(wanted: Wanted) -> list[list[str]]:
    return [list(found) for found in dict.fromkeys(tuple(found) for found in wanted.values())]


def _counted(pages: PageQuerySet, wanted: Wanted) -> dict[str, int]:
    """How many of each kind, in the order of the alphabet; kinds without any are left out."""
    kinds = searched_classes()
    by_type = _matching(_of_kinds(pages, list(kinds)), wanted, by_relevance=False).facet("content_type_id")
    found = {
        label: sum(by_type.get(each.pk, 0) for each in ContentType.objects.get_for_models(*models).values())
        for label, models in sorted(kinds.items())
    }
    return {label: number for label, number in found.items() if number}


def _finds(question: str) -> bool:
    wanted = _wanted(question.split())
    return bool(beside_pages(wanted["de"]) or _counted(open_to_all(Page.objects.all()), wanted))


def _hits(pages: PageQuerySet, shown: list[int | Beside], wanted: Wanted, request: HttpRequest) -> list[Hit]:
    """`shown` as in `_order`: its pages follow one another among the pages by relevance."""
    places = [place for place in shown if isinstance(place, int)]
    found = _matching(pages, wanted)[places[0] : places[-1] + 1] if places else []
    keys = dict(zip(places, (page.pk for page in found), strict=False))
    specific = {page.pk: page for page in Page.objects.filter(pk__in=keys.values()).specific()} if keys else {}
    hits = []
    for entry in shown:
        if isinstance(entry, Beside):
            hits.append(_beside(entry, wanted["de"]))
        elif keys.get(entry) in specific:
            hits.append(_hit(specific[keys[entry]], wanted, request))
    return hits


def _hit(page: BasePage, wanted: Wanted, request: HttpRequest) -> Hit:
    url = page.get_url(request) or ""
    language = language_at(url)
    words = wanted[language.code.partition("-")[0]]
    return Hit(
        title=marked(page.title, words, language.code),
        url=url,
        kind=phrase(page.search_kind, current_language()),
        excerpt=excerpt(page.search_text, words, language.code),
        language=language,
    )


def _beside(entry: Beside, wanted: list[str]) -> Hit:
    """What stands beside pages is told of in German alone."""
    return Hit(
        title=marked(entry.title, wanted),
        url=entry.url,
        kind=phrase(entry.kind, current_language()),
        excerpt=marked(entry.text, wanted),
        language=MAIN,
    )


def _facet(question: str, counted: dict[str, int], chosen: list[str]) -> Facet:
    here = current_language()
    return Facet(
        name=phrase("Art", here),
        all_label=phrase("Alles", here),
        all_url=search_url(question),
        choices=[
            Choice(phrase(label, here), search_url(question, slugify(label)), number, label in chosen)
            for label, number in counted.items()
        ],
    )
