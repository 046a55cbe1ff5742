"""Addresses that are none of pages: those that begin the addresses of a language, which only its home page may have, be
it written already or not, and those under which the site answers itself, so that a page there would never be seen."""

from __future__ import annotations

from django.urls import Resolver404, resolve
from wagtail.models import Page

from foundation.languages import LANGUAGES

_PREFIXES = {language.prefix: language.name for language in LANGUAGES if language.prefix}
_OF_PAGES = "wagtail_serve"


def reserved(slug: str, parent: Page) -> str:
    """Why no other page below that one may be called so, empty where it may. The main home page has depth 2."""
    if parent.depth == 2 and (name := _PREFIXES.get(slug)):
        return f"Die Adresse „/{slug}/“ ist für die Sprache „{name}“ reserviert. Bitte wählen Sie eine andere."
    # Below the first level nothing stands at the beginning of a fixed address either: „/kurse/angaben/…“.
    address = f"{_address(parent)}{slug}/" if parent.depth >= 2 else ""
    if _is_fixed(address) or (parent.depth > 2 and _is_fixed(f"{address}-/")):
        return f"Die Adresse „{address}“ hat schon eine andere Seite. Bitte wählen Sie eine andere."
    return ""


def _address(page: Page) -> str:
    return "/" + page.url_path.split("/", 2)[2]


def _is_fixed(address: str) -> bool:
    try:
        return resolve(address).view_name != _OF_PAGES
    except Resolver404:
        return False
