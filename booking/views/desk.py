"""The way from a mail or a calendar entry to the appointment at the advisors' desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from booking.models import Appointment


@require_safe
@require_admin_access
def open_appointment(_request: HttpRequest, reference: str) -> HttpResponse:
    """Leads to the appointment's page in the admin, which itself decides who may see it."""
    appointment = get_object_or_404(Appointment.objects.only("pk"), reference=reference)
    return redirect("termine:inspect", appointment.pk)
