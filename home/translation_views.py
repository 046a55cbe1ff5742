"""The admin's way to a translation: Wagtail's form, with the rules of this site for where a translation stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.contrib.simple_translation.forms import SubmitTranslationForm
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Locale

from foundation.languages import BY_CODE
from home.translating import AddressTaken, CannotBeTranslated, can_be_translated, translate_into


class TranslatePageView(SubmitPageTranslationView):
    """In the place of Wagtail's own, which would put the home page of a language beside the site, copy whole branches
    with news and courses, and fail on pages that stand for one office.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_be_translated(self.object):
            return self._refused("Seiten dieser Art gibt es nur auf Deutsch.")
        return super().get(request, *args, **kwargs)

    def get_form(self) -> forms.Form:
        # As a mere page, so that a page of text counts as the translation of a page of another kind.
        form = SubmitTranslationForm(self.object.page_ptr, self.request.POST or None)
        subtree = form.fields["include_subtree"]
        subtree.disabled, subtree.widget = True, forms.HiddenInput()
        known = form.fields["locales"].queryset
        form.fields["locales"].queryset = known.filter(language_code__in=BY_CODE)
        return form

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not can_be_translated(self.object) or not form.is_valid():
            return self.get(request, **kwargs)
        locales = form.cleaned_data["locales"]
        try:
            made = translate_into(self.object, locales=locales, user=request.user)
        except AddressTaken as taken:
            why = f"Unter „{taken}“ steht schon eine andere Seite. Ändern Sie zuerst deren Adresse."
            return self._refused(_for_all(why, locales, taken))
        except CannotBeTranslated as refusal:
            return self._refused(_for_all("Übersetzen Sie zuerst die Seite darüber.", locales, refusal))
        names = ", ".join(str(page.locale) for page in made)
        messages.success(request, f"Entwurf angelegt: „{self.object.get_admin_display_title()}“ ({names}).")
        return redirect(self.get_success_url(made[0] if len(made) == 1 else None))

    def _refused(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(reverse("wagtailadmin_explore", args=[self.object.get_parent().pk]))


def _for_all(why: str, locales: Collection[Locale], refusal: CannotBeTranslated) -> str:
    """Of several languages: which one it was, and that the others were not made either."""
    if len(locales) == 1:
        return why
    return f"{refusal.locale}: {why} Auch in den anderen Sprachen ist deshalb kein Entwurf angelegt."
