"""What advisors and offices see first after logging in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from booking.clashes import with_clashes
from booking.desk.sync import watched_advisors, watches_several
from booking.desk.sync_words import shown_channel, summary
from booking.enums import ChannelState
from booking.health.channels import AdvisorHealth, health_of
from booking.models import Appointment
from booking.permissions import advisor_of

NEXT = 5
"""Appointments on the panel."""


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


class NextAppointmentsPanel(Component):
    name = "next_appointments"
    template_name = "booking/desk/next_appointments.html"
    order = 50

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        advisor, now = self.watch.advisor, timezone.now()
        upcoming = Appointment.objects.booked().filter(advisor=advisor, ends_at__gt=now)
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
    own = [NextAppointmentsPanel(watch)] if watch.advisor else []
    return [*own, OfficeSyncPanel(watch)] if watch.is_of_several else own
