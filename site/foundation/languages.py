"""The languages of the pages, each a branch of the tree with addresses of its own: docs/decisions/languages.md."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is a tag of BCP 47, as Wagtail's Locale has it; `prefix` begins the addresses and is the slug of its home
    page; `name` and `home` (short for „home page“) are words of the language itself; `search` is the address of its
    search; `territory` is what OpenGraph wants."""

    code: str
    prefix: str
    name: str
    home: str
    search: str
    territory: str

    @property
    def is_main(self) -> bool:
        """The one in which the whole site is written."""
        return self.code == settings.LANGUAGE_CODE


LANGUAGES = (
    Language("de", "", "Deutsch", "Startseite", "/suche/", "de_DE"),
    Language("en", "en", "English", "Home", "/en/search/", "en_GB"),
    Language("de-simple", "leicht", "Leichte Sprache", "Start", "/leicht/suche/", "de_DE"),
)
MAIN = LANGUAGES[0]
BY_CODE = {language.code: language for language in LANGUAGES}
_BY_PREFIX = {language.prefix: language for language in LANGUAGES}
_FIRST_PART = re.compile(r"/([a-z]+)(?:/|$)")


def language_at(path: str) -> Language:
    """By the beginning of an address alone: no cookie, no header, no query."""
    found = _FIRST_PART.match(path)
    return _BY_PREFIX.get(found[1], MAIN) if found else MAIN


def current_language() -> Language:
    """Of the page that is being made; the middleware has set it."""
    return BY_CODE.get(translation.get_language() or "", MAIN)
