"""Funding notices in the admin."""

from __future__ import annotations

from wagtail.admin.viewsets.model import ModelViewSet

from foundation.deletion import GuardedDeleteView
from home.models import FundingNotice


class FundingNoticeViewSet(ModelViewSet):
    model = FundingNotice
    name = "foerderhinweise"
    icon = "info-circle"
    menu_label = "Förderhinweise"
    menu_order = 240
    add_to_admin_menu = True
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    list_display = ["__str__", "sentence"]
    search_fields = ["sentence"]
    search_backend_name = None
    ordering = "-valid_from"
