"""„Zusatzzeit“: hours of one single day, in one small form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.actions import AppointmentRows
from booking.desk.people import advisors_within_reach
from booking.desk.views import OwnIndexView
from booking.enums import Kind
from booking.models import Appointment, Service
from booking.permissions import AppointmentPolicy, advisor_of
from booking.services.open import open_time
from booking.wording import day_label
from offices.models import Advisor, Office

# An office day has its own place and its own times.
_KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.OFFICE_DAY]


class ExtraTimeForm(forms.Form):
    beratung = forms.ModelChoiceField(label="Beratungsperson", queryset=Advisor.objects.none(), empty_label=None)
    buero = forms.ModelChoiceField(label="Büro", queryset=Office.objects.in_operation(), empty_label=None)
    tag = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    von = forms.TimeField(label="von", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    bis = forms.TimeField(label="bis", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    arten = forms.MultipleChoiceField(label="Arten", choices=_KINDS, widget=forms.CheckboxSelectMultiple)
    anliegen = forms.ModelMultipleChoiceField(
        label="Anliegen",
        queryset=Service.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Auswahl: alle.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["beratung"].queryset = advisors_within_reach(user)

    def clean_tag(self) -> Any:
        day = self.cleaned_data["tag"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=730):
            raise ValidationError("Bitte wählen Sie einen Tag ab heute, höchstens zwei Jahre voraus.")
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("von") and values.get("bis") and values["bis"] <= values["von"]:
            self.add_error("bis", "Das Ende muss nach dem Beginn liegen.")
        return values


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
            context["form"] = ExtraTimeForm(user=self.request.user, initial=own | {"arten": [Kind.OFFICE.value]})
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ExtraTimeForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        wanted = form.cleaned_data
        open_time(
            advisor=wanted["beratung"],
            office=wanted["buero"],
            day=wanted["tag"],
            start=wanted["von"],
            end=wanted["bis"],
            kinds=wanted["arten"],
            services=wanted["anliegen"],
            actor=request.user,
        )
        when = f"{day_label(wanted['tag'])} {wanted['tag'].year}"
        messages.success(request, f"Die Zusatzzeit steht: {when}, {wanted['von']:%H:%M} bis {wanted['bis']:%H:%M} Uhr.")
        return redirect(reverse("beratungszeiten:index"))


class HoursIndexView(OwnIndexView):
    """The rules, with the way to a single extra time above them for whoever may open one."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if AppointmentPolicy(Appointment).user_has_permission(self.request.user, "act"):
            buttons.append(HeaderButton("Zusatzzeit", url=reverse("termine:extra"), icon_name="plus"))
        return buttons
