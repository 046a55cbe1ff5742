"""Moving an appointment at the desk: the free times of those within reach, taken by the same guard as everybody's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows, told
from booking.desk.free_times import TimeChoice, desk_times
from booking.desk.people import advisors_within_reach
from booking.desk.refusals import sentence
from booking.domain.errors import BookingRefused, SlotNotOffered
from booking.models import Appointment
from booking.selectors import free_times, own_times
from booking.services.move import move_appointment
from booking.wording import when


class MoveView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/move.html"
    page_title = "Termin verschieben"
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(appointment=self.appointment(kwargs["pk"])))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = self.appointment(pk)
        try:
            moved = self._move(appointment)
        except BookingRefused as refusal:
            messages.error(request, sentence(refusal))
            context = self.get_context_data(appointment=self.appointment(pk))
            return self.render_to_response(context, status=409)
        messages.success(request, f"Der Termin ist verschoben. {told(moved)}")
        return self.back(moved)

    def _move(self, appointment: Appointment) -> Appointment:
        try:
            choice = TimeChoice.parse(self.request.POST.get("zeit", ""))
            sequence = int(self.request.POST.get("sequence", "")[:9])
        except ValueError as error:
            raise SlotNotOffered from error
        advisor = advisors_within_reach(self.request.user).filter(pk=choice.advisor).first()
        if advisor is None:
            raise SlotNotOffered
        return move_appointment(
            appointment,
            starts_at=choice.starts_at,
            advisor=advisor,
            sequence=sequence,
            now=timezone.now(),
            actor=self.request.user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        appointment = kwargs["appointment"]
        slots = free_times(
            appointment.service,
            now=timezone.now(),
            offices=[appointment.office],
            kind=appointment.kind,
            own=own_times(appointment),
            minutes=appointment.minutes,
        )
        wanted = self.request.POST.get("tag") or self.request.GET.get("tag", "")
        advisors = list(advisors_within_reach(self.request.user))
        return (
            context
            | desk_times(slots, wanted_day=wanted, advisors=advisors)
            | {"when": when(appointment.starts_at, appointment.ends_at)}
        )
