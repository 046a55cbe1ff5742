from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from foundation.models import BasePage


class EventIndexPage(RoutablePageMixin, BasePage):
    """What is ahead, soonest first; what is over has a list of its own."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.EventPage"]
    max_count = 1
    template = "home/event_index_page.html"

    class Meta:
        verbose_name = "Übersicht der Veranstaltungen"

    @path("vergangene/")
    def past(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, past=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.events import list_context

        past = kwargs.pop("past", False)
        context = super().get_context(request, *args, **kwargs)
        return context | list_context(self, request, past=past, now=timezone.now())
