from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from foundation import admin_api, approval_words, letterbox
from foundation.viewsets import OutboxViewSet


@hooks.register("register_admin_urls")
def recurrence_catalog_url() -> list[URLPattern]:
    catalog = JavaScriptCatalog.as_view(packages=["recurrence"])
    return [path("wiederholungen/texte.js", catalog, name="recurrence_catalog")]


@hooks.register("register_admin_viewset")
def outbox_viewset() -> ViewSet:
    return OutboxViewSet()


@hooks.register("register_permissions")
def outbox_permissions() -> QuerySet[Permission]:
    """To look at the outbox and to try a mail again; nobody adds or deletes mails by hand."""
    return Permission.objects.filter(
        content_type__app_label="foundation", codename__in=["view_outgoingmail", "change_outgoingmail"]
    )


@hooks.register("register_admin_urls")
def letterbox_urls() -> list[URLPattern]:
    return letterbox.urls()


@hooks.register("register_admin_menu_item")
def letterbox_menu_item() -> MenuItem:
    return letterbox.LetterboxMenuItem(
        "Briefkasten", reverse("mail_viewer_list"), name="letterbox", icon_name="mail", order=8900
    )


@hooks.register("construct_admin_api", order=100)
def own_files_in_the_api(router: WagtailAPIRouter) -> None:
    admin_api.narrow(router)


@hooks.register("construct_page_chooser_queryset")
def no_drafts_of_others_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """A link to what is not published leads nowhere, and its title may be nobody's business yet."""
    own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("construct_page_action_menu")
def submitting_in_plain_words(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    approval_words.submit_in_plain_words(items)


@hooks.register("insert_global_admin_css")
def colours_and_mark() -> SafeString:
    sheets = [[static("css/components/mark.css")], [static("css/admin-brand.css")]]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def times_stay_as_typed() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin-times.js"))


@hooks.register("construct_help_menu")
def no_guides_in_english(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own, about Wagtail; they would count as news at every menu besides."""
    menu_items[:] = [item for item in menu_items if "guide.wagtail.org" not in str(item.url)]
