"""„Abgleich“: whether all appointments have arrived where people look for them. One page for an office, one for each
advisor. Colleagues see each other's where they see each other's appointments."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import cache_control

from booking.desk.people import advisors_within_reach, chosen_office
from booking.desk.sync_words import Summary, in_one_word, shown_channel, shown_waiting, summary
from booking.desk.team import TeamPage, TeamViewSet, sees_all_offices
from booking.enums import Channel
from booking.health.channels import AdvisorHealth, health_of
from booking.health.details import in_detail
from booking.models import Appointment, CalendarChannel
from booking.permissions import AppointmentPolicy, advisor_of
from offices.models import Advisor, Office


def watched_advisors(user: Any) -> QuerySet[Advisor]:
    """Whose channels the user may look at: the own, those who work from the same office, or everybody's.

    Guests who only come to the office have theirs at home: there their appointments elsewhere are nobody's business.
    """
    within = advisors_within_reach(user, "view")
    me = None if AppointmentPolicy(Appointment).has_all(user, "view") else advisor_of(user)
    return within if me is None else within.filter(office=me.office_id)


def watches_several(user: Any) -> bool:
    """Whether the user may look at others' channels too."""
    policy = AppointmentPolicy(Appointment)
    return policy.has_all(user, "view") or (advisor_of(user) is not None and policy.has_office(user, "view"))


def summary_for(user: Any, office: Office | None = None) -> Summary:
    """Of all whom the user may look at, or those of one office."""
    people = watched_advisors(user)
    return summary(health_of(people if office is None else people.filter(office=office), now=timezone.now()))


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class _SyncPage(TeamPage):
    header_icon = "rotate"


class OfficeSyncView(_SyncPage):
    template_name = "booking/desk/sync_office.html"
    page_title = "Abgleich"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offices = self.offices()
        office = chosen_office(self.request, offices)
        healths = health_of(watched_advisors(self.request.user).filter(office=office), now=timezone.now())
        return super().get_context_data(**kwargs) | {
            "offices": offices if len(offices) > 1 else [],
            "office": office,
            "summary": summary(healths),
            "channels": [channel.label for channel in Channel],
            "rows": [_row(health) for health in healths],
            "waiting": [
                (health.advisor, [shown_waiting(each) for each in health.waiting])
                for health in healths
                if health.waiting
            ],
        }


def _row(health: AdvisorHealth) -> dict[str, Any]:
    return {
        "advisor": health.advisor,
        "summary": summary([health]),
        "cells": [(channel.label, in_one_word(health.of(channel))) for channel in Channel],
    }


class AdvisorSyncView(_SyncPage):
    template_name = "booking/desk/sync_advisor.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("abgleich:index"), "label": OfficeSyncView.page_title}, own]

    @cached_property
    def advisor(self) -> Advisor:
        return get_object_or_404(watched_advisors(self.request.user), pk=self.kwargs["pk"])

    @property
    def page_title(self) -> str:
        return self.advisor.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        health = in_detail(health_of([self.advisor], now=now)[0], now=now)
        is_for_all = sees_all_offices(self.request)
        may_change = is_for_all or advisor_of(self.request.user) == self.advisor
        shown = [shown_channel(each, with_name=may_change) for each in health.channels]
        known = {each.channel for each in shown}
        return super().get_context_data(**kwargs) | {
            "advisor": self.advisor,
            "summary": summary([health]),
            "way": CalendarChannel.objects.of(self.advisor),
            "channels": shown,
            "unused": [channel.label for channel in Channel if channel not in known],
            "may_change": may_change,
            "of_advisor": f"?beratungsperson={self.advisor.pk}" if is_for_all else "",
        }


class SyncViewSet(TeamViewSet):
    name = "abgleich"
    icon = "rotate"
    menu_label = "Abgleich"
    view_class = OfficeSyncView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/", AdvisorSyncView.as_view(), name="advisor")]
