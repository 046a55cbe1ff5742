"""Drafts of pages in other languages, for editors to write: docs/decisions/languages.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.coreutils import find_available_slug
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from foundation.languages import BY_CODE, MAIN
from home.models import HomePage, StandardPage
from offices.models import OfficePage


class CannotBeTranslated(Exception):
    """It stands in German only, as courses and news do; or the page above it has no version yet.

    `locale` is set where several were asked for.
    """

    locale: Locale | None = None


class AddressTaken(CannotBeTranslated):
    """Another page has the address of the language's home page, which it names."""


def translate_page(page: Page, *, locale: Locale, user: Any = None) -> Page:
    """A new draft beside the versions that there are, under that of the page above."""
    with transaction.atomic():
        if isinstance(page, HomePage):
            return _home_page(page, locale, user)
        if isinstance(page, StandardPage):
            try:
                return CopyPageForTranslationAction(page, locale, user=user).execute(skip_permission_checks=True)
            except ParentNotTranslatedError:
                raise CannotBeTranslated from None
        return _page_of_text(page, locale, user)


def translate_into(page: Page, *, locales: Iterable[Locale], user: Any = None) -> list[Page]:
    """A draft in each of these languages, or none at all: the error names the first that was refused."""
    with transaction.atomic():
        return [_named(page, locale, user) for locale in locales]


def _named(page: Page, locale: Locale, user: Any) -> Page:
    try:
        return translate_page(page, locale=locale, user=user)
    except CannotBeTranslated as refusal:
        refusal.locale = locale
        raise


def can_be_translated(page: Page) -> bool:
    """Pages of text; offices, and all that hang right below the home page: these become pages of text."""
    return isinstance(page, HomePage | StandardPage | OfficePage) or _is_main_page(page)


def _is_main_page(page: Page) -> bool:
    parent = page.get_parent()
    return parent is not None and parent.specific_class is HomePage and page.locale.language_code == MAIN.code


def _home_page(page: HomePage, locale: Locale, user: Any) -> Page:
    """Below the main home page, so that its slug begins the addresses of all that follow."""
    parent = page if page.depth == 2 else page.get_parent()
    slug = BY_CODE[locale.language_code].prefix
    if find_available_slug(parent, slug) != slug:
        raise AddressTaken(f"/{slug}/")
    changed = {"locale": locale, "slug": slug, "title": f"{page.title} ({locale})", "show_in_menus": False}
    copy: Page = page.copy(
        to=parent,
        user=user,
        update_attrs=changed,
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        log_action="wagtail.copy_for_translation",
    )
    return copy


def _page_of_text(page: Page, locale: Locale, user: Any) -> Page:
    """Forms, lists and searches are German only; what they say around them becomes the text to translate."""
    parent = page.get_parent().get_translation_or_none(locale) if can_be_translated(page) else None
    if parent is None:
        raise CannotBeTranslated
    text = StandardPage(
        title=page.title,
        slug=find_available_slug(parent, page.slug),
        lead=getattr(page, "lead", ""),
        body=_body(page),
        search_description=page.search_description,
        in_footer=getattr(page, "in_footer", False),
        show_in_menus=page.show_in_menus,
        locale=locale,
        translation_key=page.translation_key,
        owner=user,
        live=False,
    )
    parent.add_child(instance=text)
    text.save_revision(user=user)
    return text


def _body(page: Page) -> str:
    """Of an office: what is asked of the office itself, then its text."""
    body = getattr(page, "body", None)
    field = next((field for field in page._meta.get_fields() if field.name == "body"), None)
    if isinstance(field, StreamField):
        return json.dumps(list(body.raw_data))
    office = [{"type": "office", "value": {"page": page.pk, "arrival": ""}}] if isinstance(page, OfficePage) else []
    intro = body or getattr(page, "intro", "")
    return json.dumps(office + ([{"type": "paragraph", "value": intro}] if intro else []))
