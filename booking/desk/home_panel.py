"""What an advisor sees first after logging in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

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
        upcoming = Appointment.objects.booked().filter(advisor=advisor, ends_at__gt=timezone.now())
        return {"appointments": upcoming.select_related("service", "office", "office_day")[:NEXT]}
