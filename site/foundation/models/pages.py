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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"breadcrumbs": breadcrumbs(self, request)}
