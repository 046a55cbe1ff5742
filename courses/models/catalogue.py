from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from foundation.models import BasePage


class CourseCataloguePage(BasePage):
    """The list of all courses across providers."""

    intro = RichTextField("Einleitung", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "courses/course_catalogue_page.html"

    class Meta:
        verbose_name = "Kursübersicht"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.course_list import course_list

        context = super().get_context(request, *args, **kwargs)
        found = course_list(self.get_url(request) or "", request, timezone.localdate())
        return context | {"list": found, "canonical": f"{self.full_url or ''}{found.listed_as}"}
