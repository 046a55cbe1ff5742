"""Offering one firm other times: the ready mail first, then the button that holds the times and sends it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows
from booking.desk.ready_mail import ready_mail
from booking.desk.refusals import sentence
from booking.domain.errors import BookingRefused
from booking.enums import OfferReason, Status
from booking.models import Appointment, MoveOffer
from booking.services.close_offers import withdraw_offer
from booking.services.offer import offer_times, refresh_for_offers, time_to_answer
from booking.wording import when


class OfferView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    """While an offer is open, it can only be taken back."""

    template_name = "booking/desk/offer_mail.html"
    page_title = "Andere Zeiten anbieten"
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment, now = self.appointment(pk), timezone.now()
        running = open_offer(appointment)
        try:
            if "zurueck" in request.POST and running:
                withdraw_offer(running, actor=request.user, now=now)
                messages.success(request, "Das Angebot ist zurückgenommen, die Zeiten sind wieder frei.")
            elif "anbieten" in request.POST and not running:
                refresh_for_offers([appointment], now=now)
                until = time_to_answer(now)
                offer_times(appointment, reason=OfferReason.CLOSING, until=until, now=now, actor=request.user)
                messages.success(request, "Der Betrieb bekommt eine E-Mail mit reservierten Zeiten.")
        except BookingRefused as refusal:
            messages.error(request, sentence(refusal))
        return self.back(appointment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appointment, now = self.appointment(kwargs["pk"]), timezone.now()
        if appointment.status != Status.BOOKED or appointment.starts_at <= now or not appointment.email:
            raise Http404
        offer = open_offer(appointment)
        back = reverse(self.inspect_url_name, args=[appointment.pk])
        return super().get_context_data(**kwargs) | {
            "appointment": appointment,
            "when": when(appointment.starts_at, appointment.ends_at),
            "offer": offer,
            "letter": ready_mail(appointment, offer=offer, now=now),
            "action": self.request.path,
            "back": {"url": back, "label": "Zum Termin"},
        }


def open_offer(appointment: Appointment) -> MoveOffer | None:
    """The one whose times are held now. One query."""
    found = appointment.offers.open().first()
    return found if found is not None and found.is_open(now=timezone.now()) else None
