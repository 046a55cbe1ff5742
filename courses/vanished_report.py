"""The report of courses that vanished, for editors: their old addresses, and whether a page is left."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from courses.models import Provider, VanishedCourse

CHANGE = "courses.change_provider"


class VanishedFilterSet(WagtailFilterSet):
    class Meta:
        model = VanishedCourse
        fields = ["provider"]


def _editor_of(course: VanishedCourse) -> str | None:
    return reverse("wagtailadmin_pages:edit", args=[course.page_id]) if course.page_id else None


class VanishedCoursesView(ReportView):
    page_title = "Verschwundene Kurse"
    header_icon = "circle-xmark"
    model = VanishedCourse
    # Whoever keeps the providers.
    permission_policy = ModelPermissionPolicy(Provider)
    any_permission_required = ["change"]
    filterset_class = VanishedFilterSet
    default_ordering = "-vanished_at"
    queryset = VanishedCourse.objects.select_related("provider")
    index_url_name = "vanished_courses:index"
    index_results_url_name = "vanished_courses:index_results"
    no_results_message = "Kein Kurs ist verschwunden."
    columns = [
        TitleColumn("title", label="Kurs", get_url=_editor_of),
        Column("slug", label="Kurzname in der Adresse"),
        Column("provider", label="Anbieter"),
        DateColumn("vanished_at", label="verschwunden", sort_key="vanished_at"),
        Column("how", label="wie", accessor=lambda course: "abgeschaltet" if course.page_id else "gelöscht"),
    ]


class VanishedCoursesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)


class VanishedCoursesViewSet(ViewSet):
    name = "vanished_courses"
    url_prefix = "verschwundene-kurse"
    icon = menu_icon = "circle-xmark"
    menu_label = "Verschwundene Kurse"
    menu_name = "vanished-courses"
    menu_order = 650
    menu_hook = "register_reports_menu_item"
    menu_item_class = VanishedCoursesMenuItem

    @property
    def menu_url(self) -> str:
        return reverse("vanished_courses:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", VanishedCoursesView.as_view(), name="index"),
            path("ergebnisse/", VanishedCoursesView.as_view(results_only=True), name="index_results"),
        ]
