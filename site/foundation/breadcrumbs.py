"""The way from the home page of its language to a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page

from foundation.languages import language_at
from foundation.phrases import phrase

HOME = "Startseite"


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str
    key: UUID | None = None
    """That all versions of the page share."""


def breadcrumbs(page: Page, above: Iterable[Page], request: HttpRequest | None = None) -> list[Crumb]:
    """Those of the pages above, topmost first, that have the language of the page."""
    found = [
        Crumb(each.title, each.get_url(request) or "/", each.translation_key)
        for each in above
        if each.locale_id == page.locale_id
    ]
    return [replace(home, title=phrase(HOME, language_at(home.url))) for home in found[:1]] + found[1:]
