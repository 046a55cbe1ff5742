"""What a firm does with its appointment by the links of its mail: look, move, cancel, take the calendar file.

Opening a link changes nothing, as often as any mail scanner opens it; only the button does.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from booking.calendars import file_for_firm, subscription_for_firm
from booking.domain.errors import (
    AlreadyCancelled,
    AppointmentChanged,
    AppointmentOver,
    BookingRefused,
    FirmTooFar,
    PlaceUnknown,
    SlotTaken,
)
from booking.enums import Status
from booking.forms import MissingForm
from booking.ical.envelope import CONTENT_TYPE
from booking.links import LinkExpired, Purpose, link_to, path_to, subscription_ways
from booking.models import Appointment, EarlierWish
from booking.services.cancel import cancel_appointment
from booking.services.move import move_appointment
from booking.services.refresh import refresh_for_booking
from booking.times import moment_from
from booking.views.linked import booked_by, shown
from booking.views.moving import Target, target_of, times_of
from booking.views.origin import private
from booking.views.said import said
from booking.views.start import steps
from booking.views.subscribed import unless_known_or_too_often
from booking.wording import place_refused
from foundation.conditional import shown_file, tag_of
from foundation.origin import from_own_pages

CANCELLED_SHOWN = timedelta(days=14)
"""How long a subscription says that its appointment is cancelled (FEED-7)."""


@require_safe
@private
def view(request: HttpRequest, token: str) -> HttpResponse:
    """The appointment with all that the firm needs; after booking this is the confirmation."""
    now = timezone.now()
    appointment = booked_by(token, Purpose.VIEW, now=now)
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment))
    context = shown(appointment) | {
        "steps": steps("Gebucht"),
        "can_change": appointment.starts_at > now,
        "move_url": path_to(appointment, Purpose.MOVE),
        "cancel_url": path_to(appointment, Purpose.CANCEL),
        "calendar_url": path_to(appointment, Purpose.CALENDAR),
        "subscription": subscription_ways(link_to(appointment, Purpose.SUBSCRIPTION)),
        "earlier_url": path_to(appointment, Purpose.EARLIER),
        "is_waiting": EarlierWish.objects.filter(appointment=appointment).exists(),
        "is_moved": appointment.sequence > 0,
    }
    return render(request, "booking/appointment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    appointment = booked_by(token, Purpose.CANCEL, now=now)
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment) | {"already": True})
    if request.method == "POST":
        try:
            cancel_appointment(appointment, now=now, reason=said(request.POST, "grund", 300))
        except AppointmentOver:
            return _too_late(request, appointment)
        except AlreadyCancelled:
            pass
        return redirect(path_to(appointment, Purpose.VIEW))
    if appointment.starts_at <= now:
        return _too_late(request, appointment)
    context = shown(appointment) | {"move_url": path_to(appointment, Purpose.MOVE)}
    return render(request, "booking/cancel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Free times for the same service, at first also the same kind and office; choosing one moves it at once.

    Where another kind needs an answer that is missing (a number, a street), it is asked for beside the times.
    """
    now = timezone.now()
    appointment = booked_by(token, Purpose.MOVE, now=now)
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment) | {"already": True})
    if appointment.starts_at <= now:
        return _too_late(request, appointment)
    target = target_of(request, appointment, now=now)
    if request.method != "POST":
        return _move_page(request, appointment, target, now=now)
    missing = _missing(appointment, target, request.POST)
    if not missing.is_valid():
        return _move_page(request, appointment, target, now=now, missing=missing, status=422)
    refresh_for_booking(offices=[target.office], advisor=target.advisor, now=now)
    try:
        moved = move_appointment(
            appointment,
            starts_at=moment_from(request.POST.get("zeit", "")),
            sequence=int(request.POST.get("stand", "")),
            now=now,
            advisor=target.advisor,
            office=target.office,
            kind=target.kind,
            details=missing.cleaned_data | ({"postcode": target.postcode} if target.is_visit else {}),
        )
    except ValueError as error:
        raise Http404 from error
    except BookingRefused as refusal:
        return _not_moved(request, appointment, target, refusal, now=now)
    return redirect(path_to(moved, Purpose.VIEW))


def _missing(appointment: Appointment, target: Target, data: Any = None) -> MissingForm:
    is_elsewhere = target.is_visit and target.postcode != appointment.postcode
    return MissingForm(data, appointment=appointment, kind=target.kind, is_elsewhere=is_elsewhere)


def _not_moved(
    request: HttpRequest, appointment: Appointment, target: Target, refusal: BookingRefused, *, now: datetime
) -> HttpResponse:
    current = Appointment.objects.with_places().get(pk=appointment.pk)
    match refusal:
        case AlreadyCancelled():
            return render(request, "booking/cancelled.html", shown(current) | {"already": True}, status=409)
        case AppointmentOver():
            return _too_late(request, current)
        case AppointmentChanged():
            sentence = "Ihr Termin ist inzwischen schon verschoben worden. Oben steht die Zeit, die jetzt gilt."
        case PlaceUnknown() | FirmTooFar():
            sentence = f"{place_refused(refusal)} Ihr bisheriger Termin gilt weiter."
        case SlotTaken():
            sentence = "Diese Zeit ist gerade vergeben worden. Ihr bisheriger Termin gilt weiter."
        case _:
            sentence = "Diese Zeit bieten wir nicht an. Ihr bisheriger Termin gilt weiter."
    return _move_page(request, current, target, now=now, problem=sentence, status=409)


def _move_page(
    request: HttpRequest,
    appointment: Appointment,
    target: Target,
    *,
    now: datetime,
    problem: str = "",
    missing: MissingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = shown(appointment) | {
        "problem": problem,
        "missing": missing or _missing(appointment, target),
        "cancel_url": path_to(appointment, Purpose.CANCEL),
        **times_of(request, appointment, target, now=now),
    }
    return render(request, "booking/move.html", context, status=status)


@require_safe
@private
def calendar_file(_request: HttpRequest, token: str) -> HttpResponse:
    """The appointment as a file for any calendar program (RFC 5545)."""
    appointment = booked_by(token, Purpose.CALENDAR, now=timezone.now())
    response = HttpResponse(file_for_firm(appointment).encode(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response


@csrf_exempt
@require_safe
@private
def subscription(request: HttpRequest, token: str) -> HttpResponseBase:
    """The appointment as a calendar of its own, which a program fetches again and again; 304 where it has it already,
    429 where it comes too often.

    A day after its end it is gone, like every link; cancelled, it says so for two weeks.
    """
    now = timezone.now()
    appointment = booked_by(token, Purpose.SUBSCRIPTION, now=now)
    if appointment.cancelled_at and appointment.cancelled_at + CANCELLED_SHOWN <= now:
        raise LinkExpired
    body = subscription_for_firm(appointment).encode()
    return unless_known_or_too_often(
        request,
        lambda: shown_file(body, content_type=CONTENT_TYPE, name="termin.ics"),
        of=appointment.uid.hex,
        tag=tag_of(body),
        now=now,
    )


@require_safe
@private
def tidy_address(_request: HttpRequest, step: str, token: str, rest: str) -> HttpResponse:
    """A link to which a mail program added a mark of the sentence around it: on to the link itself."""
    return redirect(f"/termin/{step}/{token}/")


def _too_late(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    return render(request, "booking/too_late.html", shown(appointment), status=409)
