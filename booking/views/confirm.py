"""The answer to a reminder: „Wir kommen“."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.domain.errors import AlreadyCancelled, AppointmentChanged, AppointmentOver
from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from booking.services.remind import confirm_appointment
from booking.views.linked import booked_by, shown
from booking.views.origin import private
from foundation.origin import from_own_pages


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Names the appointment and asks; only the button answers, as often as a mail scanner opens the page."""
    now = timezone.now()
    appointment = booked_by(token, Purpose.CONFIRM, now=now)
    if request.method == "POST":
        try:
            confirm_appointment(appointment, sequence=int(request.POST.get("stand", "")), now=now)
        except ValueError as error:
            raise Http404 from error
        except AppointmentChanged:
            current = Appointment.objects.with_places().get(pk=appointment.pk)
            return _page(request, current, status=409, has_changed=True)
        except (AlreadyCancelled, AppointmentOver):
            appointment.refresh_from_db(fields=["status", "starts_at", "ends_at"])
        else:
            return redirect(path_to(appointment, Purpose.VIEW))
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment) | {"already": True})
    if appointment.starts_at <= now:
        return render(request, "booking/too_late.html", shown(appointment), status=409)
    return _page(request, appointment)


def _page(request: HttpRequest, appointment: Appointment, *, status: int = 200, **more: object) -> HttpResponse:
    context = shown(appointment) | {
        "view_url": path_to(appointment, Purpose.VIEW),
        "move_url": path_to(appointment, Purpose.MOVE),
        "cancel_url": path_to(appointment, Purpose.CANCEL),
    }
    return render(request, "booking/confirm.html", context | more, status=status)
