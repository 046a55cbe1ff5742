"""The way from the home page to a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from foundation.caching.shelf import kept

HOME = "Startseite"


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str


def breadcrumbs(page: Page, request: HttpRequest | None = None) -> list[Crumb]:
    """Parents below the root of the tree, topmost first. One query until all children of the parent find them kept."""
    if page.depth <= 2:
        return []
    return kept(
        f"foundation.breadcrumbs.{page.path[: -page.steplen]}",
        lambda: [
            Crumb(HOME if parent.depth == 2 else parent.title, parent.get_url(request) or "/")
            for parent in page.get_ancestors().filter(depth__gte=2)
        ],
    )
