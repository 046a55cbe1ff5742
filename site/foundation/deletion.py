"""Deleting in the admin what other things still need: refused with a sentence, never with an error page (F37)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class GuardedDeleteView(DeleteView):
    """Asks the database itself; the reference index, which Wagtail asks, does not know of every row."""

    def form_valid(self, form: Any) -> HttpResponse:
        name = str(self.object)
        success_url = self.get_success_url()
        try:
            self.delete_action()
        except ProtectedError as error:
            return self._refuse(name, error.protected_objects)
        except RestrictedError as error:
            return self._refuse(name, error.restricted_objects)
        messages.success(self.request, self.get_success_message())
        return self.run_after_hook() or HttpResponseRedirect(success_url)

    def _refuse(self, name: str, needed_by: set[Model]) -> HttpResponse:
        messages.error(self.request, refusal(name, needed_by))
        pk = next(iter(self.kwargs.values()), None)
        return HttpResponseRedirect(reverse(self.edit_url_name, args=(quote(pk),)))


def refusal(name: str, needed_by: set[Model]) -> str:
    """For example: „Büro Hameln“ kann nicht gelöscht werden: 2 Termine, 1 Beratungsperson hängen daran. …"""
    kinds = Counter(type(instance) for instance in needed_by)
    counted = ", ".join(
        f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in sorted(kinds.items(), key=lambda pair: pair[0].__name__)
    )
    verb = "hängt" if sum(kinds.values()) == 1 else "hängen"
    return f"„{name}“ kann nicht gelöscht werden: {counted} {verb} daran. Schalten Sie den Eintrag stattdessen ab."
