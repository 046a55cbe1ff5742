"""Providers, and by what courses are sorted, in the admin; the courses themselves are pages."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from courses import source_admin
from courses.import_admin import ImportViewSet
from courses.models import CourseSource, FundingKind, Provider, QualityMark, Synonym, TargetGroup, Topic
from courses.provider_link import admin as provider_link
from courses.source_admin import FetchColumn
from foundation.deletion import GuardedDeleteView


class _CourseDeleteView(GuardedDeleteView):
    """Courses, news and events choose among these; none loses a choice without a word."""

    links_count = True
    advice = "Nehmen Sie den Eintrag zuerst dort heraus."


class _CourseViewSet(ModelViewSet):
    """What all of them share: nothing is copied, and what courses still need is not deleted."""

    delete_view_class = _CourseDeleteView
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    ordering = "name"


class ProviderViewSet(_CourseViewSet):
    model = Provider
    name = "anbieter"
    icon = "clipboard-list"
    list_display = [
        "name",
        "town",
        Column("website", label="Website"),
        BooleanColumn("can_be_written_to", label="E-Mail möglich"),
        BooleanColumn("is_example", label="Beispiel"),
    ]
    list_filter = ["is_example"]
    search_fields = ["name", "town"]
    index_view_class = provider_link.ProviderIndexView
    edit_view_class = provider_link.ProviderEditView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *provider_link.urls()]


class TopicViewSet(_CourseViewSet):
    model = Topic
    name = "themen"
    icon = "tag"
    list_display = ["name", Column("parent", label="gehört zu"), "slug"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=Topic.objects.select_related("parent"), **kwargs)


class TargetGroupViewSet(_CourseViewSet):
    model = TargetGroup
    name = "zielgruppen"
    icon = "group"
    list_display = ["name", "slug"]


class FundingKindViewSet(_CourseViewSet):
    model = FundingKind
    name = "foerderungen"
    icon = "pick"
    list_display = ["name", Column("source_name", label="Quelle"), DateColumn("checked_on", label="Stand")]


class QualityMarkViewSet(_CourseViewSet):
    model = QualityMark
    name = "siegel"
    icon = "check"
    list_display = ["name", "meaning"]


class SynonymViewSet(_CourseViewSet):
    model = Synonym
    name = "synonyme"
    icon = "openquote"
    list_display = ["words"]
    search_fields = ["words"]
    ordering = "words"


class CourseSourceViewSet(_CourseViewSet):
    model = CourseSource
    name = "kursquellen"
    icon = "download"
    list_display = [
        "address",
        Column("provider", label="Anbieter"),
        Column("state", label="Stand"),
        DateColumn("looked_at", label="zuletzt nachgesehen"),
        DateColumn("read_at", label="zuletzt gelesen"),
        Column("next_look", label="nächstes Mal"),
        FetchColumn("fetch", label="Holen"),
    ]
    list_filter = ["is_active", "every"]
    search_fields = ["address", "provider__name"]
    ordering = ("provider__name", "address")

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=CourseSource.objects.select_related("provider"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *source_admin.urls()]


class CoursesGroup(ModelViewSetGroup):
    menu_label = "Kurse"
    menu_name = "kurse"
    menu_icon = "clipboard-list"
    menu_order = 220
    items = (
        ImportViewSet,
        ProviderViewSet,
        TopicViewSet,
        TargetGroupViewSet,
        FundingKindViewSet,
        QualityMarkViewSet,
        SynonymViewSet,
        CourseSourceViewSet,
    )
