from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.locks import BaseLock
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from foundation.approval_words import in_plain_words
from foundation.breadcrumbs import breadcrumbs
from foundation.languages import language_at
from foundation.page_forms import CopyForm, PageForm
from foundation.reserved_addresses import reserved
from foundation.searching.texts import page_text
from foundation.searching.words import stems
from foundation.visibility import is_anything_restricted

TITLE_COUNTS = 4
"""A word of the title counts as often as four of the text; SQLite's index knows no weights."""


class BasePage(Page):
    """What every page of the site shares; each page type derives from it."""

    class Meta:
        abstract = True

    show_in_menus_default = False
    preview_kind = "website"
    preview_kicker = ""
    preview_places = ""
    """The kind in OpenGraph's words; what the picture beside a link says above the title; the places that it lights, as
    `lit` of components/mark.html."""

    search_kind = "Seiten"
    """Among what the search of the site lists it, in the plural; empty: never found."""
    search_fields = [*Page.search_fields, index.SearchField("searched_stems")]

    is_indexed = True
    """Search engines may list it; what they may not is in no sitemap either."""

    read_with: tuple[str, ...] = ()
    """What every page of the type shows of other tables, by the names of its fields: it is read along with the page."""

    is_multilingual = False
    """Pages of the type stand in the branches of all languages, not only in that of the main one."""

    begins_a_language = False
    """It may be in another language than the page above it; all others take on that of their place."""

    base_form_class = PageForm
    copy_form_class = CopyForm

    def get_lock(self) -> BaseLock | None:
        return in_plain_words(super().get_lock())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A copy, which Wagtail leaves in the language of the original, is a new page, too: at most one query more."""
        if self._state.adding and not self.begins_a_language and self.depth and self.depth > 2:
            self.locale_id = self.get_parent().locale_id
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        parent = None if self.begins_a_language else self.get_parent()
        if parent and (refusal := reserved(self.slug, parent)):
            raise ValidationError({"slug": refusal})

    def can_move_to(self, parent: Page) -> bool:
        """Into another language, too, which Wagtail forbids; `home.languages_of_places` has the page take it on."""
        if parent.depth > 1 and parent.locale_id != self.locale_id:
            return self.is_multilingual and self.can_exist_under(parent)
        return super().can_move_to(parent)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return super().can_create_at(parent) and (cls.is_multilingual or language_at(parent.get_url() or "").is_main)

    def shown_pictures(self) -> Iterable[int | None]:
        """Ids of the images that the page is about, for the sitemap. No query."""
        return ()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        if not self.is_indexed:
            return []
        beside = {"shown": self.shown_pictures(), "key": self.translation_key}
        return [found | beside for found in super().get_sitemap_urls(request)]

    def said_beside(self) -> Iterable[str]:
        """Names under which the page is found although they stand in none of its own fields, as of its place."""
        return ()

    def searched_stems(self) -> str:
        language = self.locale.language_code
        texts = (self.title, " ".join([self.search_description, *self.said_beside()]), page_text(self))
        title, beside, text = (stems(said, language) for said in texts)
        return " ".join([*title * TITLE_COUNTS, *beside, *text])

    @property
    def search_text(self) -> str:
        """From which an excerpt is taken."""
        return page_text(self) or self.search_description

    @property
    def preview_title(self) -> str:
        return self.seo_title or self.title

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Wagtail reads all pages above, then what restricts any of them: needless where nothing on the site is."""
        if is_anything_restricted():
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    @cached_property
    def pages_above(self) -> list[Page]:
        """From the home page down. One query, none where the way of a visitor led past them."""
        return [] if self.depth <= 2 else list(self.get_ancestors().filter(depth__gte=2))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "breadcrumbs": breadcrumbs(self, self.pages_above, request)
        }
