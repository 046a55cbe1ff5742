"""Services on the desk: what their rules do to the times on offer, before they are saved."""

from __future__ import annotations

from django.forms import ModelForm
from wagtail.admin.views import generic

from booking.desk.effect import EffectPanel, panel_without_service, service_panel
from booking.rules_in_words import service_in_words
from foundation.deletion import GuardedDeleteView
from foundation.effects import EffectFirst, EffectOfDeletion


class _ServiceEffect(EffectFirst):
    def effect_panel(self, form: ModelForm) -> EffectPanel:
        return service_panel(form.instance, self.request)

    def in_words(self, form: ModelForm) -> str:
        return service_in_words(form.instance)


class ServiceCreateView(_ServiceEffect, generic.CreateView):
    pass


class ServiceEditView(_ServiceEffect, generic.EditView):
    pass


class ServiceCopyView(_ServiceEffect, generic.CopyView):
    pass


class ServiceDeleteView(EffectOfDeletion, GuardedDeleteView):
    def effect_panel(self) -> EffectPanel:
        return panel_without_service(self.object, self.request)
