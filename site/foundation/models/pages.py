from __future__ import annotations

from wagtail.models import Page


class BasePage(Page):
    """What every page of the site shares; each page type derives from it."""

    class Meta:
        abstract = True

    show_in_menus_default = False
