from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import TermBlock
from home.models.footer_page import FooterPage


class GlossaryPage(FooterPage):
    """Words of the trade, from A to Z whatever order they were written in."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    terms = StreamField(
        [("term", TermBlock())], verbose_name="Begriffe", help_text="Die Seite ordnet sie selbst nach dem Alphabet."
    )

    content_panels = [*FooterPage.content_panels, FieldPanel("lead"), FieldPanel("terms")]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("terms")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    template = "home/glossary_page.html"

    class Meta:
        verbose_name = "Glossar"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from booking.views.said import said
        from home.narrowing import terms_by_letter

        asked = said(request.GET, "q", 100)
        return super().get_context(request, *args, **kwargs) | {
            "asked": asked,
            "found": terms_by_letter(self.terms, asked),
        }
