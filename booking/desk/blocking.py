"""„Zeit blockieren“: an absence of hours in one step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows
from booking.desk.effect import closure_panel
from booking.desk.forms import HoursOfOneDay
from booking.models import Closure
from booking.permissions import advisor_of
from booking.services.block import block_time
from foundation.effects import EFFECT
from foundation.public_forms import without_controls


class BlockForm(HoursOfOneDay):
    grund = forms.CharField(
        label="Grund", max_length=120, help_text="Nur intern, zum Beispiel: Fortbildung. Bitte keine Gesundheitsdaten."
    )

    def clean_grund(self) -> str:
        return without_controls(self.cleaned_data["grund"])


class BlockView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/block.html"
    page_title = "Zeit blockieren"
    header_icon = "no-view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "form" not in context:
            me = advisor_of(self.request.user)
            initial = {"beratung": me.pk if me else None, "tag": timezone.localdate()}
            context["form"] = BlockForm(user=self.request.user, initial=initial | self.request.GET.dict())
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BlockForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        wanted = form.cleaned_data
        if EFFECT in request.POST:
            panel = closure_panel(_block(wanted), request, form_id="block")
            return self.render_to_response(self.get_context_data(form=form, effect_panel=panel))
        closure = block_time(
            advisor=wanted["beratung"],
            day=wanted["tag"],
            start=wanted["von"],
            end=wanted["bis"],
            reason=wanted["grund"],
            actor=request.user,
        )
        messages.success(request, "Die Zeit ist blockiert: Niemand kann sie mehr buchen.")
        return redirect(reverse("termine:affected", args=[closure.pk]))


def _block(wanted: dict[str, Any]) -> Closure:
    """What saving the form would store."""
    return Closure(
        advisor=wanted["beratung"],
        first_day=wanted["tag"],
        last_day=wanted["tag"],
        start_time=wanted["von"],
        end_time=wanted["bis"],
        reason=wanted["grund"],
    )
