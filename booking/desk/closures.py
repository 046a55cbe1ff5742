"""Closures on the desk: the list suggests bridge days, and a suggestion fills the form for a new closure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.forms import ModelForm
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from booking.affected import affected_by
from booking.desk.effect import EffectPanel, closure_panel, panel_without_closure
from booking.desk.views import OwnCopyView, OwnDeleteView, OwnEditView, OwnIndexView
from booking.models import Appointment, Closure
from booking.permissions import AppointmentPolicy, advisor_of
from booking.rules_in_words import closure_in_words
from booking.selectors import open_bridge_days
from booking.wording import day_label
from foundation.effects import EffectFirst, EffectOfDeletion
from offices.models import Office

AHEAD = timedelta(days=365)
PREFILL = "brueckentag"


class ClosureIndexView(OwnIndexView):
    def get_list_more_buttons(self, instance: Closure) -> list[Button]:
        url = reverse("termine:affected", args=[instance.pk])
        met = Button("Betroffene Termine", url=url, icon_name="date", priority=5)
        return [*super().get_list_more_buttons(instance), met]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.results_only:
            context["bridge_days"] = self.suggestions()
        return context

    def suggestions(self) -> list[dict[str, Any]]:
        """For administrators the bridge days of all offices, for advisors those of their own."""
        sees_all = any(self.permission_policy.has_all(self.request.user, action) for action in self.actions)
        advisor = None if sees_all else advisor_of(self.request.user)
        offices = [advisor.office] if advisor else list(Office.objects.in_operation())
        today = timezone.localdate()
        return [
            {
                "label": f"{day_label(bridge.day)} {bridge.day.year}",
                "holiday": bridge.holiday,
                "offices": "" if len(bridge.offices) == len(offices) else ", ".join(map(str, bridge.offices)),
                "url": f"{reverse('schliesszeiten:add')}?{PREFILL}={bridge.day.isoformat()}",
            }
            for bridge in open_bridge_days(offices, first=today, last=today + AHEAD, advisor=advisor)
        ]


class _ClosureEffect(EffectFirst):
    """After saving comes the page of the appointments that stand in the closure, where there are any."""

    def effect_panel(self, form: ModelForm) -> EffectPanel:
        return closure_panel(form.instance, self.request)

    def in_words(self, form: ModelForm) -> str:
        return closure_in_words(form.instance)

    def get_success_url(self) -> str:
        rows = AppointmentPolicy(Appointment).instances_user_has_any_permission_for(self.request.user, ["act"])
        if affected_by(self.object, rows=rows, now=timezone.now()):
            return reverse("termine:affected", args=[self.object.pk])
        return super().get_success_url()


class ClosureEditView(_ClosureEffect, OwnEditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("termine:affected", args=[self.object.pk])
        return [*super().header_more_buttons, Button("Betroffene Termine", url=url, icon_name="date", priority=5)]


class ClosureCopyView(_ClosureEffect, OwnCopyView):
    pass


class ClosureDeleteView(EffectOfDeletion, OwnDeleteView):
    def effect_panel(self) -> EffectPanel:
        return panel_without_closure(self.object, self.request)


class ClosureCreateView(_ClosureEffect, generic.CreateView):
    """A suggestion only fills the form; what is saved comes by POST."""

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        try:
            day = date.fromisoformat(self.request.GET.get(PREFILL, ""))
        except ValueError:
            return initial
        return initial | {"reason": "Brückentag", "first_day": day, "last_day": day}
