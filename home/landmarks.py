"""Pages that others lead to: those of menu and footer, where the lists are, and what exists in several languages."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Case, Q, Value, When
from wagtail.models import Page

from courses.models import CourseCataloguePage
from foundation.caching.shelf import kept
from foundation.sites import default_site
from foundation.translations import has_versions
from foundation.visibility import open_to_all
from home.models import EventIndexPage, FooterPage, NewsIndexPage, PartnersPage, TopicPage

_SECTIONS = {
    CourseCataloguePage: "catalogue",
    NewsIndexPage: "news",
    EventIndexPage: "events",
    PartnersPage: "partners",
}


def landmarks() -> list[Page]:
    """Of all languages, in the order of the tree. Each brings its locale and `is_in_footer`, the page of the partners
    its own fields, as `.partnerspage`. One query until they are kept."""
    return kept("home.landmarks", _landmarks)


def section_pages() -> dict[str, Page]:
    """Where `catalogue`, `news`, `events` and `partners` stand, as far as these pages exist."""
    names = {model._meta.model_name: name for model, name in _SECTIONS.items()}
    return {names[page.content_type.model]: page for page in landmarks() if page.content_type.model in names}


def section_urls() -> dict[str, str]:
    return kept("home.section_urls", lambda: {name: page.get_url() or "" for name, page in section_pages().items()})


def topic_page_addresses() -> dict[int, str]:
    """By the ids of topics. One query until they are kept."""
    return kept("home.topic_pages", _topic_page_addresses)


def _topic_page_addresses() -> dict[int, str]:
    return {page.topic_id: page.url for page in open_to_all(TopicPage.objects.order_by("-path")) if page.url}


def _landmarks() -> list[Page]:
    site = default_site()
    if site is None:
        return []
    in_menu = Q(show_in_menus=True) & Page.objects.descendant_of_q(site.root_page)
    in_footer = _is_in_footer() & Page.objects.descendant_of_q(site.root_page)
    wanted = in_menu | in_footer | has_versions() | Page.objects.type_q(*_SECTIONS)
    pages = open_to_all(Page.objects.filter(wanted)).select_related("locale", "content_type", "partnerspage")
    return list(pages.annotate(is_in_footer=Case(When(in_footer, then=Value(True)), default=Value(False))))


def _is_in_footer() -> Q:
    """Of pages of all types that can be marked for the footer."""
    marked = Q()
    for model in apps.get_app_config("home").get_models():
        if issubclass(model, FooterPage):
            marked |= Q(**{f"{model._meta.model_name}__in_footer": True})
    return marked
