"""The readers of the desk: which people and places a user deals with there."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from booking.models import Appointment
from booking.permissions import LEAD_OFFICE, AppointmentPolicy, advisor_of
from foundation.models import User
from offices.models import Advisor, Office


def advisors_at(office_id: int) -> QuerySet[Advisor]:
    """Active advisors who work from an office, or come to it by a rule or an office day. By name."""
    there = Q(office=office_id) | Q(availability_rules__office=office_id) | Q(office_days__office=office_id)
    return Advisor.objects.active().filter(pk__in=Advisor.objects.filter(there).values("pk"))


def advisors_within_reach(user: Any, action: str = "act") -> QuerySet[Advisor]:
    """Whose appointments the action may concern: everybody's, those of the own office, or the own."""
    policy = AppointmentPolicy(Appointment)
    if policy.has_all(user, action):
        return Advisor.objects.active()
    me = advisor_of(user)
    if me is None:
        return Advisor.objects.none()
    if policy.has_office(user, action):
        return advisors_at(me.office_id)
    return Advisor.objects.active().filter(pk=me.pk)


def offices_within_reach(user: Any, action: str = "act") -> QuerySet[Office]:
    """Where appointments of the action may be: everywhere, or at the own office."""
    if AppointmentPolicy(Appointment).has_all(user, action):
        return Office.objects.in_operation()
    me = advisor_of(user)
    return Office.objects.none() if me is None else Office.objects.filter(pk=me.office_id)


def chosen_office(request: HttpRequest, offices: list[Office]) -> Office:
    """Of those that the user may look at the wanted one, else the own, else the first. Others are not found."""
    me = advisor_of(request.user)
    wanted = request.GET.get("buero") or (me.office.slug if me else None)
    found = [office for office in offices if not wanted or office.slug == wanted]
    if not found:
        raise Http404
    return found[0]


def offices_to_move_to(user: Any) -> QuerySet[Office]:
    """Where those within reach give times: everywhere, from and at the own office, or the own places."""
    people = advisors_within_reach(user).values("pk")
    there = Q(advisors__in=people) | Q(availability_rules__advisor__in=people) | Q(office_days__advisors__in=people)
    return Office.objects.in_operation().filter(there).distinct()


def advisors_to_move_to(user: Any, office: Office) -> list[Advisor]:
    """Those within reach whose appointment at the office would stay within it."""
    policy = AppointmentPolicy(Appointment)
    return [
        person
        for person in advisors_within_reach(user)
        if policy.user_has_permission_for_instance(user, "act", Appointment(advisor=person, office=office))
    ]


def leads_of(office: Office) -> list[str]:
    """Names of those who lead an office. One query."""
    leads = Advisor.objects.active().filter(office=office, user__in=_accounts_with(LEAD_OFFICE))
    return list(leads.values_list("name", flat=True))


def people_with(permission: str) -> list[str]:
    """Names of the accounts that have a right on every row; those without a name stay unnamed. One query."""
    return [account.get_full_name() for account in _accounts_with(permission) if account.get_full_name()]


def _accounts_with(permission: str) -> QuerySet[User]:
    backend = "django.contrib.auth.backends.ModelBackend"
    return User.objects.with_perm(permission, backend=backend).order_by("last_name", "first_name", "pk")
