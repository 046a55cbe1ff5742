"""Who may see and change what of the booking: advisors their own, the head of an office what belongs to it,
administrators everything, others nothing.

Advisors hold permissions of the desk, such as `booking.use_desk`, and none on the models themselves. Wagtail's site
history shows the entries of every model on which a user has any permission at all: with those, it would name
colleagues.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from booking.feed_querysets import TEAM
from offices.models import Advisor

USE_DESK = "booking.use_desk"
SEE_OFFICE, LEAD_OFFICE = (f"booking.{codename}" for codename in TEAM)
WATCH_SYNC = "booking.watch_sync"

NOTHING = Q(pk__in=())


def advisor_of(user: Any) -> Advisor | None:
    """The active advisor whose desk this is; None for everyone else, former advisors included."""
    if not user.is_active or not user.has_perm(USE_DESK):
        return None
    if not hasattr(user, "_desk_advisor"):
        user._desk_advisor = Advisor.objects.filter(user=user, is_active=True).first()  # noqa: SLF001  # per request
    return user._desk_advisor  # noqa: SLF001


def is_of_team(advisor: Advisor) -> bool:
    """Whether the advisor's account sees all appointments of her office; `FeedQuerySet.for_readers` asks the same."""
    user = advisor.user
    return user is not None and user.is_active and (user.has_perm(SEE_OFFICE) or user.has_perm(LEAD_OFFICE))


def leads(user: Any, advisor: Advisor) -> bool:
    """Whether the user leads the office that this other advisor works from."""
    me = advisor_of(user)
    return me is not None and me != advisor and me.office_id == advisor.office_id and user.has_perm(LEAD_OFFICE)


def of_office(office_id: int) -> Q:
    """Rows that belong to an office: they take place there, or their advisor works from there."""
    return Q(office=office_id) | Q(advisor__office=office_id)


def is_of_office(instance: Any, office_id: int) -> bool:
    """The same as `of_office` for a row at hand."""
    return instance.office_id == office_id or (
        instance.advisor_id is not None and instance.advisor.office_id == office_id
    )


class OwnPolicy(ModelPermissionPolicy):
    """Permissions on the model count for all rows; the desk's permission for the rows of the own advisor."""

    own_actions = frozenset({"add", "change", "delete", "view"})

    def has_all(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, action)

    def has_office(self, user: Any, action: str) -> bool:
        """Whether the action reaches every row of the own office; asked of advisors only."""
        return False

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.has_all(user, action) or (action in self.own_actions and advisor_of(user) is not None)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if self.has_all(user, action):
            return True
        advisor = advisor_of(user) if action in self.own_actions else None
        if advisor is None:
            return False
        if instance.advisor_id == advisor.pk:
            return True
        return self.has_office(user, action) and is_of_office(instance, advisor.office_id)

    def instances_user_has_any_permission_for(self, user: AbstractBaseUser, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        if any(self.has_all(user, action) for action in actions):
            return rows
        return rows.filter(self._within_reach(user, self.own_actions & set(actions)))

    def _within_reach(self, user: AbstractBaseUser, actions: Iterable[str]) -> Q:
        advisor = advisor_of(user) if actions else None
        if advisor is None:
            return NOTHING
        if any(self.has_office(user, action) for action in actions):
            return Q(advisor=advisor) | of_office(advisor.office_id)
        return Q(advisor=advisor)


class OfficePolicy(OwnPolicy):
    """For times and closures: who leads an office does with its rows what advisors do with theirs."""

    def has_office(self, user: Any, action: str) -> bool:
        return bool(user.has_perm(LEAD_OFFICE))


class AppointmentPolicy(OwnPolicy):
    """Nobody adds, edits or deletes appointments by a generic form, not even a superuser.

    Two actions: `view`, and `act` for whatever a service of the booking does (move, cancel, note …). Colleagues of
    an office see each other's appointments where `booking.see_office` is granted; acting on them takes its lead.
    """

    own_actions = frozenset({"view", "act"})

    def leads(self, user: Any) -> bool:
        """Whoever acts on more than the own appointments for good: heads of offices, administrators."""
        return self.has_all(user, "act") or (advisor_of(user) is not None and self.has_office(user, "act"))

    def has_all(self, user: Any, action: str) -> bool:
        if action == "act":
            return super().has_all(user, "change")
        return action == "view" and super().has_all(user, action)

    def has_office(self, user: Any, action: str) -> bool:
        return user.has_perm(LEAD_OFFICE) or (action == "view" and user.has_perm(SEE_OFFICE))
