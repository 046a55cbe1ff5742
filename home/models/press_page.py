from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import ContactPersonBlock, TextBody
from home.models.footer_page import FooterPage


class PressPage(FooterPage):
    """For journalists: whom to ask, the network in one paragraph to take over, files, and the newest news."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    contact = StreamField([("person", ContactPersonBlock())], verbose_name="Ansprechperson", max_num=2)
    boilerplate = models.TextField(
        "Der Verbund in einem Absatz", max_length=1200, help_text="Zum Übernehmen in einen Artikel."
    )
    body = StreamField(TextBody(), verbose_name="Text und Dateien", blank=True)

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("contact"),
        FieldPanel("boilerplate"),
        FieldPanel("body"),
    ]
    search_fields = [
        *FooterPage.search_fields,
        *(index.SearchField(name) for name in ("lead", "boilerplate", "body")),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "home/press_page.html"

    class Meta:
        verbose_name = "Presse"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.feed_links import feed_links
        from home.landmarks import section_urls
        from home.news_archive import Selection
        from home.selectors import fetch_stream_pictures, latest_news

        fetch_stream_pictures(self.body)
        return super().get_context(request, *args, **kwargs) | {
            "news": latest_news(request),
            "sections": section_urls(),
            "feeds": feed_links(Selection()),
        }
