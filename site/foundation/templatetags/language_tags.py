"""The language of a page in templates, and its ways into the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from foundation.languages import Language, current_language
from foundation.phrases import phrase
from foundation.translations import LanguageLink, Version, links_to_other_languages

register = template.Library()


@register.simple_tag
def page_language() -> Language:
    return current_language()


@register.simple_tag
def say(german: str) -> str:
    """The phrase in the language of the page."""
    return phrase(german, current_language())


@register.simple_tag
def german() -> SafeString:
    """The attribute, with a space before it, for what is German wherever it stands; nothing on a German page."""
    return mark_safe("" if current_language().is_main else ' lang="de"')


@register.simple_tag
def leads_to_german() -> SafeString:
    """The attribute, with a space before it, for links to what exists in German only."""
    return mark_safe("" if current_language().is_main else ' hreflang="de"')


@register.simple_tag(takes_context=True)
def page_versions(context: Mapping[str, Any]) -> list[Version]:
    """Of the page in view, itself included; none where there is but one."""
    key = getattr(context.get("page"), "translation_key", None)
    found: list[Version] = context.get("versions", {}).get(key, [])
    return found


@register.simple_tag(takes_context=True)
def language_links(context: Mapping[str, Any]) -> list[LanguageLink]:
    return links_to_other_languages(current_language(), page_versions(context), context.get("home_pages", ()))
