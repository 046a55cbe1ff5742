"""The language of a page in templates, and its ways into the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.languages import MAIN, Language, current_language, language_at
from foundation.phrases import phrase
from foundation.translations import LanguageLink, Version, links_to_other_languages

register = template.Library()
_LINK = re.compile(r'<a href="(/(?!dokumente/)[^"]*)"')


@register.simple_tag
def page_language() -> Language:
    return current_language()


@register.simple_tag
def say(german: str, **values: object) -> str:
    """The phrase in the language of the page, with these values in its places."""
    return phrase(german, current_language(), **values)


@register.simple_tag
def german() -> SafeString:
    """The attribute, with a space before it, for what is German wherever it stands; nothing on a German page."""
    return mark_safe("" if current_language().is_main else ' lang="de"')


@register.filter
def as_german(text: str) -> SafeString:
    """Inside a sentence of the page; itself on a German page."""
    return escape(text) if current_language().is_main else format_html('<span lang="de">{}</span>', text)


@register.simple_tag
def leads_to_german() -> SafeString:
    """The attribute, with a space before it, for links to what exists in German only."""
    return mark_safe("" if current_language().is_main else ' hreflang="de"')


@register.filter
def differs_from(language: Language | None, other: Language) -> bool:
    """What names no language is German."""
    return (language or MAIN) != other


@register.filter
def hreflang_of(address: str) -> SafeString:
    """The attribute, with a space before it, for a link of the site that leads to another language."""
    language = language_at(address)
    return mark_safe("" if language == current_language() else f' hreflang="{language.code}"')


@register.filter
def links_with_languages(html: object) -> SafeString:
    """The same for each link in a text of the editors. Of files nobody knows the language."""
    return mark_safe(_LINK.sub(lambda link: f"{link[0]}{hreflang_of(link[1])}", str(html)))


@register.simple_tag(takes_context=True)
def page_versions(context: Mapping[str, Any]) -> list[Version]:
    """Of what is in view, itself included; none where there is but one, or where a page shows a part of itself, as
    a list that is narrowed. What is no page brings `place_versions`."""
    if context.get("canonical") not in (None, "", getattr(context.get("page"), "full_url", None)):
        return []
    return context.get("place_versions") or _versions_of_page(context)


@register.simple_tag(takes_context=True)
def language_links(context: Mapping[str, Any]) -> list[LanguageLink]:
    versions = context.get("versions", {})
    above = [versions.get(crumb.key, []) for crumb in reversed(context.get("breadcrumbs") or ())]
    way = [page_versions(context), _versions_of_page(context), *above]
    return links_to_other_languages(current_language(), way, context.get("home_pages", ()))


def _versions_of_page(context: Mapping[str, Any]) -> list[Version]:
    found: list[Version] = context.get("versions", {}).get(getattr(context.get("page"), "translation_key", None), [])
    return found
