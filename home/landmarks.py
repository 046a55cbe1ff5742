"""Pages that others lead to: those of menu and footer, where the lists are, and what exists in several languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Case, Q, Value, When
from wagtail.models import Page, Site

from courses.models import CourseCataloguePage
from foundation.caching.shelf import kept
from foundation.sites import default_site
from foundation.translations import has_versions
from foundation.visibility import open_to_all
from home.models import AccessibilityPage, EventIndexPage, FooterPage, NewsIndexPage, PartnersPage, TopicPage

_SECTIONS = {
    CourseCataloguePage: "catalogue",
    NewsIndexPage: "news",
    EventIndexPage: "events",
    PartnersPage: "partners",
    AccessibilityPage: "accessibility",
}
_READ = (
    "title",
    "url_path",
    "path",
    "translation_key",
    "show_in_menus",
    "locale__language_code",
    "content_type__model",
)


@dataclass(frozen=True, slots=True)
class Landmark:
    """`url` is a link on the site, `full_url` an address for others, `path` the place in the tree."""

    title: str
    url: str
    full_url: str
    language_code: str
    translation_key: UUID
    path: str
    section: str
    is_in_menu: bool
    is_in_footer: bool

    @property
    def parent(self) -> str:
        """The place of the page above."""
        return self.path[: -Page.steplen]


def landmarks() -> list[Landmark]:
    """Of all languages, in the order of the tree. One query until they are kept."""
    return kept("home.addressed_landmarks", _landmarks)


def section_urls() -> dict[str, str]:
    """Where `catalogue`, `news`, `events`, `partners` and `accessibility` stand, as far as these pages exist."""
    return kept("home.section_urls", lambda: {page.section: page.url for page in landmarks() if page.section})


def topic_page_addresses() -> dict[int, str]:
    """By the ids of topics. One query until they are kept."""
    return kept("home.topic_pages", _topic_page_addresses)


def _topic_page_addresses() -> dict[int, str]:
    return {page.topic_id: page.url for page in open_to_all(TopicPage.objects.order_by("-path")) if page.url}


def _landmarks() -> list[Landmark]:
    site = default_site()
    if site is None:
        return []
    in_menu = Q(show_in_menus=True) & Page.objects.descendant_of_q(site.root_page)
    in_footer = _is_in_footer() & Page.objects.descendant_of_q(site.root_page)
    wanted = in_menu | in_footer | has_versions() | Page.objects.type_q(*_SECTIONS)
    pages = open_to_all(Page.objects.filter(wanted)).select_related("locale", "content_type").only(*_READ)
    marked = pages.annotate(is_in_footer=Case(When(in_footer, then=Value(True)), default=Value(False)))
    return list(_with_addresses(marked, site))


def _with_addresses(pages: Iterable[Page], site: Site) -> Iterator[Landmark]:
    sections = {model._meta.model_name: name for model, name in _SECTIONS.items()}
    paths = _RootPaths()
    for page in pages:
        if parts := page.get_url_parts(paths):
            site_id, root_url, path = parts
            yield Landmark(
                title=page.title,
                url=path if site_id == site.pk else f"{root_url}{path}",
                full_url=f"{root_url}{path}",
                language_code=page.locale.language_code,
                translation_key=page.translation_key,
                path=page.path,
                section=sections.get(page.content_type.model, ""),
                is_in_menu=page.show_in_menus,
                is_in_footer=page.is_in_footer,
            )


class _RootPaths:
    """Stands where Wagtail takes a request, on which it keeps the root paths of the sites: read once for all pages."""


def _is_in_footer() -> Q:
    """Of pages of all types that can be marked for the footer."""
    marked = Q()
    for model in apps.get_app_config("home").get_models():
        if issubclass(model, FooterPage):
            marked |= Q(**{f"{model._meta.model_name}__in_footer": True})
    return marked
