from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.search import index

from foundation.breadcrumbs import breadcrumbs
from foundation.searching.texts import page_text
from foundation.searching.words import stems

TITLE_COUNTS = 4
"""A word of the title counts as often as four of the text; SQLite's index knows no weights."""


class BasePage(Page):
    """What every page of the site shares; each page type derives from it."""

    class Meta:
        abstract = True

    show_in_menus_default = False
    preview_kind = "website"
    preview_kicker = ""
    preview_places = ""
    """The kind in OpenGraph's words; what the picture beside a link says above the title; the places that it lights, as
    `lit` of components/mark.html."""

    search_kind = "Seiten"
    """Among what the search of the site lists it, in the plural; empty: never found."""
    search_fields = [*Page.search_fields, index.SearchField("searched_stems")]

    is_indexed = True
    """Search engines may list it; what they may not is in no sitemap either."""

    def shown_pictures(self) -> Iterable[int | None]:
        """Ids of the images that the page is about, for the sitemap. No query."""
        return ()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        if not self.is_indexed:
            return []
        return [found | {"shown": self.shown_pictures()} for found in super().get_sitemap_urls(request)]

    def said_beside(self) -> Iterable[str]:
        """Names under which the page is found although they stand in none of its own fields, as of its place."""
        return ()

    def searched_stems(self) -> str:
        beside = " ".join([self.search_description, *self.said_beside()])
        return " ".join([*stems(self.title) * TITLE_COUNTS, *stems(beside), *stems(page_text(self))])

    @property
    def search_text(self) -> str:
        """From which an excerpt is taken."""
        return page_text(self) or self.search_description

    @property
    def preview_title(self) -> str:
        return self.seo_title or self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"breadcrumbs": breadcrumbs(self, request)}
