"""The panel „Auswirkung“: what a change would do to free times and booked appointments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.desk.ready_mail import ready_mail
from booking.domain.effect import WeekEffect
from booking.effects.closures import effect_of_closure, effect_without_closure
from booking.effects.hours import (
    effect_of_office_day,
    effect_of_rule,
    effect_without_office_day,
    effect_without_rule,
)
from booking.effects.plan import Effect
from booking.effects.services import effect_of_service
from booking.models import Appointment, AvailabilityRule, Closure, Service
from booking.permissions import AppointmentPolicy
from foundation.effects import EFFECT
from offices.models import OfficeDay

ONCE = "Jede Anfangszeit einer Beratungsperson zählt einmal, auch wenn mehrere Anliegen möglich sind."
OF_SERVICE = "Gezählt sind die Anfangszeiten für dieses Anliegen in allen Büros, mit der üblichen Dauer von {} Minuten."

WAGTAILS_FORM = "w-editor-form"
"""The id of the form on Wagtail's pages to create and edit."""

MAIL = "mail-"
"""Before the key of an appointment, it is the value of the button that shows its mail."""

IN_CLOSURE = "Gebuchte Termine in dieser Zeit"
IN_NO_HOURS = "Gebuchte Termine, die dann in keiner Beratungszeit mehr liegen"
OF_OTHER_KIND = "Gebuchte Termine, deren Art das Anliegen dann nicht mehr hat"
OF_NO_SERVICE = "Gebuchte Termine dieses Anliegens"


@dataclass
class EffectPanel(Component):
    """`met` says what the appointments are. Of those that the user may not see only the number is told."""

    effect: Effect
    request: HttpRequest
    met: str
    counted: str = ONCE
    deletes: bool = False

    template_name = "booking/desk/effect.html"

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        effect = self.effect
        seen = AppointmentPolicy(Appointment).instances_user_has_any_permission_for(self.request.user, ["view"])
        visible = set(seen.filter(pk__in=[each.pk for each in effect.met]).values_list("pk", flat=True))
        return {
            "effect": {
                "weeks": [_shown(week) for week in effect.weeks if week.changes],
                "gained": effect.gained,
                "lost": effect.lost,
                "last": effect.last,
                "met": [each for each in effect.met if each.pk in visible],
                "others": len(effect.met) - len(visible),
                "heading": self.met,
                "counted": self.counted,
                "deletes": self.deletes,
            }
        }


@dataclass
class ClosurePanel(EffectPanel):
    """Beside each appointment a button of the form `form_id` shows the mail that would offer it other times."""

    closure: Closure = field(kw_only=True)
    form_id: str = field(kw_only=True)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        chosen = self.request.POST.get(EFFECT)
        for appointment in context["effect"]["met"]:
            if chosen == f"{MAIL}{appointment.pk}" and appointment.email:
                context["appointment"] = appointment
                context["letter"] = ready_mail(appointment, now=timezone.now(), closure=self.closure)
        return context | {"form_id": self.form_id}


def _shown(week: WeekEffect) -> dict[str, Any]:
    return {"effect": week, "number": week.monday.isocalendar().week, "sunday": week.monday + timedelta(days=6)}


def closure_panel(closure: Closure, request: HttpRequest, *, form_id: str = WAGTAILS_FORM) -> EffectPanel:
    effect = effect_of_closure(closure, now=timezone.now())
    return ClosurePanel(effect, request, IN_CLOSURE, closure=closure, form_id=form_id)


def panel_without_closure(closure: Closure, request: HttpRequest) -> EffectPanel:
    return EffectPanel(effect_without_closure(closure, now=timezone.now()), request, IN_CLOSURE, deletes=True)


def rule_panel(rule: AvailabilityRule, services: Collection[int] | None, request: HttpRequest) -> EffectPanel:
    """For these services (none: all); with None of deleting the rule."""
    now = timezone.now()
    if services is None:
        return EffectPanel(effect_without_rule(rule, now=now), request, IN_NO_HOURS, deletes=True)
    return EffectPanel(effect_of_rule(rule, services, now=now), request, IN_NO_HOURS)


def office_day_panel(office_day: OfficeDay, advisors: Collection[int] | None, request: HttpRequest) -> EffectPanel:
    """With these advisors; with None of deleting the office day."""
    now = timezone.now()
    if advisors is None:
        return EffectPanel(effect_without_office_day(office_day, now=now), request, IN_NO_HOURS, deletes=True)
    return EffectPanel(effect_of_office_day(office_day, advisors, now=now), request, IN_NO_HOURS)


def service_panel(service: Service, request: HttpRequest) -> EffectPanel:
    effect = effect_of_service(service, now=timezone.now())
    met = OF_OTHER_KIND if service.is_active else OF_NO_SERVICE
    return EffectPanel(effect, request, met, counted=OF_SERVICE.format(service.duration))
