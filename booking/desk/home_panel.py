"""What advisors and offices see first after logging in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from booking.clashes import with_clashes
from booking.desk.sync import watched_advisors, watches_several
from booking.desk.sync_words import shown_channel, summary
from booking.domain.clock import BERLIN, moment_of
from booking.enums import ChannelState, Status
from booking.health.channels import AdvisorHealth, health_of
from booking.models import Appointment
from booking.permissions import AppointmentPolicy, advisor_of

TODAY, NEXT = 10, 5
"""Appointments on the panels."""


class Watch:
    """The channels that one user's panels tell of, looked at once for all of them."""

    def __init__(self, user: Any) -> None:
        self.advisor, self.is_of_several = advisor_of(user), watches_several(user)
        self._user = user

    @cached_property
    def healths(self) -> list[AdvisorHealth]:
        """Of all whom the user may look at; of an advisor her own is among them."""
        people = watched_advisors(self._user) if self.is_of_several else filter(None, [self.advisor])
        return health_of(people, now=timezone.now())

    @property
    def own(self) -> AdvisorHealth:
        return next(health for health in self.healths if health.advisor == self.advisor)


class TodayPanel(Component):
    """The day of whoever may see appointments; an advisor's own come first. Two queries."""

    name = "todays_appointments"
    template_name = "booking/desk/todays_appointments.html"
    order = 49

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        me, now = advisor_of(self.user), timezone.now()
        today = timezone.localdate(now)
        within_reach = AppointmentPolicy(Appointment).instances_user_has_any_permission_for(self.user, ["view"])
        booked = Appointment.objects.booked().starting_on(today).filter(pk__in=within_reach.values("pk"))
        others_last = Case(When(advisor=me, then=Value(0)), default=Value(1))
        span = {"starts_at_from": today.isoformat(), "starts_at_to": today.isoformat(), "status": Status.BOOKED.value}
        number = booked.count()
        rows = with_clashes(booked.with_places(), now=now).order_by(others_last, "starts_at", "pk")
        return {
            "heading": f"Heute: {number or 'kein'} {'Termin' if number < 2 else 'Termine'}",
            "me": me,
            "number": number,
            "appointments": rows[:TODAY],
            "list_url": f"{reverse('termine:index')}?{urlencode(span)}",
        }


class NextAppointmentsPanel(Component):
    """An advisor's own of the days after today."""

    name = "next_appointments"
    template_name = "booking/desk/next_appointments.html"
    order = 50

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        advisor, now = self.watch.advisor, timezone.now()
        midnight = moment_of(BERLIN.day_span(timezone.localdate(now))[1])
        upcoming = Appointment.objects.booked().filter(advisor=advisor, starts_at__gte=midnight)
        health = self.watch.own
        return {
            "appointments": with_clashes(upcoming, now=now).select_related("service", "office", "office_day")[:NEXT],
            "summary": summary([health]),
            "sync_url": reverse("abgleich:advisor", args=[health.advisor.pk]),
            "out": [shown_channel(each, with_name=True) for each in health.channels if each.state == ChannelState.OUT],
        }


class OfficeSyncPanel(Component):
    """For whoever looks after more than the own calendar."""

    name = "office_sync"
    template_name = "booking/desk/office_sync.html"
    order = 51

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"summary": summary(self.watch.healths), "sync_url": reverse("abgleich:index")}


def panels_for(request: HttpRequest) -> list[Component]:
    watch = Watch(request.user)
    sees_appointments = AppointmentPolicy(Appointment).user_has_permission(request.user, "view")
    return [
        *([TodayPanel(request.user)] if sees_appointments else []),
        *([NextAppointmentsPanel(watch)] if watch.advisor else []),
        *([OfficeSyncPanel(watch)] if watch.is_of_several else []),
    ]
