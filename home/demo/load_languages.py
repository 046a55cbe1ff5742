"""The branches of the other languages, below the home page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wagtail.models import Locale, Page

from foundation.languages import BY_CODE
from home.demo.english import ENGLISH
from home.demo.leicht import LEICHT
from home.demo.load_pages import text_page, voice_value
from home.demo.other_languages import Branch, CaptionText, OfficePageText
from home.demo.pages import PageText
from home.demo.tree import add_missing, image_value, steps, stream
from home.models import HomePage, StandardPage

BRANCHES = (ENGLISH, LEICHT)


def load_languages(home: HomePage) -> None:
    for branch in BRANCHES:
        locale, _ = Locale.objects.get_or_create(language_code=branch.code)
        slug = BY_CODE[branch.code].prefix
        is_new = add_missing(home, slug, partial(_home_page, home, branch, locale, slug))
        root = home.get_children().get(slug=slug)
        for german_slug, text in branch.pages.items():
            _add_version(root, home.get_children().get(slug=german_slug), text.slug, locale, partial(text_page, text))
        _load_offices(home, branch, locale)
        if is_new:
            _tell_stories(home, root.specific, branch, locale)


def _load_offices(home: HomePage, branch: Branch, locale: Locale) -> None:
    """Below the version of the list, if editors have left one."""
    index = home.get_children().get(slug="bueros")
    above = index.get_translation_or_none(locale)
    for slug, text in branch.offices.items() if above else ():
        german = index.get_children().get(slug=slug)
        _add_version(above, german, slug, locale, partial(_office, german, slug, text))


def _add_version(parent: Page, german: Page, slug: str, locale: Locale, make: Callable[[], Page]) -> None:
    def version() -> Page:
        page = make()
        page.locale, page.translation_key = locale, german.translation_key
        return page

    if not german.has_translation(locale):
        add_missing(parent, slug, version)


def _office(german: Page, slug: str, text: OfficePageText) -> StandardPage:
    return text_page(
        PageText(
            slug=slug,
            title=text.title,
            lead=text.lead,
            search_description=text.search_description,
            body=(("office", {"page": german.pk, "arrival": text.arrival}), ("paragraph", text.text)),
        )
    )


def _tell_stories(home: HomePage, root: HomePage, branch: Branch, locale: Locale) -> None:
    """Once the pages are there to which they lead."""
    root.stories = stream(("story", _story(home, text, locale)) for text in branch.stories)
    root.save_revision().publish()


def _story(home: HomePage, text: CaptionText, locale: Locale) -> dict[str, object]:
    page = home.get_children().get(slug=text.german_slug).get_translation(locale)
    return {"picture": image_value(text.scene) | {"alt_text": text.alt}, "caption": text.caption, "page": page.pk}


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
        voices_heading=branch.voices_heading,
        voices=stream(("voice", voice_value(text)) for text in branch.voices),
        locale=locale,
        translation_key=home.translation_key,
    )
