from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import Button
from wagtail.models import Page

from foundation.reserved_addresses import reserved
from home import page_checks
from home.contacts import ContactsGroup
from home.content_checker import check_in_german
from home.demand.desk import DemandPanel, DemandViewSet, may_see
from home.handbook.views import HandbookViewSet
from home.overtaken import tell_of_version_between
from home.translation_views import TranslatePageView
from home.viewsets import FundingNoticeViewSet
from home.worklists.lists import may_use
from home.worklists.panel import WorklistsPanel
from home.worklists.views import WorklistViewSet


@hooks.register("register_admin_viewset")
def funding_notices_in_the_admin() -> FundingNoticeViewSet:
    return FundingNoticeViewSet()


@hooks.register("register_admin_viewset")
def contacts_in_the_admin() -> ContactsGroup:
    return ContactsGroup()


@hooks.register("register_admin_viewset")
def worklists_in_the_admin() -> WorklistViewSet:
    return WorklistViewSet()


@hooks.register("register_admin_viewset")
def demand_in_the_admin() -> DemandViewSet:
    return DemandViewSet()


@hooks.register("register_admin_viewset")
def handbook_in_the_admin() -> HandbookViewSet:
    return HandbookViewSet()


@hooks.register("construct_homepage_panels")
def worklists_on_the_front_page(request: HttpRequest, panels: list[Any]) -> None:
    if may_use(request.user):
        panels.append(WorklistsPanel())


@hooks.register("construct_homepage_panels")
def demand_on_the_front_page(request: HttpRequest, panels: list[Any]) -> None:
    if may_see(request.user):
        panels.append(DemandPanel())


@hooks.register("register_permissions")
def permission_to_see_demand() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="home", codename="see_coursedemand")


@hooks.register("register_admin_urls")
def translating_in_the_admin() -> list[URLPattern]:
    """The address of wagtail.contrib.simple_translation, whose buttons lead there; this one is asked first."""
    return [path("translation/submit/page/<int:page_id>/", TranslatePageView.as_view())]


@hooks.register("before_move_page")
def no_page_moves_to_a_reserved_address(request: HttpRequest, page: Page, target: Page) -> HttpResponse | None:
    if not (refusal := reserved(page.slug, target)):
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_bulk_action")
def none_of_several_either(
    request: HttpRequest, action_type: str, objects: list[Any], action: BulkAction
) -> HttpResponse | None:
    if action_type != "move" or not isinstance(action, PageBulkAction):
        return None
    target = action.cleaned_form.cleaned_data["chooser"]
    refusals = [refusal for page in objects if (refusal := reserved(page.slug, target))]
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect("wagtailadmin_explore", target.pk) if refusals else None


@hooks.register("register_page_header_buttons")
def versions_in_the_editor(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """From a page to the same in the other languages."""
    others = Page.objects.translation_of(page).select_related("locale").order_by("locale__language_code")
    return [
        Button(str(other.locale), reverse("wagtailadmin_pages:edit", args=[other.pk]), icon_name="globe", priority=85)
        for other in others
        if other.permissions_for_user(user).can_edit()
    ]


@hooks.register("register_help_menu_item")
def handbook_in_the_help_menu() -> MenuItem:
    return MenuItem("Handbuch", reverse_lazy("handbuch:index"), name="handbook", icon_name="help", order=10)


@hooks.register("register_help_menu_item")
def style_guide_in_the_help_menu() -> MenuItem:
    return MenuItem("Bausteine der Website", reverse_lazy("home:style_guide"), name="style-guide", icon_name="doc-full")


@hooks.register("register_admin_urls")
def page_checks_url() -> list[URLPattern]:
    return [path("pruefung/<int:number>/", page_checks.report, name="page_checks")]


@hooks.register("insert_editor_js")
def checks_follow_what_is_saved() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin-checks.js"))


@hooks.register("insert_global_admin_css")
def style_of_checks() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-checks.css"))


hooks.register("construct_wagtail_userbar", check_in_german)
hooks.register("after_edit_page", tell_of_version_between)
hooks.register("after_publish_page", page_checks.remind_after_publishing)
