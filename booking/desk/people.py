"""The readers of the desk: which people and places a user deals with there."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from booking.models import Appointment
from booking.permissions import AppointmentPolicy, advisor_of
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
