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

from booking.desk.channel import choice_for_colleague
from booking.desk.own_pages import is_for_all
from booking.desk.people import advisors_within_reach, chosen_office
from booking.desk.sync_words import (
    WAY_IN_SHORT,
    Summary,
    in_one_word,
    last_success,
    shown_channel,
    shown_waiting,
    summary,
)
from booking.desk.team import TeamPage, TeamViewSet
from booking.enums import Channel
from booking.health.channels import AdvisorHealth, health_of
from booking.health.details import in_detail, with_last_mails
from booking.models import Appointment, CalendarChannel
from booking.permissions import AppointmentPolicy, advisor_of, leads
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
    is_of_team = advisor_of(user) is not None and AppointmentPolicy(Appointment).has_office(user, "view")
    return is_of_team or OfficeSyncView.sees_all_offices(user)


def summary_for(user: Any, office: Office) -> Summary:
    """Of those of an office whom the user may look at."""
    return summary(health_of(watched_advisors(user).filter(office=office), now=timezone.now()))


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class _SyncPage(TeamPage):
    header_icon = "rotate"

    @staticmethod
    def sees_all_offices(user: Any) -> bool:
        """Who looks at all appointments, also without a right to change any rule."""
        return AppointmentPolicy(Appointment).has_all(user, "view")


class OfficeSyncView(_SyncPage):
    template_name = "booking/desk/sync_office.html"
    page_title = "Abgleich"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offices = self.offices()
        office = chosen_office(self.request, offices)
        now = timezone.now()
        healths = with_last_mails(
            health_of(watched_advisors(self.request.user).filter(office=office), now=now), now=now
        )
        ways = CalendarChannel.objects.by_advisor(health.advisor for health in healths)
        return super().get_context_data(**kwargs) | {
            "offices": offices if len(offices) > 1 else [],
            "office": office,
            "summary": summary(healths),
            "channels": [channel.label for channel in Channel],
            "rows": [_row(health, ways[health.advisor.pk]) for health in healths],
            "waiting": [
                (health.advisor, [shown_waiting(each) for each in health.waiting])
                for health in healths
                if health.waiting
            ],
        }


def _row(health: AdvisorHealth, channel: CalendarChannel) -> dict[str, Any]:
    cells = [(each.label, health.of(each)) for each in Channel]
    return {
        "advisor": health.advisor,
        "way": WAY_IN_SHORT[channel.way],
        "summary": summary([health]),
        "cells": [(label, in_one_word(found), last_success(found)) for label, found in cells],
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
        user, changes_all = self.request.user, is_for_all(self.request)
        may_change = changes_all or advisor_of(user) == self.advisor
        shown = [shown_channel(each, with_name=may_change) for each in health.channels]
        known = {each.channel for each in shown}
        return super().get_context_data(**kwargs) | {
            "advisor": self.advisor,
            "summary": summary([health]),
            "way": CalendarChannel.objects.of(self.advisor),
            "channels": shown,
            "unused": [channel.label for channel in Channel if channel not in known],
            "may_change": may_change,
            "choice": choice_for_colleague(self.advisor) if not changes_all and leads(user, self.advisor) else None,
            "of_advisor": f"?beratungsperson={self.advisor.pk}" if changes_all else "",
        }


class SyncViewSet(TeamViewSet):
    name = "abgleich"
    icon = "rotate"
    menu_label = "Abgleich"
    view_class = OfficeSyncView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/", AdvisorSyncView.as_view(), name="advisor")]
