"""What every page of the site shows around its own content, error pages included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from foundation.caching.shelf import kept
from foundation.languages import Language, current_language
from foundation.models import BrandSettings
from foundation.sites import default_site
from foundation.translations import versions_of
from home.landmarks import Landmark, landmarks
from home.selectors import funding_at


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    url: str
    is_current: bool = False
    is_foreign: bool = False
    """On a page of another language: this leads to a German one."""


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """`brand`, `language`, `home_url`, `navigation`, `legal_links`, `funding`; `versions` and `home_pages` tell which
    pages, and among them the home page, exist in which languages. Reads neither session nor cookies.

    Kept for each language until anything that pages show is changed.
    """
    if request.path.startswith("/admin/"):
        return {}
    language = current_language()
    frame = kept(f"frame.{language.code}", lambda: _frame(language))
    navigation = [Entry(entry.title, entry.url, request.path.startswith(entry.url)) for entry in frame["navigation"]]
    return frame | {"navigation": navigation, "language": language}


def _frame(language: Language) -> dict[str, Any]:
    site = default_site()
    brand = BrandSettings.as_shown()
    shown = {
        "wordmark": brand.wordmark,
        "claim": brand.claim,
        "contact_email": brand.contact_email,
        "contact_phone": brand.contact_phone,
    }
    frame: dict[str, Any] = {"brand": shown, "funding": funding_at(timezone.localdate())}
    if site is None:
        return frame | {"home_url": "/", "navigation": [], "legal_links": [], "versions": {}, "home_pages": []}
    root, pages = site.root_page, landmarks()
    versions = versions_of(pages)
    home_pages = versions.get(root.translation_key, [])
    home = _home_page(pages, root.translation_key, language)
    code = home.language_code if home else settings.LANGUAGE_CODE
    legal = [page for page in pages if page.is_in_footer and page.language_code == code]
    known = {page.translation_key for page in legal}
    # What the law wants on every page is there in German where nobody has translated it.
    lacking = [
        page
        for page in pages
        if page.is_in_footer and page.language_code == settings.LANGUAGE_CODE and page.translation_key not in known
    ]
    place = home.path if home else root.path
    menu = [page for page in pages if page.is_in_menu and page.parent == place and page.language_code == code]
    return frame | {
        "home_url": (home.url if home else root.get_url()) or "/",
        "navigation": _entries(menu),
        "legal_links": _entries(legal) + _entries(lacking, is_foreign=True),
        "versions": versions,
        "home_pages": home_pages,
    }


def _home_page(pages: Iterable[Landmark], key: UUID, language: Language) -> Landmark | None:
    """None where the home page is not in that language; that of the main one is no landmark where it has no other."""
    return next((page for page in pages if page.translation_key == key and page.language_code == language.code), None)


def _entries(pages: Iterable[Landmark], *, is_foreign: bool = False) -> list[Entry]:
    return [Entry(page.title, page.url, is_foreign=is_foreign) for page in pages]
