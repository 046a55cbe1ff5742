"""Closures on the desk: the list suggests bridge days, and a suggestion fills the form for a new closure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.forms import ModelForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views import generic

from booking.desk.effect import EFFECT, effect_values
from booking.desk.views import OwnEditView, OwnIndexView
from booking.permissions import advisor_of
from booking.selectors import open_bridge_days
from booking.wording import day_label
from offices.models import Office

AHEAD = timedelta(days=365)
PREFILL = "brueckentag"


class ClosureIndexView(OwnIndexView):
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


class _EffectFirst:
    """A second button shows above the filled form what saving it would do, and saves nothing."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        if EFFECT not in self.request.POST:
            return super().form_valid(form)
        self.form = form
        return self.render_to_response(self.get_context_data(effect=effect_values(form.instance, self.request)))


class ClosureEditView(_EffectFirst, OwnEditView):
    pass


class ClosureCreateView(_EffectFirst, generic.CreateView):
    """A suggestion only fills the form; what is saved comes by POST."""

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        try:
            day = date.fromisoformat(self.request.GET.get(PREFILL, ""))
        except ValueError:
            return initial
        return initial | {"reason": "Brückentag", "first_day": day, "last_day": day}
