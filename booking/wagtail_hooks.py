from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from booking.desk.busy import (
    BusyCalendarsView,
    CheckCalendarView,
    ChooseCollectionsView,
    DisconnectCalendarView,
)
from booking.desk.calendar import CalendarView, RenewFeedView, SwitchOffFeedView
from booking.desk.channel import ChooseChannelView
from booking.desk.effect import advisor_panel, office_day_panel, office_panel
from booking.desk.home_panel import panels_for
from booking.desk.own_pages import may_use_calendar
from booking.desk.push import (
    ChoosePushView,
    ComparePushView,
    ContentPushView,
    DisconnectPushView,
    PushCalendarView,
    RenewPushView,
    RepairPushView,
)
from booking.models import Appointment, CalendarChannel
from booking.permissions import AppointmentPolicy
from booking.services.note_way import CHOSEN
from booking.viewsets import BookingGroup
from offices.effects import register_effect
from offices.models import Advisor, Office, OfficeDay

register_effect(Advisor, advisor_panel)
register_effect(Office, office_panel)
register_effect(OfficeDay, office_day_panel)


@hooks.register("register_admin_viewset")
def booking_in_the_admin() -> BookingGroup:
    return BookingGroup()


@hooks.register("register_admin_urls")
def calendar_urls() -> list[URLPattern]:
    return [
        path("kalender/", CalendarView.as_view(), name="advisor_calendar"),
        path("kalender/weg/", ChooseChannelView.as_view(), name="advisor_calendar_channel"),
        path("kalender/<uuid:uid>/neue-adresse/", RenewFeedView.as_view(), name="advisor_calendar_renew"),
        path("kalender/<uuid:uid>/abschalten/", SwitchOffFeedView.as_view(), name="advisor_calendar_off"),
        path("kalender/belegt/", BusyCalendarsView.as_view(), name="busy_calendars"),
        path("kalender/belegt/<uuid:uid>/pruefen/", CheckCalendarView.as_view(), name="busy_calendar_check"),
        path("kalender/belegt/<uuid:uid>/auswahl/", ChooseCollectionsView.as_view(), name="busy_calendar_choose"),
        path("kalender/belegt/<uuid:uid>/trennen/", DisconnectCalendarView.as_view(), name="busy_calendar_off"),
        path("kalender/eintragen/", PushCalendarView.as_view(), name="push_calendar"),
        path("kalender/eintragen/<uuid:uid>/auswahl/", ChoosePushView.as_view(), name="push_calendar_choose"),
        path("kalender/eintragen/<uuid:uid>/inhalt/", ContentPushView.as_view(), name="push_calendar_detail"),
        path("kalender/eintragen/<uuid:uid>/passwort/", RenewPushView.as_view(), name="push_calendar_renew"),
        path("kalender/eintragen/<uuid:uid>/vergleichen/", ComparePushView.as_view(), name="push_calendar_compare"),
        path("kalender/eintragen/<uuid:uid>/neu/", RepairPushView.as_view(), name="push_calendar_repair"),
        path("kalender/eintragen/<uuid:uid>/trennen/", DisconnectPushView.as_view(), name="push_calendar_off"),
    ]


@hooks.register("register_permissions")
def desk_permissions() -> QuerySet[Permission]:
    """Whether colleagues of an office see each other's appointments is granted in the admin."""
    return Permission.objects.filter(
        content_type__app_label="booking", codename__in=["use_desk", "see_office", "lead_office", "watch_sync"]
    )


class CalendarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_use_calendar(request)


@hooks.register("register_admin_menu_item")
def calendar_menu_item() -> MenuItem:
    url = reverse("advisor_calendar")
    return CalendarMenuItem("Mein Kalender", url, name="kalender", icon_name="calendar-alt", order=205)


@hooks.register("insert_global_admin_css")
def style_of_lists() -> SafeString:
    """What Wagtail's own pages of the desk, such as its lists, need to be read on a phone and without scripts."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-everywhere.css"))


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(CHOSEN)
    class ChoiceFormatter(LogFormatter):
        label = "Weg in den Kalender wählen"

        def format_message(self, log_entry: ModelLogEntry) -> str:
            former, way = (CalendarChannel.Way(log_entry.data[name]).label for name in ("former", "way"))
            return f"Weg in den Kalender: „{way}“ statt „{former}“"


class AgendaMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return AppointmentPolicy(Appointment).user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def agenda_menu_item() -> MenuItem:
    return AgendaMenuItem("Tagesplan", reverse("termine:day"), name="tagesplan", icon_name="calendar", order=202)
