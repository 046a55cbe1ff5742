from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.library_blocks import LibraryGroupBlock
from home.models.footer_page import FooterPage


class DownloadsPage(FooterPage):
    """Files for visitors, each with kind, size, language and whether somebody has checked that all can read it."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    groups = StreamField([("group", LibraryGroupBlock())], verbose_name="Dateien nach Themen")

    content_panels = [*FooterPage.content_panels, FieldPanel("lead"), FieldPanel("groups")]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("groups")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    template = "home/downloads_page.html"

    class Meta:
        verbose_name = "Dateien zum Herunterladen"
