from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.url_routing import RouteResult

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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The address of a course that was deleted leads on (F35)."""
        from courses.gone import kept_at

        if self.live and len(path_components) == 1 and (course := kept_at(path_components[0])):
            return RouteResult(self, kwargs={"vanished": course})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, vanished: Any = None, **kwargs: Any) -> HttpResponse:
        from courses.gone import GoneCourse, gone

        if vanished:
            return gone(request, GoneCourse.of_record(vanished))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.course_list import course_list

        context = super().get_context(request, *args, **kwargs)
        found = course_list(self.get_url(request) or "", request, timezone.localdate())
        return context | {"list": found, "canonical": f"{self.full_url or ''}{found.listed_as}"}
