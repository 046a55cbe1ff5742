from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from foundation.models import SiteDocument
from home.models import LinkOnPage
from home.worklists.lists import WORKLISTS, Worklist, may_use


def _edit_page(link: LinkOnPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[link.page_id])


class WorklistView(BaseListingView):
    template_name = "home/worklists/list.html"
    header_icon = "list-ul"
    paginate_by = 50
    no_results_message = "Hier wartet nichts."
    worklist: Worklist

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = [each for each in WORKLISTS if each.slug == kwargs["slug"]]
        if not found:
            raise Http404("no such list")
        self.worklist = found[0]
        self.page_title = self.worklist.label

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_use(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return self.worklist.rows(self.request.user)

    def get_index_url(self) -> str:
        return reverse("arbeitslisten:list", args=[self.worklist.slug])

    @property
    def columns(self) -> list[Column]:
        if issubclass(self.object_list.model, Page):
            return [
                TitleColumn("title", label="Seite", url_name="wagtailadmin_pages:edit"),
                DateColumn("last_published_at", label="veröffentlicht", width="20%"),
                DateColumn("latest_revision_created_at", label="geändert", width="20%"),
            ]
        if self.object_list.model is LinkOnPage:
            return [
                TitleColumn("page", label="Seite", accessor="page.title", get_url=_edit_page, width="30%"),
                Column("where", label="Stelle und Linktext", width="30%"),
                Column("reason", label="Grund", width="30%"),
                DateColumn("success", label="zuletzt erreicht", accessor="outside.last_success_at"),
            ]
        if self.object_list.model is SiteDocument:
            return [
                TitleColumn("title", label="Datei", url_name="wagtaildocs:edit", width="30%"),
                Column("lacks_in_words", label="Hindernis"),
            ]
        return [
            TitleColumn("title", label="Bild", url_name="wagtailimages:edit"),
            Column("credit", label="Bildnachweis", width="30%"),
            Column("valid_until", label="Nutzung bis", width="20%"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"worklist": self.worklist, "worklists": WORKLISTS}


class WorklistViewSet(ViewSet):
    name = "arbeitslisten"
    icon = "list-ul"
    view_class: ClassVar[type[WorklistView]] = WorklistView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<slug:slug>/", self.view_class.as_view(), name="list")]
