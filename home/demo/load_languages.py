"""The branches of the other languages, below the home page."""

from __future__ import annotations

from wagtail.models import Locale, Page

from foundation.languages import BY_CODE
from home.demo.english import ENGLISH
from home.demo.leicht import LEICHT
from home.demo.load_pages import text_page
from home.demo.other_languages import Branch
from home.demo.pages import PageText
from home.demo.tree import add_missing, steps
from home.models import HomePage

BRANCHES = (ENGLISH, LEICHT)


def load_languages(home: HomePage) -> None:
    for branch in BRANCHES:
        locale, _ = Locale.objects.get_or_create(language_code=branch.code)
        slug = BY_CODE[branch.code].prefix
        add_missing(home, slug, lambda branch=branch, locale=locale, slug=slug: _home_page(home, branch, locale, slug))
        root = home.get_children().get(slug=slug)
        for german_slug, text in branch.pages.items():
            german = home.get_children().get(slug=german_slug)
            if not german.has_translation(locale):
                add_missing(
                    root, text.slug, lambda text=text, german=german, locale=locale: _page(text, german, locale)
                )


def _home_page(home: HomePage, branch: Branch, locale: Locale, slug: str) -> HomePage:
    return HomePage(
        title=f"{home.title} ({locale})",
        slug=slug,
        headline=branch.headline,
        lead=branch.lead,
        seo_title=branch.headline,
        search_description=branch.search_description,
        next_steps_heading=branch.next_steps_heading,
        next_steps=steps(branch.next_steps),
        locale=locale,
        translation_key=home.translation_key,
    )


def _page(text: PageText, german: Page, locale: Locale) -> Page:
    page = text_page(text)
    page.locale, page.translation_key = locale, german.translation_key
    return page
