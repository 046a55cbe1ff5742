"""„Zusatzzeit“: hours of one single day, in one small form."""

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
from booking.desk.effect import rule_panel
from booking.desk.forms import HoursOfOneDay
from booking.enums import Kind
from booking.models import Service
from booking.permissions import advisor_of
from booking.rules_in_words import rule_in_words
from booking.services.open import extra_time, open_time
from booking.wording import day_label
from foundation.effects import EFFECT
from offices.models import Office

# An office day has its own place and its own times.
_KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.OFFICE_DAY]


class ExtraTimeForm(HoursOfOneDay):
    field_order = ("beratung", "buero", "tag", "von", "bis", "arten", "anliegen")

    buero = forms.ModelChoiceField(
        label="Büro",
        queryset=Office.objects.in_operation(),
        empty_label=None,
        help_text="Wo in dieser Zeit beraten wird.",
    )
    arten = forms.MultipleChoiceField(
        label="Arten",
        choices=_KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="So kann ein Gespräch in dieser Zeit stattfinden.",
    )
    anliegen = forms.ModelMultipleChoiceField(
        label="Anliegen",
        queryset=Service.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Auswahl: alle.",
    )


class ExtraTimeView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/extra_time.html"
    page_title = "Zusatzzeit anbieten"
    header_icon = "plus"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "form" not in context:
            me = advisor_of(self.request.user)
            own = {"beratung": me.pk, "buero": me.office_id} if me else {}
            initial = own | {"arten": [Kind.OFFICE.value]} | self.request.GET.dict()
            context["form"] = ExtraTimeForm(user=self.request.user, initial=initial)
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ExtraTimeForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        wanted = form.cleaned_data
        hours = {
            "advisor": wanted["beratung"],
            "office": wanted["buero"],
            "day": wanted["tag"],
            "start": wanted["von"],
            "end": wanted["bis"],
            "kinds": wanted["arten"],
        }
        if EFFECT in request.POST:
            rule, services = extra_time(**hours), wanted["anliegen"]
            context = self.get_context_data(
                form=form,
                effect_panel=rule_panel(rule, [service.pk for service in services], request),
                words=rule_in_words(rule, services, today=timezone.localdate()),
            )
            return self.render_to_response(context)
        open_time(**hours, services=wanted["anliegen"], actor=request.user)
        when = f"{day_label(wanted['tag'])} {wanted['tag'].year}"
        messages.success(request, f"Die Zusatzzeit steht: {when}, {wanted['von']:%H:%M} bis {wanted['bis']:%H:%M} Uhr.")
        return redirect(reverse("beratungszeiten:index"))
