"""„Zeit blockieren“: an absence of hours in one step, and the appointments that stand in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows
from booking.desk.effect import EFFECT, effect_values
from booking.desk.people import advisors_within_reach, appointments_met_by
from booking.domain.clock import BERLIN, minutes_of
from booking.forms import without_controls
from booking.models import Closure
from booking.permissions import OfficePolicy, advisor_of
from booking.services.block import block_time
from offices.models import Advisor


class BlockForm(forms.Form):
    beratung = forms.ModelChoiceField(label="Beratungsperson", queryset=Advisor.objects.none(), empty_label=None)
    tag = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    von = forms.TimeField(label="von", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    bis = forms.TimeField(label="bis", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    grund = forms.CharField(
        label="Grund", max_length=120, help_text="Nur intern, zum Beispiel: Fortbildung. Bitte keine Gesundheitsdaten."
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["beratung"].queryset = advisors_within_reach(user)

    def clean_grund(self) -> str:
        return without_controls(self.cleaned_data["grund"])

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


class _BlockPage(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "no-view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class BlockView(_BlockPage):
    template_name = "booking/desk/block.html"
    page_title = "Zeit blockieren"

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
            return self.render_to_response(
                self.get_context_data(form=form, effect=effect_values(_block(wanted), request))
            )
        closure = block_time(
            advisor=wanted["beratung"],
            day=wanted["tag"],
            start=wanted["von"],
            end=wanted["bis"],
            reason=wanted["grund"],
            actor=request.user,
        )
        messages.success(request, "Die Zeit ist blockiert: Niemand kann sie mehr buchen.")
        return redirect(reverse("termine:blocked", args=[closure.pk]))


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


class BlockedView(_BlockPage):
    """What the block meets. These appointments stay until somebody moves or cancels them."""

    template_name = "booking/desk/blocked.html"
    page_title = "Zeit blockiert"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closures = OfficePolicy(Closure).instances_user_has_any_permission_for(self.request.user, ["change"])
        closure = get_object_or_404(
            closures.select_related("advisor").filter(
                advisor__isnull=False, start_time__isnull=False, last_day=F("first_day")
            ),
            pk=kwargs["pk"],
        )
        return super().get_context_data(**kwargs) | {"closure": closure, "met": self._met(closure)}

    def _met(self, closure: Closure) -> QuerySet:
        day = closure.first_day
        start, end = (
            BERLIN.moment(BERLIN.instant(day, minutes_of(at))) for at in (closure.start_time, closure.end_time)
        )
        return appointments_met_by(self.own_rows(), advisor=closure.advisor, start=start, end=end)
