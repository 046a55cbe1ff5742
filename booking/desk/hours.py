"""The rules of advisors' hours on the desk."""

from __future__ import annotations

from django.forms import ModelForm
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.effect import EffectPanel, rule_panel
from booking.desk.views import OwnCopyView, OwnDeleteView, OwnEditView, OwnIndexView
from booking.models import Appointment
from booking.permissions import AppointmentPolicy
from booking.rules_in_words import rule_in_words
from foundation.effects import EffectFirst, EffectOfDeletion


class HoursIndexView(OwnIndexView):
    """The rules, with the way to a single extra time above them for whoever may open one."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if AppointmentPolicy(Appointment).user_has_permission(self.request.user, "act"):
            buttons.append(HeaderButton("Zusatzzeit", url=reverse("termine:extra"), icon_name="plus"))
        return buttons


class _RuleEffect(EffectFirst):
    def effect_panel(self, form: ModelForm) -> EffectPanel:
        services = [service.pk for service in form.cleaned_data["services"]]
        return rule_panel(form.instance, services, self.request)

    def in_words(self, form: ModelForm) -> str:
        rule = form.instance
        services = form.cleaned_data["services"] if form.is_bound else rule.services.all()
        return rule_in_words(rule, services, today=timezone.localdate())


class HoursCreateView(_RuleEffect, generic.CreateView):
    pass


class HoursEditView(_RuleEffect, OwnEditView):
    pass


class HoursCopyView(_RuleEffect, OwnCopyView):
    pass


class HoursDeleteView(EffectOfDeletion, OwnDeleteView):
    def effect_panel(self) -> EffectPanel:
        return rule_panel(self.object, None, self.request)
