from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import StreamField
from wagtail.search import index

from foundation.models import BasePage
from home.blocks import ContactPersonBlock

SELECTION = (
    r"^(?:thema/(?P<topic>[-\w]+)/)?(?:landkreis/(?P<district>[-\w]+)/)?"
    r"(?:(?P<year>[12]\d{3})/(?:(?P<month>0[1-9]|1[0-2])/)?)?$"
)
"""One order only, so that each state of the list has one address, which the page cache can keep."""


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All news, newest first, or those of a topic, a district, a year or month."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)

    press_contact = StreamField(
        [("person", ContactPersonBlock())],
        verbose_name="Ansprechperson für die Presse",
        blank=True,
        max_num=1,
        help_text="Steht unter der Übersicht und neben jeder Nachricht, die nicht selbst diese Person nennt.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("press_contact")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count = 1
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = "Übersicht der Nachrichten"

    @re_path(SELECTION)
    def selection(
        self,
        request: HttpRequest,
        topic: str | None = None,
        district: str | None = None,
        year: str | None = None,
        month: str | None = None,
    ) -> HttpResponse:
        from home.news_archive import Selection

        chosen = Selection(topic or "", district or "", int(year) if year else None, int(month) if month else None)
        return self.render(request, selection=chosen)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.news_archive import Selection, list_context

        selection = kwargs.pop("selection", Selection())
        return super().get_context(request, *args, **kwargs) | list_context(self, selection, request)
