"""Deleting in the admin what other things still need: refused with a sentence, never with an error page (F37).

The page that asks says so at once and has no button then; the deletion itself asks again.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.admin.utils import quote
from django.db import router
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class GuardedDeleteView(DeleteView):
    """Asks the database itself; the reference index, which Wagtail asks, does not know of every row."""

    template_name = "foundation/guarded_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        needed_by = what_needs(self.object)
        if needed_by:
            context |= {"is_protected": True, "refusal": refusal(str(self.object), needed_by)}
            context["edit_url"] = self._edit_url()
        return context

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
        return HttpResponseRedirect(self._edit_url())

    def _edit_url(self) -> str:
        pk = next(iter(self.kwargs.values()), None)
        return reverse(self.edit_url_name, args=(quote(pk),))


def what_needs(thing: Model) -> set[Model]:
    """The rows for which the database would refuse to delete a stored thing; none, and it can be deleted."""
    try:
        Collector(using=router.db_for_write(type(thing), instance=thing), origin=thing).collect([thing])
    except ProtectedError as error:
        return error.protected_objects
    except RestrictedError as error:
        return error.restricted_objects
    return set()


def refusal(name: str, needed_by: set[Model]) -> str:
    """For example: „Büro Hameln“ kann nicht gelöscht werden: 2 Termine, 1 Beratungsperson hängen daran. …"""
    kinds = Counter(type(instance) for instance in needed_by)
    counted = ", ".join(
        f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in sorted(kinds.items(), key=lambda pair: pair[0].__name__)
    )
    verb = "hängt" if sum(kinds.values()) == 1 else "hängen"
    return f"„{name}“ kann nicht gelöscht werden: {counted} {verb} daran. Schalten Sie den Eintrag stattdessen ab."
