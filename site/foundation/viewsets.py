"""The outbox as administrators see it: what waits, what failed and why, and one button to try again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from foundation.models import OutgoingMail
from foundation.outbox.queue import try_again

VIEW, RETRY = "foundation.view_outgoingmail", "foundation.change_outgoingmail"


class OutboxFilterSet(WagtailFilterSet):
    class Meta:
        model = OutgoingMail
        fields = ["state"]


class RetryColumn(Column):
    cell_template_name = "foundation/outbox/retry_cell.html"

    def get_cell_context_data(self, instance: OutgoingMail, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = parent_context.get("csrf_token")
        request = parent_context["request"]
        context["can_retry"] = instance.can_be_retried and request.user.has_perm(RETRY)
        return context


class OutboxView(ReportView):
    page_title = "Postausgang"
    header_icon = "mail"
    model = OutgoingMail
    permission_policy = ModelPermissionPolicy(OutgoingMail)
    any_permission_required = ["view"]
    filterset_class = OutboxFilterSet
    default_ordering = "-created_at"
    # The text of a mail can be long; the list shows none of it.
    queryset = OutgoingMail.objects.defer("message")
    index_url_name = "outbox:index"
    index_results_url_name = "outbox:index_results"
    columns = [
        # Wagtail draws the „primary“ tag paler: what failed is to stand out.
        StatusTagColumn(
            "state", accessor="get_state_display", label="Stand", primary=lambda mail: mail.state != mail.State.FAILED
        ),
        Column("kind", label="Art"),
        Column("recipient", accessor="recipient_in_part", label="An"),
        DateColumn("created_at", label="angelegt", sort_key="created_at"),
        Column("attempts", label="Versuche", sort_key="attempts"),
        DateColumn("next_attempt_at", accessor="awaited_attempt", label="nächster Versuch"),
        Column("last_error", label="letzter Fehler"),
        RetryColumn("retry", label="", accessor="pk"),
    ]


@require_POST
def retry_view(request: HttpRequest, mail_id: str) -> HttpResponse:
    if not request.user.has_perm(RETRY):
        return permission_denied(request)
    mail = get_object_or_404(OutgoingMail, pk=mail_id)
    if try_again(mail, now=timezone.now()):
        messages.success(request, "Die E-Mail wird noch einmal versucht.")
    else:
        messages.error(request, "Diese E-Mail lässt sich nicht noch einmal versenden.")
    return redirect(reverse("outbox:index"))


class OutboxMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


class OutboxViewSet(ViewSet):
    name = "outbox"
    url_prefix = "postausgang"
    icon = menu_icon = "mail"
    menu_label = "Postausgang"
    menu_name = "outbox"
    menu_order = 600
    menu_hook = "register_reports_menu_item"
    menu_item_class = OutboxMenuItem

    @property
    def menu_url(self) -> str:
        return reverse("outbox:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", OutboxView.as_view(), name="index"),
            path("ergebnisse/", OutboxView.as_view(results_only=True), name="index_results"),
            path("<uuid:mail_id>/noch-einmal/", retry_view, name="retry"),
        ]
