"""Addresses that begin those of a language; only its home page may have them, be it written already or not."""

from __future__ import annotations

from wagtail.models import Page

from foundation.languages import LANGUAGES

_PREFIXES = {language.prefix: language.name for language in LANGUAGES if language.prefix}


def reserved(slug: str, parent: Page) -> str:
    """Why no other page below that one may be called so; empty where it may. The main home page has depth 2."""
    name = _PREFIXES.get(slug) if parent.depth == 2 else None
    return (
        f"Die Adresse „/{slug}/“ ist für die Sprache „{name}“ reserviert. Bitte wählen Sie eine andere." if name else ""
    )
