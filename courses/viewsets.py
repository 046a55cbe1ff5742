"""Providers and topics in the admin; the courses themselves are pages."""

from __future__ import annotations

from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from courses.models import Provider, Topic
from foundation.deletion import GuardedDeleteView


class ProviderViewSet(ModelViewSet):
    model = Provider
    name = "anbieter"
    icon = "clipboard-list"
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    list_display = [
        "name",
        "town",
        Column("website", label="Website"),
        BooleanColumn("is_example", label="Beispiel"),
    ]
    list_filter = ["is_example"]
    search_fields = ["name", "town"]
    search_backend_name = None
    ordering = "name"


class TopicViewSet(ModelViewSet):
    model = Topic
    name = "themen"
    icon = "tag"
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    list_display = ["name", "slug"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = "name"


class CoursesGroup(ModelViewSetGroup):
    menu_label = "Kurse"
    menu_name = "kurse"
    menu_icon = "clipboard-list"
    menu_order = 220
    items = (ProviderViewSet, TopicViewSet)
