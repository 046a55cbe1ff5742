"""Contacts of an office, as its own editors keep them: docs/decisions/office-contacts.md says what they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import BasePermissionPolicy

from foundation.files_within_reach import FilesWithinReach
from home.office_editors import KEEP_CONTACTS
from home.writers import numbers_of_offices, offices_of
from offices.models import Advisor, Office

_MAILS = HelpPanel(
    "<p>Was Sie hier speichern, steht sofort auf der Website. E-Mail-Adressen ändert die Redaktion: An sie gehen auch "
    "Nachrichten zu Terminen.</p>",
    heading="Gut zu wissen",
)


class ContactForm(FilesWithinReach, WagtailAdminModelForm):
    """Takes as portrait only what its user may choose."""


def keeps_contacts(user: Any) -> bool:
    """Costs no query, for the menu asks it on every page of the admin."""
    return bool(user.is_active and not user.is_superuser and user.has_perm(KEEP_CONTACTS))


class OwnOfficesPolicy(BasePermissionPolicy):
    """Whoever is in the Büro-Redaktion of an office changes its rows, and does nothing else with them.

    The permission stands on `OfficeEditors`: with one on these models, Wagtail's history would show all changes of all.
    """

    def own_rows(self, user: Any) -> QuerySet:
        raise NotImplementedError

    def is_own(self, user: Any, row: Any) -> bool:
        """The same as `own_rows` for a row at hand, without a query for each."""
        raise NotImplementedError

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return "change" in actions and keeps_contacts(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = get_user_model()._default_manager
        return people.filter(is_active=True, groups__edits_for__isnull=False).distinct()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and self.is_own(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        return (
            self.own_rows(user) if self.user_has_any_permission(user, actions) else self.model._default_manager.none()
        )


class OwnOffices(OwnOfficesPolicy):
    def own_rows(self, user: Any) -> QuerySet:
        return offices_of(user)

    def is_own(self, user: Any, row: Office) -> bool:
        return row.pk in numbers_of_offices(user)


class OwnPeople(OwnOfficesPolicy):
    """Whom the website shows; others are nobody's contact."""

    def own_rows(self, user: Any) -> QuerySet:
        return Advisor.objects.shown().filter(office__in=offices_of(user))

    def is_own(self, user: Any, row: Advisor) -> bool:
        return row.office_id in numbers_of_offices(user) and row.is_active and row.is_public


class ContactsIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])


class ContactEditView(generic.EditView):
    """What belongs to another office is not found (404)."""

    def get_queryset(self) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])


class ContactViewSet(ModelViewSet):
    """Beside the editors' own viewset of the model, which keeps history, permissions and the address in the admin."""

    policy_class: type[OwnOfficesPolicy]
    index_view_class = ContactsIndexView
    edit_view_class = ContactEditView
    search_backend_name = None
    add_to_reference_index = False
    ordering = "name"

    @property
    def permission_policy(self) -> OwnOfficesPolicy:
        return self.policy_class(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(("history_url_name", "usage_url_name", "add_url_name", "delete_url_name"))
        return super().get_common_view_kwargs(**absent | kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]

    def register_admin_url_finder(self) -> None:
        pass

    def register_permissions(self) -> None:
        pass


class OfficeContactViewSet(ContactViewSet):
    model = Office
    name = "kontakt-buero"
    icon = "home"
    policy_class = OwnOffices
    menu_label = "Büro"
    list_display = ["name", "phone"]
    edit_handler = ObjectList(
        [
            _MAILS,
            FieldPanel("phone"),
            MultiFieldPanel([FieldPanel("arrival"), FieldPanel("step_free")], "So kommt man hin"),
            InlinePanel("opening_hours", heading="Öffnungszeiten", label="Öffnungszeit"),
        ],
        base_form_class=ContactForm,
    )


class PersonContactViewSet(ContactViewSet):
    model = Advisor
    name = "kontakt-menschen"
    icon = "group"
    policy_class = OwnPeople
    menu_label = "Menschen"
    list_display = ["name", "role", "phone"]
    edit_handler = ObjectList(
        [
            _MAILS,
            MultiFieldPanel([FieldPanel("role"), FieldPanel("focus"), FieldPanel("phone")], "Aufgabe und Telefon"),
            FieldPanel("portrait"),
            FieldPanel("about"),
        ],
        base_form_class=ContactForm,
    )


class ContactsGroup(ModelViewSetGroup):
    menu_label = "Kontakte"
    menu_name = "kontakte"
    menu_icon = "group"
    menu_order = 211
    items = (OfficeContactViewSet, PersonContactViewSet)
