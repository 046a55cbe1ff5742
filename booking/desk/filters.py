"""Filters of the booking's lists; the one by advisor only for those who see more than one."""

from __future__ import annotations

from typing import Any

import django_filters
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from booking.models import Appointment, AvailabilityRule, Closure
from booking.permissions import OwnPolicy


class OwnFilterSet(WagtailFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = OwnPolicy(self._meta.model)
        if not any(policy.has_all(self.request.user, action) for action in ("view", "change")):
            for name in ("advisor", "office"):
                self.filters.pop(name, None)


class AppointmentFilterSet(OwnFilterSet):
    starts_at = django_filters.DateFromToRangeFilter(label="Tag", widget=DateRangePickerWidget)

    class Meta:
        model = Appointment
        fields = ["starts_at", "status", "kind", "service", "office", "advisor"]


class AvailabilityRuleFilterSet(OwnFilterSet):
    class Meta:
        model = AvailabilityRule
        fields = ["advisor", "office"]


class ClosureFilterSet(OwnFilterSet):
    first_day = django_filters.DateFromToRangeFilter(label="Tag", widget=DateRangePickerWidget)

    class Meta:
        model = Closure
        fields = ["first_day", "advisor", "office"]
