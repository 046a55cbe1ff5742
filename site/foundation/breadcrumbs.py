"""The way from the home page of its language to a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from foundation.caching.shelf import kept
from foundation.languages import language_at
from foundation.phrases import phrase

HOME = "Startseite"


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str


def breadcrumbs(page: Page, request: HttpRequest | None = None) -> list[Crumb]:
    """Parents of the same language below the root of the tree, topmost first. One query until all children of the
    parent find them kept.
    """
    if page.depth <= 2:
        return []

    def way() -> list[Crumb]:
        parents = page.get_ancestors().filter(depth__gte=2, locale=page.locale_id)
        found = [Crumb(parent.title, parent.get_url(request) or "/") for parent in parents]
        return [Crumb(phrase(HOME, language_at(home.url)), home.url) for home in found[:1]] + found[1:]

    return kept(f"foundation.breadcrumbs.{page.locale_id}.{page.path[: -page.steplen]}", way)
