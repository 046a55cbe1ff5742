from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import QuestionsBlock
from home.models.footer_page import FooterPage


class FaqPage(FooterPage):
    """Questions and answers by subject, narrowed by words in its own address (`?q=`), without a script."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    groups = StreamField([("group", QuestionsBlock())], verbose_name="Fragen nach Themen")

    content_panels = [*FooterPage.content_panels, FieldPanel("lead"), FieldPanel("groups")]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("groups")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    template = "home/faq_page.html"

    class Meta:
        verbose_name = "Fragen und Antworten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from booking.views.said import said
        from home.narrowing import matching_questions

        asked = said(request.GET, "q", 100)
        return super().get_context(request, *args, **kwargs) | {
            "asked": asked,
            "found": matching_questions(self.groups, asked),
        }
