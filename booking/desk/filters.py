"""Filters of the booking's lists; the one by advisor only for those who see more than one, naming only these."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from booking.desk.people import advisors_within_reach
from booking.models import Appointment, AvailabilityRule, Closure
from booking.permissions import AppointmentPolicy, OfficePolicy, OwnPolicy
from booking.querysets import AppointmentQuerySet

_ACTIONS = ("view", "change")


class OwnFilterSet(WagtailFilterSet):
    policy_class: type[OwnPolicy] = OfficePolicy

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy, user = self.policy_class(self._meta.model), self.request.user
        if any(policy.has_all(user, action) for action in _ACTIONS):
            return
        self.filters.pop("office", None)
        if any(policy.has_office(user, action) for action in _ACTIONS):
            self.filters["advisor"].queryset = advisors_within_reach(user, "view")
        else:
            self.filters.pop("advisor", None)


class AppointmentFilterSet(OwnFilterSet):
    policy_class = AppointmentPolicy
    starts_at = django_filters.DateFromToRangeFilter(label="Tag", widget=DateRangePickerWidget)
    reply = django_filters.ChoiceFilter(
        label="Zusage", choices=[("ja", "zugesagt"), ("offen", "Antwort offen")], method="by_reply"
    )

    earlier = django_filters.BooleanFilter(
        label="Möchte früher kommen",
        field_name="earlier_wish",
        lookup_expr="isnull",
        exclude=True,
        widget=forms.Select(choices=[("", "alle"), ("true", "ja")]),
    )

    class Meta:
        model = Appointment
        fields = ["starts_at", "status", "reply", "earlier", "outcome", "kind", "service", "office", "advisor"]

    def by_reply(self, rows: AppointmentQuerySet, _name: str, value: str) -> AppointmentQuerySet:
        return rows.said_to_come() if value == "ja" else rows.awaiting_answer()


class AvailabilityRuleFilterSet(OwnFilterSet):
    class Meta:
        model = AvailabilityRule
        fields = ["advisor", "office"]


class ClosureFilterSet(OwnFilterSet):
    first_day = django_filters.DateFromToRangeFilter(label="Tag", widget=DateRangePickerWidget)

    class Meta:
        model = Closure
        fields = ["first_day", "advisor", "office"]
