"""The panel „Auswirkung“: what a change would do to free times and booked appointments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
from booking.effects.places import (
    effect_of_advisor,
    effect_of_office,
    effect_without_advisor,
    effect_without_office,
    only_the_pool_changes,
)
from booking.effects.plan import Effect
from booking.effects.services import effect_of_service, effect_without_service
from booking.models import Appointment, AvailabilityRule, Closure, Service
from booking.permissions import AppointmentPolicy
from foundation.effects import EFFECT
from offices.models import Advisor, Office, OfficeDay

ONCE = "Jede Anfangszeit einer Beratungsperson zählt einmal, auch wenn mehrere Anliegen möglich sind."
OF_POOL = (
    "Gezählt sind die Zeiten, die ein Betrieb ohne Wunsch nach einer bestimmten Person bekommt. Wer die Person selbst "
    "wählt, kann sie weiter buchen."
)
OF_SERVICE = "Gezählt sind die Anfangszeiten für dieses Anliegen in allen Büros, mit der üblichen Dauer von {} Minuten."

WAGTAILS_FORM = "w-editor-form"
"""The id of the form on Wagtail's pages to create and edit."""

MAIL = "mail-"
"""Before the key of an appointment, it is the value of the button that shows its mail."""

IN_CLOSURE = "Gebuchte Termine in dieser Zeit"
IN_NO_HOURS = "Gebuchte Termine, die dann in keiner Beratungszeit mehr liegen"
OF_OTHER_KIND = "Gebuchte Termine, deren Art das Anliegen dann nicht mehr hat"
OF_NO_SERVICE = "Gebuchte Termine dieses Anliegens"
OF_OFFICE = "Gebuchte Termine dieses Büros"
IN_CLOSED_OFFICE = "Gebuchte Termine an Tagen, an denen das Büro dann geschlossen ist"
OF_FORMER = "Gebuchte Termine dieser Person"

TO_ALL = "Nach dem Speichern bieten Sie ihnen auf „Betroffene Termine“ mit einem Klick Ersatztermine an."
ONE_BY_ONE = "Geschickt wird sie auf der Seite des Termins mit „Andere Zeiten anbieten“."
"""How the ready mails go out once the change is made."""


@dataclass
class EffectPanel(Component):
    """`met` says what the appointments are. Of those that the user may not see only the number is told.

    Beside each appointment „E-Mail ansehen“ shows the mail that would offer it other times: a button of the form
    `form_id`, and on the page that asks before a deletion a link, for there only the deletion is a form.
    """

    effect: Effect
    request: HttpRequest
    met: str
    counted: str = ONCE
    deletes: bool = False
    form_id: str = WAGTAILS_FORM
    next_step: str = ONE_BY_ONE

    template_name = "booking/desk/effect.html"

    class Media:
        css = {"all": ["css/admin-desk.css"], "screen and (max-width: 60rem)": ["css/admin-stacked.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        effect = self.effect
        seen = AppointmentPolicy(Appointment).instances_user_has_any_permission_for(self.request.user, ["view"])
        visible = set(seen.filter(pk__in=[each.pk for each in effect.met]).values_list("pk", flat=True))
        met = [each for each in effect.met if each.pk in visible]
        return self._letter(met) | {
            "form_id": self.form_id,
            "next_step": self.next_step,
            "effect": {
                "weeks": [_shown(week) for week in effect.weeks if week.changes],
                "gained": effect.gained,
                "lost": effect.lost,
                "last": effect.last,
                "met": met,
                "others": len(effect.met) - len(visible),
                "heading": self.met,
                "counted": self.counted,
                "deletes": self.deletes,
            },
        }

    def _letter(self, met: list[Appointment]) -> dict[str, Any]:
        """What was asked for: the mail of one of them, with times that the change leaves."""
        chosen = (self.request.GET if self.deletes else self.request.POST).get(EFFECT)
        for appointment in met:
            if chosen == f"{MAIL}{appointment.pk}" and appointment.email:
                letter = ready_mail(appointment, now=timezone.now(), stays=self.effect.stays)
                return {"appointment": appointment, "letter": letter}
        return {}


def _shown(week: WeekEffect) -> dict[str, Any]:
    return {"effect": week, "number": week.monday.isocalendar().week, "sunday": week.monday + timedelta(days=6)}


def closure_panel(closure: Closure, request: HttpRequest, *, form_id: str = WAGTAILS_FORM) -> EffectPanel:
    effect = effect_of_closure(closure, now=timezone.now())
    return EffectPanel(effect, request, IN_CLOSURE, form_id=form_id, next_step=TO_ALL)


def panel_without_closure(closure: Closure, request: HttpRequest) -> EffectPanel:
    return EffectPanel(effect_without_closure(closure, now=timezone.now()), request, IN_CLOSURE, deletes=True)


def rule_panel(rule: AvailabilityRule, services: Collection[int] | None, request: HttpRequest) -> EffectPanel:
    """For these services (none: all); with None of deleting the rule."""
    now = timezone.now()
    if services is None:
        return EffectPanel(effect_without_rule(rule, now=now), request, IN_NO_HOURS, deletes=True)
    return EffectPanel(effect_of_rule(rule, services, now=now), request, IN_NO_HOURS)


def office_day_panel(office_day: OfficeDay, request: HttpRequest, advisors: Collection[int] | None) -> EffectPanel:
    """With these advisors; with None of deleting the office day."""
    now = timezone.now()
    if advisors is None:
        return EffectPanel(effect_without_office_day(office_day, now=now), request, IN_NO_HOURS, deletes=True)
    return EffectPanel(effect_of_office_day(office_day, advisors, now=now), request, IN_NO_HOURS)


def service_panel(service: Service, request: HttpRequest) -> EffectPanel:
    effect = effect_of_service(service, now=timezone.now())
    met = OF_OTHER_KIND if service.is_active else OF_NO_SERVICE
    return EffectPanel(effect, request, met, counted=OF_SERVICE.format(service.duration))


def panel_without_service(service: Service, request: HttpRequest) -> EffectPanel:
    effect = effect_without_service(service, now=timezone.now())
    counted = OF_SERVICE.format(service.duration)
    return EffectPanel(effect, request, OF_NO_SERVICE, counted=counted, deletes=True)


def office_panel(office: Office, request: HttpRequest, *, deletes: bool = False) -> EffectPanel:
    if deletes:
        return EffectPanel(effect_without_office(office, now=timezone.now()), request, OF_OFFICE, deletes=True)
    return EffectPanel(effect_of_office(office, now=timezone.now()), request, IN_CLOSED_OFFICE)


def advisor_panel(advisor: Advisor, request: HttpRequest, *, deletes: bool = False) -> EffectPanel:
    if deletes:
        return EffectPanel(effect_without_advisor(advisor, now=timezone.now()), request, OF_FORMER, deletes=True)
    effect = effect_of_advisor(advisor, now=timezone.now())
    stored = Advisor.objects.filter(pk=advisor.pk).first() if advisor.pk else None
    is_pool = stored is not None and only_the_pool_changes(stored, advisor)
    return EffectPanel(effect, request, OF_FORMER, counted=OF_POOL if is_pool else ONCE)
