"""A firm has sent its answers and confirms its e-mail address before the appointment is booked.

The page that waits is reached by the link of the reservation; the page that books, by the link of the mail alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from booking.domain.errors import AlreadyCancelled, ConfirmedTooLate, HoldExpired, TooManyMails
from booking.enums import Status
from booking.forms import TYPED_FIELDS
from booking.links import Purpose, appointment_of, path_to, token_for
from booking.models import Appointment
from booking.services.book import book_requested
from booking.services.hold import Wish
from booking.services.request import send_again
from booking.views.linked import shown
from booking.views.origin import private
from booking.views.refusals import refused
from booking.views.said import said
from booking.views.start import steps
from booking.wording import call_us, local, until
from foundation.origin import from_own_pages


@require_POST
@from_own_pages
@private
def resend(request: HttpRequest, token: str) -> HttpResponse:
    """The mail once more."""
    now = timezone.now()
    hold = appointment_of(token, Purpose.HOLD, now=now)
    if not (hold.is_unconfirmed or hold.booked_at):
        return redirect(path_to(hold, Purpose.HOLD))
    try:
        hold = send_again(hold, now=now)
    except TooManyMails as refusal:
        return waiting_page(request, hold, now=now, problem=too_many_mails(refusal, hold), status=429)
    except HoldExpired:
        return too_late(request, hold, now=now)
    if not hold.awaits_verification:
        return redirect(path_to(hold, Purpose.VIEW))
    return waiting_page(request, hold, now=now, is_sent_again=True)


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Names the appointment and asks; only the button books, as often as a mail scanner opens the page."""
    now = timezone.now()
    hold = appointment_of(token, Purpose.VERIFY, now=now)
    if request.method == "POST":
        try:
            hold = book_requested(hold, now=now)
        except HoldExpired:
            return too_late(request, hold, now=now)
        except AlreadyCancelled:
            hold.status = Status.CANCELLED
    if hold.status in {Status.BOOKED, Status.CANCELLED}:
        return redirect(path_to(hold, Purpose.VIEW))
    if not hold.is_held_at(now):
        return too_late(request, hold, now=now)
    context = _held(hold, now=now) | {"view_url": path_to(hold, Purpose.HOLD)}
    return render(request, "booking/verify.html", context)


def waiting_page(
    request: HttpRequest, hold: Appointment, *, now: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    """„Noch nicht gebucht“: until when the time is kept, and what to do where no mail comes."""
    context = _held(hold, now=now) | {
        "sent_at": local(hold.verification_sent_at) if hold.verification_sent_at else None,
        "person": said(request.POST, "person", 50) or said(request.GET, "person", 50),
        **more,
    }
    return render(request, "booking/waiting.html", context, status=status)


def _held(hold: Appointment, *, now: datetime) -> dict[str, Any]:
    return shown(hold) | {
        "token": token_for(hold, Purpose.HOLD),
        "held_until": local(hold.hold_expires_at) if hold.hold_expires_at else None,
        "held_until_label": until(hold.hold_expires_at, now=now) if hold.hold_expires_at else "",
        "steps": steps("Angaben"),
    }


def too_late(request: HttpRequest, hold: Appointment, *, now: datetime) -> HttpResponse:
    """410: the time is no longer kept; the nearest ones, and the answers for as long as they exist."""
    hold.refresh_from_db(fields=[*TYPED_FIELDS, "answers"])
    details = {name: getattr(hold, name) for name in TYPED_FIELDS} | {"answers": hold.answers}
    return refused(request, Wish.again(hold, details=details), ConfirmedTooLate(), visit=hold.visit, now=now)


def too_many_mails(refusal: TooManyMails, hold: Appointment) -> str:
    return (
        f"Wir haben schon {refusal.limit} E-Mails geschickt, mehr geht nicht. "
        f"Schauen Sie auch im Spam-Ordner nach, oder {call_us(hold.office)}."
    )
