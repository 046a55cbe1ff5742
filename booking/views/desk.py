"""The way from a mail or a calendar entry to the appointment at the advisors' desk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from booking.models import Appointment
from booking.permissions import AppointmentPolicy, advisor_of
from booking.views.origin import private


@require_safe
@require_admin_access
@private
def open_appointment(request: HttpRequest, reference: str) -> HttpResponse:
    """Leads to the appointment's page in the admin.

    Whoever had it and may not see it any more learns who has it now, and nothing of the firm nor of the new time. For
    anybody else it does not exist.
    """
    appointment = Appointment.objects.select_related("advisor", "office").filter(reference=reference).first()
    if appointment is None:
        raise Http404
    if AppointmentPolicy(Appointment).user_has_permission_for_instance(request.user, "view", appointment):
        return redirect("termine:inspect", appointment.pk)
    me = advisor_of(request.user)
    if me is None or not appointment.events.filter(former_advisor=me).exists():
        raise Http404
    return render(
        request, "booking/desk/given_away.html", {"appointment": appointment, "page_title": "Termin abgegeben"}
    )
