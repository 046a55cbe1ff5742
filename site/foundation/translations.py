"""Which pages say the same in which languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from foundation.languages import BY_CODE, LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language, as a link on the site and as an address for others."""

    language: Language
    url: str
    full_url: str
    title: str


Versions = dict[UUID, list[Version]]
"""By the key that all versions of a page share; only pages that have more than one."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """`title` says where it leads, where not to what the visitor is reading: to the next page above it that the
    language has, at last to its home page."""

    language: Language
    url: str
    title: str = ""


def has_versions() -> Q:
    """Of pages: there is another one, maybe a draft, in a language beside the main one, or it is that one."""
    others = Page.objects.exclude(locale__language_code=settings.LANGUAGE_CODE)
    return Q(translation_key__in=others.values("translation_key"))


class Addressed(Protocol):
    """A page with its addresses."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def full_url(self) -> str: ...
    @property
    def language_code(self) -> str: ...
    @property
    def translation_key(self) -> UUID: ...


def versions_of(pages: Iterable[Addressed]) -> Versions:
    """In the order of the languages."""
    found: dict[UUID, dict[str, Version]] = {}
    for page in pages:
        if language := BY_CODE.get(page.language_code):
            version = Version(language, page.url, page.full_url, page.title)
            found.setdefault(page.translation_key, {})[language.code] = version
    return {
        key: [versions[language.code] for language in LANGUAGES if language.code in versions]
        for key, versions in found.items()
        if len(versions) > 1
    }


def links_to_other_languages(
    language: Language, way: Sequence[Iterable[Version]], home_pages: Iterable[Version]
) -> list[LanguageLink]:
    """To every other language that has a home page. `way` has the versions of the page in view, then those of the
    pages above it."""
    return [_link(home, way) for home in home_pages if home.language != language]


def _link(home: Version, way: Sequence[Iterable[Version]]) -> LanguageLink:
    for steps, versions in enumerate(way):
        for version in versions:
            if version.language == home.language and (steps == 0 or version.url != home.url):
                return LanguageLink(version.language, version.url, version.title if steps else "")
    return LanguageLink(home.language, home.url, home.language.home)
