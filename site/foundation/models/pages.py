from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from foundation.breadcrumbs import breadcrumbs


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

    @property
    def preview_title(self) -> str:
        return self.seo_title or self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"breadcrumbs": breadcrumbs(self, request)}
