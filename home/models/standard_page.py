from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from foundation.models import BasePage
from home.blocks import TextBody


class StandardPage(BasePage):
    """A page of text: imprint, privacy, accessibility, about us."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    body = StreamField(TextBody(), verbose_name="Text")
    in_footer = models.BooleanField("im Fuß jeder Seite verlinken", default=False)

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = "Textseite"
        verbose_name_plural = "Textseiten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors import fetch_stream_pictures

        fetch_stream_pictures(self.body)
        return super().get_context(request, *args, **kwargs)
