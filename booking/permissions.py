"""Who may see and change what of the booking: advisors their own, administrators everything, others nothing.

Advisors hold one permission, `booking.use_desk`, and none on the models themselves. Wagtail's site history shows
the entries of every model on which a user has any permission at all: with those, it would name colleagues.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from offices.models import Advisor

USE_DESK = "booking.use_desk"


def advisor_of(user: Any) -> Advisor | None:
    """The active advisor whose desk this is; None for everyone else, former advisors included."""
    if not user.is_active or not user.has_perm(USE_DESK):
        return None
    if not hasattr(user, "_desk_advisor"):
        user._desk_advisor = Advisor.objects.filter(user=user, is_active=True).first()  # noqa: SLF001  # per request
    return user._desk_advisor  # noqa: SLF001


class OwnPolicy(ModelPermissionPolicy):
    """Permissions on the model count for all rows; the desk's permission for the rows of the own advisor."""

    own_actions = frozenset({"add", "change", "delete", "view"})

    def has_all(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, action)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.has_all(user, action) or (action in self.own_actions and advisor_of(user) is not None)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if self.has_all(user, action):
            return True
        advisor = advisor_of(user) if action in self.own_actions else None
        return advisor is not None and instance.advisor_id == advisor.pk

    def instances_user_has_any_permission_for(self, user: AbstractBaseUser, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        if any(self.has_all(user, action) for action in actions):
            return rows
        advisor = advisor_of(user) if self.own_actions & set(actions) else None
        return rows.none() if advisor is None else rows.filter(advisor=advisor)


class ReadOnlyOwnPolicy(OwnPolicy):
    """For appointments: nobody adds, edits or deletes them by a generic form, not even a superuser."""

    own_actions = frozenset({"view"})

    def has_all(self, user: Any, action: str) -> bool:
        return action == "view" and super().has_all(user, action)
