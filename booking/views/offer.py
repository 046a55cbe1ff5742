"""The firm's answer to an offer: one of the times that are held for it, or none of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.domain.errors import AlreadyCancelled, AppointmentOver, OfferClosed, SlotNotOffered, SlotTaken
from booking.enums import Kind, OfferAnswer, OfferReason, Status
from booking.links import Purpose, offer_of, path_to
from booking.models import Appointment, MoveOffer
from booking.services.close_offers import decline_offer
from booking.services.offer import accept_offer
from booking.views.linked import shown
from booking.views.origin import private
from booking.wording import day_and_time, when, where
from foundation.origin import from_own_pages


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the times; only a button answers, as often as a mail scanner opens the page.

    Whoever comes back after the answer reads what was chosen; once the times are no longer held, 410 with a way on.
    """
    now = timezone.now()
    offer = offer_of(token, now=now)
    if request.method == "POST":
        try:
            return _answered(request, offer, now=now)
        except ValueError as error:
            raise Http404 from error
        except (OfferClosed, AlreadyCancelled, AppointmentOver):
            offer = offer_of(token, now=now)
        except (SlotTaken, SlotNotOffered):
            return _page(request, offer, status=409, is_refused=True)
    return _page(request, offer) if offer.is_open(now=now) else _closed(request, offer, now=now)


def _answered(request: HttpRequest, offer: MoveOffer, *, now: datetime) -> HttpResponse:
    """Raises ValueError for what no button of the page says, and what the services raise."""
    if "keine" not in request.POST:
        moved = accept_offer(offer, UUID(request.POST.get("zeit", "")[:36]), now=now)
        return redirect(path_to(moved, Purpose.VIEW))
    decline_offer(offer, now=now)
    purpose = Purpose.VIEW if offer.reason == OfferReason.EARLIER else Purpose.MOVE
    return redirect(path_to(offer.appointment, purpose))


def _page(request: HttpRequest, offer: MoveOffer, *, status: int = 200, is_refused: bool = False) -> HttpResponse:
    context = _context(offer) | {
        "times": [_time(time) for time in offer.alternatives.with_places().filter(status=Status.HELD)],
        "until": day_and_time(offer.expires_at),
        "is_refused": is_refused,
    }
    return render(request, "booking/offer.html", context, status=status)


def _time(time: Appointment) -> dict[str, str]:
    return {
        "value": str(time.uid),
        "when": when(time.starts_at, time.ends_at),
        "how": Kind(time.kind).label,
        "where": where(time) if time.kind in {Kind.OFFICE, Kind.OFFICE_DAY} else "",
        "advisor": time.advisor.public_name,
    }


def _closed(request: HttpRequest, offer: MoveOffer, *, now: datetime) -> HttpResponse:
    appointment = offer.appointment
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment) | {"already": True})
    if appointment.starts_at <= now:
        return render(request, "booking/too_late.html", shown(appointment), status=409)
    is_answered = offer.answer in {OfferAnswer.ACCEPTED, OfferAnswer.DECLINED}
    context = _context(offer) | {"answer": offer.answer}
    return render(request, "booking/offer_closed.html", context, status=200 if is_answered else 410)


def _context(offer: MoveOffer) -> dict[str, object]:
    appointment = offer.appointment
    return shown(appointment) | {
        "is_earlier": offer.reason == OfferReason.EARLIER,
        "view_url": path_to(appointment, Purpose.VIEW),
        "move_url": path_to(appointment, Purpose.MOVE),
        "cancel_url": path_to(appointment, Purpose.CANCEL),
    }
