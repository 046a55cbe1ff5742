"""What every page of the site shows around its own content, error pages included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from foundation.caching.shelf import kept
from foundation.models import BrandSettings
from foundation.visibility import open_to_all
from home.selectors import footer_pages, funding_at


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    url: str
    is_current: bool = False


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """`brand`, `navigation`, `legal_links`, `funding`. Reads neither session nor cookies.

    Kept until anything that pages show is changed.
    """
    if request.path.startswith("/admin/"):
        return {}
    frame = kept("frame", _frame)
    navigation = [Entry(entry.title, entry.url, request.path.startswith(entry.url)) for entry in frame["navigation"]]
    return frame | {"navigation": navigation}


def _frame() -> dict[str, Any]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    brand = BrandSettings.in_force()
    shown = {
        "wordmark": brand.wordmark,
        "claim": brand.claim,
        "contact_email": brand.contact_email,
        "contact_phone": brand.contact_phone,
    }
    funding = funding_at(timezone.localdate())
    if site is None:
        return {"brand": shown, "navigation": [], "legal_links": [], "funding": funding}
    menu = open_to_all(Page.objects.child_of(site.root_page)).in_menu()
    legal = footer_pages(site.root_page)
    return {"brand": shown, "navigation": _entries(menu), "legal_links": _entries(legal), "funding": funding}


def _entries(pages: Any) -> list[Entry]:
    return [Entry(page.title, page.get_url() or "/") for page in pages]
