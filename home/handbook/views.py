from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from home.handbook.rendering import FOLDER, FRONT, address_of, slugs, title_and_text


class HandbookView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/handbook/page.html"
    header_icon = "help"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs.get("slug", FRONT)
        if "slug" in kwargs and self.slug not in slugs():
            raise Http404("the handbook has no such page")
        self.page_title, self.text = title_and_text(self.slug)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [*self.breadcrumbs_items, {"url": reverse("handbuch:index"), "label": "Handbuch"}]
        return items if self.slug == FRONT else [*items, {"url": address_of(self.slug), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"text": self.text}


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """`name` is a slug, so that no path leads out of the folder."""
    path_of_picture = FOLDER / "bilder" / f"{name}.webp"
    if not path_of_picture.is_file():
        raise Http404("the handbook has no such picture")
    return FileResponse(path_of_picture.open("rb"), content_type="image/webp")


class HandbookViewSet(ViewSet):
    """For everybody who may sign in to the admin."""

    name = "handbuch"
    icon = "help"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", HandbookView.as_view(), name="index"),
            path("bilder/<slug:name>.webp", picture, name="picture"),
            path("<slug:slug>/", HandbookView.as_view(), name="page"),
        ]
