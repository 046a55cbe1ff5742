"""Moving an appointment at the desk: the free times of those within reach, taken by the same guard as everybody's."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows, told
from booking.desk.free_times import TimeChoice, desk_times
from booking.desk.moving_form import DeskMissingForm, TargetForm
from booking.desk.people import advisors_to_move_to
from booking.desk.refusals import sentence
from booking.domain.errors import BookingRefused, SlotNotOffered
from booking.models import Appointment
from booking.selectors import free_times, own_times
from booking.services.move import move_appointment
from booking.services.refresh import refresh_for_booking
from booking.wording import when


class MoveView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    """Where to stands in the address: another kind or office is a plain GET. What is posted takes a time there."""

    template_name = "booking/desk/move.html"
    page_title = "Termin verschieben"
    header_icon = "date"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        appointment = self.appointment(kwargs["pk"])
        return self.render_to_response(self.get_context_data(appointment=appointment, target=self._target(appointment)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = self.appointment(pk)
        target = self._target(appointment)
        missing = DeskMissingForm(request.POST, appointment=appointment, kind=target.kind)
        if not missing.is_valid():
            context = self.get_context_data(appointment=appointment, target=target, missing=missing)
            return self.render_to_response(context, status=422)
        try:
            moved = self._move(appointment, target, missing)
        except BookingRefused as refusal:
            messages.error(request, sentence(refusal))
            context = self.get_context_data(appointment=self.appointment(pk), target=target, missing=missing)
            return self.render_to_response(context, status=409)
        messages.success(request, f"Der Termin ist verschoben. {told(moved)}")
        return self.back(moved)

    def _target(self, appointment: Appointment) -> TargetForm:
        """404 for a kind or an office that cannot be had."""
        form = TargetForm(self.request.GET, user=self.request.user, appointment=appointment)
        if not form.is_valid():
            raise Http404
        return form

    def _move(self, appointment: Appointment, target: TargetForm, missing: DeskMissingForm) -> Appointment:
        try:
            choice = TimeChoice.parse(self.request.POST.get("zeit", ""))
            sequence = int(self.request.POST.get("sequence", "")[:9])
        except ValueError as error:
            raise SlotNotOffered from error
        people = {person.pk: person for person in advisors_to_move_to(self.request.user, target.office)}
        if choice.advisor not in people:
            raise SlotNotOffered
        refresh_for_booking(offices=[target.office], advisor=people[choice.advisor], now=timezone.now())
        return move_appointment(
            appointment,
            starts_at=choice.starts_at,
            advisor=people[choice.advisor],
            office=target.office,
            kind=target.kind,
            details=missing.cleaned_data,
            sequence=sequence,
            now=timezone.now(),
            actor=self.request.user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        appointment, target = kwargs["appointment"], kwargs["target"]
        slots = free_times(
            appointment.service,
            now=timezone.now(),
            offices=[target.office],
            kind=target.kind,
            own=own_times(appointment),
            minutes=appointment.minutes,
            postcode=appointment.postcode,
        )
        wanted = self.request.POST.get("tag") or self.request.GET.get("tag", "")
        advisors = advisors_to_move_to(self.request.user, target.office)
        wished = {"art": target.kind, "buero": target.office.slug}
        return (
            context
            | desk_times(slots, wanted_day=wanted, advisors=advisors)
            | {
                "when": when(appointment.starts_at, appointment.ends_at),
                "missing": kwargs.get("missing") or DeskMissingForm(appointment=appointment, kind=target.kind),
                "chosen": self.request.POST.get("zeit", ""),
                "post_url": f"{self.request.path}?{urlencode(wished)}",
            }
        )
