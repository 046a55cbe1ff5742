"""Deleting in the admin what other things still need: refused with a sentence, never with an error page (F37).

The page that asks says so at once and has no button then; the deletion itself asks again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.db import router
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.models import Page

PLACES_SHOWN = 20


class GuardedDeleteView(DeleteView):
    """Asks the database itself; the reference index, which Wagtail asks, does not know of every row."""

    template_name = "foundation/guarded_delete.html"
    links_count = False
    """What other things merely name, such as a topic, is needed too; the database would take it off them silently."""
    advice = "Schalten Sie den Eintrag stattdessen ab."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        needed_by = self._needed_by()
        if needed_by:
            context |= {"is_protected": True, "refusal": refusal(str(self.object), needed_by, self.advice)}
            context["edit_url"] = self._edit_url()
            # The names of appointments are nobody's business here, and would cost a query each.
            context["places"] = places_of(needed_by) if self.links_count else []
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        name = str(self.object)
        success_url = self.get_success_url()
        if self.links_count and (links := what_links_to(self.object)):
            return self._refuse(name, links)
        try:
            self.delete_action()
        except ProtectedError as error:
            return self._refuse(name, error.protected_objects)
        except RestrictedError as error:
            return self._refuse(name, error.restricted_objects)
        messages.success(self.request, self.get_success_message())
        return self.run_after_hook() or HttpResponseRedirect(success_url)

    def _needed_by(self) -> set[Model]:
        return what_needs(self.object) | (what_links_to(self.object) if self.links_count else set())

    def _refuse(self, name: str, needed_by: set[Model]) -> HttpResponse:
        messages.error(self.request, refusal(name, needed_by, self.advice))
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


def what_links_to(thing: Model) -> set[Model]:
    """The rows with a choice of several things, this one among them. One query for each kind of row."""
    found: set[Model] = set()
    for relation in thing._meta.related_objects:
        if relation.many_to_many:
            found |= set(relation.related_model._base_manager.filter(**{relation.field.name: thing.pk}))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is used; `url` is empty where no page of the admin is known."""

    kind: str
    name: str
    url: str


def places_of(needed_by: set[Model]) -> list[Place]:
    """The first of them, by kind and name."""
    found = [
        Place(
            str(each._meta.verbose_name),
            str(each),
            reverse("wagtailadmin_pages:edit", args=[each.pk]) if isinstance(each, Page) else "",
        )
        for each in needed_by
    ]
    return sorted(found, key=lambda place: (place.kind, place.name, place.url))[:PLACES_SHOWN]


def refusal(name: str, needed_by: set[Model], advice: str) -> str:
    """For example: „Büro Hameln“ kann nicht gelöscht werden: 2 Termine, 1 Beratungsperson hängen daran. …"""
    kinds = Counter(type(instance) for instance in needed_by)
    counted = ", ".join(
        f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in sorted(kinds.items(), key=lambda pair: pair[0].__name__)
    )
    verb = "hängt" if sum(kinds.values()) == 1 else "hängen"
    return f"„{name}“ kann nicht gelöscht werden: {counted} {verb} daran. {advice}"
