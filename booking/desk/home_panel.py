"""What an advisor sees first after logging in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.models import Appointment, BusyCalendar
from booking.models.busy import LATE
from booking.permissions import advisor_of

NEXT = 5
"""Appointments on the panel."""


class NextAppointmentsPanel(Component):
    name = "next_appointments"
    template_name = "booking/desk/next_appointments.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        advisor = advisor_of(parent_context["request"].user)
        now = timezone.now()
        upcoming = Appointment.objects.booked().filter(advisor=advisor, ends_at__gt=now)
        return {
            "appointments": upcoming.select_related("service", "office", "office_day")[:NEXT],
            "unread": [
                {"name": calendar.name, "health": calendar.health_at(now).label}
                for calendar in BusyCalendar.objects.filter(advisor=advisor, read_at__lte=now - LATE)
            ],
        }
