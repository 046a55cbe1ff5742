from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from foundation.caching.shelf import kept
from foundation.models import BasePage
from home.blocks import NextStepBlock, StoryBlock


class HomePage(BasePage):
    """The first page: who this is, for whom, and what one can do now."""

    headline = models.CharField("Überschrift", max_length=120, help_text="Der Leitsatz des Netzwerks.")
    lead = models.CharField("Anreißer", max_length=300)
    stories = StreamField([("story", StoryBlock())], verbose_name="Geschichten", blank=True)
    next_steps_heading = models.CharField(
        "Überschrift der nächsten Schritte", max_length=80, default="So geht es weiter"
    )
    next_steps = StreamField([("step", NextStepBlock())], verbose_name="Nächste Schritte", blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("stories"),
        FieldPanel("next_steps_heading"),
        FieldPanel("next_steps"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("lead"),
        index.SearchField("next_steps"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = "Startseite"

    @property
    def preview_title(self) -> str:
        return self.headline

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.selectors import courses_soon
        from home.events import event_teasers
        from home.selectors import latest_news, section_urls, slides
        from offices.selectors import network_map

        def teasers() -> dict[str, Any]:
            return {
                "slides": slides(self, request),
                "courses": courses_soon(timezone.localdate(), request),
                "news": latest_news(request),
                "events": event_teasers(request, now=timezone.now()),
                "sections": section_urls(request),
            }

        context = super().get_context(request, *args, **kwargs)
        # The slides of a preview are those of a draft.
        context |= teasers() if getattr(request, "is_preview", False) else kept("home.teasers", teasers)
        return context | {
            "nodes": network_map(request),
            "steps": [block.value for block in self.next_steps],
        }
