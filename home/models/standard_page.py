from __future__ import annotations

from django.db import models
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
