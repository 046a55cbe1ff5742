from __future__ import annotations

from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.viewsets import FundingNoticeViewSet


@hooks.register("register_admin_viewset")
def funding_notices_in_the_admin() -> FundingNoticeViewSet:
    return FundingNoticeViewSet()


@hooks.register("register_help_menu_item")
def style_guide_in_the_help_menu() -> MenuItem:
    return MenuItem("Bausteine der Website", reverse_lazy("home:style_guide"), name="style-guide", icon_name="doc-full")
