"""From an address to the page that answers, in two queries however deep it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.http import Http404
from django.urls import Resolver404
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from foundation.models import BasePage


def page_that_answers(home: Page, slugs: Sequence[str]) -> tuple[BasePage, list[str]]:
    """With what of the address it answers itself. Raises Http404 where not even the first name leads anywhere."""
    way = _pages_on_the_way(home, slugs)
    if not way:
        raise Http404
    for number, page in enumerate(way[:-1]):
        if _has_address(page, slugs[number + 1 :]):
            way = way[: number + 1]
            break
    found = whole_page(way[-1])
    found.pages_above = [home, *way[:-1]]
    return found, list(slugs[len(way) :])


def whole_page(page: Page) -> BasePage:
    """With the fields of its type, and `read_with` them. One query."""
    model = cast("type[BasePage]", page.specific_class)
    pages = model._base_manager.select_related(*model.read_with) if model.read_with else model._base_manager
    return pages.get(pk=page.pk)


def _pages_on_the_way(home: Page, slugs: Sequence[str]) -> list[Page]:
    """The pages that these short names lead through, from a child of the home page down, as far as there are such. One
    query, by the index of short names."""
    found = Page.objects.descendant_of(home).filter(slug__in=set(slugs), depth__lte=home.depth + len(slugs))
    known = {(page.depth, page.slug, page.path[: -page.steplen]): page for page in found}
    way, above = [], home
    for slug in slugs:
        below = known.get((above.depth + 1, slug, above.path))
        if below is None:
            break
        way.append(below)
        above = below
    return way


def _has_address(page: Page, slugs: Sequence[str]) -> bool:
    """Pages with addresses of their own, such as a list by year, answer these before any page below them."""
    model = page.specific_class
    if not page.live or model is None or not issubclass(model, RoutablePageMixin):
        return False
    try:
        model.get_resolver().resolve(f"/{'/'.join(slugs)}/")
    except Resolver404:
        return False
    return True
