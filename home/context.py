"""What every page of the site shows around its own content, error pages included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from foundation.caching.shelf import kept
from foundation.languages import Language, current_language
from foundation.models import BrandSettings
from foundation.translations import Version, Versions, has_versions, versions_of
from foundation.visibility import open_to_all
from home.selectors import footer_pages, funding_at


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
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    brand = BrandSettings.in_force()
    shown = {
        "wordmark": brand.wordmark,
        "claim": brand.claim,
        "contact_email": brand.contact_email,
        "contact_phone": brand.contact_phone,
    }
    frame: dict[str, Any] = {"brand": shown, "funding": funding_at(timezone.localdate())}
    if site is None:
        return frame | {"home_url": "/", "navigation": [], "legal_links": [], "versions": {}, "home_pages": []}
    menu, versions = _menu_and_versions(site.root_page)
    home_pages = versions.get(site.root_page.translation_key, [])
    home = _home_page(site.root_page, home_pages, language)
    legal = _entries(footer_pages(home))
    if home != site.root_page:
        menu = list(open_to_all(Page.objects.child_of(home)).in_menu())
        # What the law wants on every page is there in German where nobody has translated it.
        lacking = footer_pages(site.root_page).exclude(translation_key__in=footer_pages(home).values("translation_key"))
        legal += _entries(lacking, is_foreign=True)
    return frame | {
        "home_url": home.get_url() or "/",
        "navigation": _entries(menu),
        "legal_links": legal,
        "versions": versions,
        "home_pages": home_pages,
    }


def _menu_and_versions(root: Page) -> tuple[list[Page], Versions]:
    """What the menu of the main language lists, and which pages there are in several. One query for both."""
    in_menu = Page.objects.all().child_of_q(root) & Q(show_in_menus=True, locale=root.locale_id)
    pages = list(open_to_all(Page.objects.filter(in_menu | has_versions())).select_related("locale"))
    menu = [
        page for page in pages if page.show_in_menus and page.locale_id == root.locale_id and page.is_child_of(root)
    ]
    return menu, versions_of(pages)


def _home_page(root: Page, home_pages: list[Version], language: Language) -> Page:
    """Where nobody has written one in the language, the main one. One query, none for the main language."""
    if language.is_main or language not in [version.language for version in home_pages]:
        return root
    home: Page = Page.objects.get(translation_key=root.translation_key, locale__language_code=language.code)
    return home


def _entries(pages: Iterable[Page], *, is_foreign: bool = False) -> list[Entry]:
    return [Entry(page.title, page.get_url() or "/", is_foreign=is_foreign) for page in pages]
