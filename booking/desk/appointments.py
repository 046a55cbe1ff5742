"""Appointments on the desk: list, one appointment, and the button that cancels it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from booking.desk.views import OwnIndexView, OwnInspectView, OwnRows
from booking.domain.errors import AlreadyCancelled, AppointmentOver
from booking.enums import Status
from booking.services.cancel import cancel_appointment

REASON_LENGTH = 300


class AppointmentIndexView(OwnIndexView):
    """Without the reservations that ran out: nobody ever booked them."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().exclude(status=Status.EXPIRED)


class AppointmentInspectView(OwnInspectView):
    related = ("advisor", "office", "office_day", "service", "course")

    def get_field_label(self, field_name: str, field: Any) -> str:
        return "Ort" if field_name == "place" else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
        if value in (None, ""):
            return "–"
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may_act = self.permission_policy.user_has_permission_for_instance(self.request.user, "act", self.object)
        is_ahead = self.object.status == Status.BOOKED and self.object.starts_at > timezone.now()
        context["can_be_cancelled"] = may_act and is_ahead
        context["events"] = self.object.events.select_related("actor")
        context["reason_length"] = REASON_LENGTH
        return context


class CancelView(OwnRows, PermissionCheckedMixin, View):
    """POST only. The firm is told by mail, as if it were cancelled by a link."""

    http_method_names = ["post"]
    permission_required = "act"
    actions = frozenset({"act"})
    model: Any = None
    inspect_url_name = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = get_object_or_404(self.own_rows(), pk=pk)
        reason = request.POST.get("reason", "").strip()[:REASON_LENGTH]
        try:
            cancel_appointment(appointment, now=timezone.now(), actor=request.user, reason=reason)
        except AlreadyCancelled:
            messages.warning(request, "Dieser Termin war schon abgesagt.")
        except AppointmentOver:
            messages.error(
                request, "Dieser Termin lässt sich nicht mehr absagen: Er ist vorbei oder nie gebucht worden."
            )
        else:
            messages.success(request, "Der Termin ist abgesagt. Der Betrieb bekommt eine E-Mail.")
        return redirect(reverse(self.inspect_url_name, args=[pk]))
