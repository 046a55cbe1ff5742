"""„Auswirkung zeigen“: the place in the admin where a form says what saving it would do, and a deletion what it does.

What that is, the views say; an app above may say it for a lower one (see `offices.effects`).
"""

from __future__ import annotations

from typing import Any

from django.forms import ModelForm
from django.http import HttpResponse
from wagtail.admin.ui.components import Component

EFFECT = "auswirkung"
"""The name of the second button."""


class EffectFirst:
    """A second button shows above the filled form what saving it would do, and saves nothing."""

    template_name = "foundation/effect_form.html"

    def effect_panel(self, form: ModelForm) -> Component | None:
        """Of a valid form; None where nobody knows."""
        raise NotImplementedError

    def in_words(self, form: ModelForm) -> str:
        """How the rule reads that is stored, or that a valid form would store."""
        raise NotImplementedError

    def form_valid(self, form: ModelForm) -> HttpResponse:
        if EFFECT not in self.request.POST:
            return super().form_valid(form)
        self.form = form
        panel = self.effect_panel(form)
        context = self.get_context_data(effect_panel=panel, words=self.in_words(form))
        if panel is not None:
            context["media"] += panel.media
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.form.is_bound and self.form.instance.pk:
            context["words"] = self.in_words(self.form)
        return context


class EffectOfDeletion:
    """The page that asks before a deletion says what it would do."""

    template_name = "foundation/effect_delete.html"

    def effect_panel(self) -> Component | None:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"effect_panel": self.effect_panel()}
