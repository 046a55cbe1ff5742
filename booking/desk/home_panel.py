"""What advisors and offices see first after logging in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.clashes import with_clashes
from booking.desk.sync import summary_for, watches_several
from booking.desk.sync_words import shown_channel, summary
from booking.enums import ChannelState
from booking.health.channels import health_of
from booking.models import Appointment
from booking.permissions import advisor_of

NEXT = 5
"""Appointments on the panel."""


class NextAppointmentsPanel(Component):
    name = "next_appointments"
    template_name = "booking/desk/next_appointments.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        advisor = advisor_of(parent_context["request"].user)
        if advisor is None:
            return {}
        now = timezone.now()
        upcoming = Appointment.objects.booked().filter(advisor=advisor, ends_at__gt=now)
        health = health_of([advisor], now=now)[0]
        return {
            "appointments": with_clashes(upcoming, now=now).select_related("service", "office", "office_day")[:NEXT],
            "summary": summary([health]),
            "sync_url": reverse("abgleich:advisor", args=[advisor.pk]),
            "out": [shown_channel(each, with_name=True) for each in health.channels if each.state == ChannelState.OUT],
        }


class OfficeSyncPanel(Component):
    """For whoever looks after more than the own calendar."""

    name = "office_sync"
    template_name = "booking/desk/office_sync.html"
    order = 51

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"summary": summary_for(user), "sync_url": reverse("abgleich:index")}


def panels_for(request: HttpRequest) -> list[Component]:
    own = [NextAppointmentsPanel()] if advisor_of(request.user) is not None else []
    return [*own, OfficeSyncPanel()] if watches_several(request.user) else own
