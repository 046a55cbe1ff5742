from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import TextBody
from home.models.footer_page import FooterPage


class StandardPage(FooterPage):
    """A page of text: imprint, privacy, accessibility, about us."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    body = StreamField(TextBody(), verbose_name="Text")

    content_panels = [*FooterPage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    is_multilingual = True
    template = "home/standard_page.html"

    class Meta:
        verbose_name = "Textseite"
        verbose_name_plural = "Textseiten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors import fetch_stream_pictures

        fetch_stream_pictures(self.body)
        return super().get_context(request, *args, **kwargs)
