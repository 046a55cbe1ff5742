"""Appointments on the desk: the list, and one appointment with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from booking.clashes import times_clashing_with, with_clashes
from booking.desk.actions import REASON_LENGTH
from booking.desk.export import csv_lines
from booking.desk.history import entries
from booking.desk.questions import headings_of_questions
from booking.desk.views import OwnIndexView, OwnInspectView
from booking.enums import Outcome, Status
from booking.models import Appointment, EarlierWish
from booking.querysets import WITH_ANSWERS
from booking.wording import journey, span_label, when
from foundation.templatetags.contact_tags import phone_href

_LABELS = {"place": "Ort"}
_HREFS: dict[str, Callable[[str], str]] = {"phone": phone_href, "email": "mailto:{}".format}
FOLLOWED = ("organization", "name", "email", "phone", "street", "postcode", "size_class", "topic")
"""What a follow-up takes over from an appointment: who the firm is, not what it wrote for the first time."""


def whereabouts(appointment: Appointment) -> str:
    """Where the advisor is: a visit has the firm's postcode and the drive."""
    return journey(appointment) or str(appointment.place)


class StateColumn(Column):
    """With a mark where the advisor's own calendar says „taken“."""

    cell_template_name = "booking/desk/state_cell.html"


class ReplyColumn(Column):
    """What the firm said to its reminder, and what its calendar said to the invitation."""

    cell_template_name = "booking/desk/reply_cell.html"


class AppointmentIndexView(OwnIndexView):
    """Without the reservations that ran out: nobody ever booked them. What comes next stands first: from today on in
    the order of the clock, and after it what was, the latest first. A click on a heading orders by that column alone.

    Who sees more than the own appointments for good (heads of offices, administrators) takes the list along as CSV.
    """

    FORMATS = ("csv",)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.may_export = self.permission_policy.leads(request.user)
        self.is_export = self.is_export and self.may_export

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.may_export:
            buttons.append(Button("Liste als CSV", url=self.csv_export_url, icon_name="download", priority=90))
            buttons.append(
                Button("Auskunft und Löschen", url=reverse("termine:disclosure"), icon_name="user", priority=95)
            )
        return buttons

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> StreamingHttpResponse:
        lines = csv_lines(queryset, questions=headings_of_questions(queryset))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="termine-{timezone.localdate()}.csv"'
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_base_queryset(self) -> QuerySet:
        return with_clashes(super().get_base_queryset(), now=timezone.now()).exclude(status=Status.EXPIRED)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        ahead = Case(When(starts_at__gte=today, then=F("starts_at")))
        return queryset.order_by(ahead.asc(nulls_last=True), "-starts_at", "-pk")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.permission_policy.user_has_permission(self.request.user, "act"):
            return []
        return [
            HeaderButton(label, url=reverse(f"termine:{name}"), icon_name=icon)
            for label, name, icon in (("Neuer Termin", "book", "plus"), ("Zeit blockieren", "block", "no-view"))
        ]


class AppointmentInspectView(OwnInspectView):
    related = ("office", "office_day", "service", "course", *WITH_ANSWERS)

    def get_page_subtitle(self) -> str:
        return when(self.object.starts_at, self.object.ends_at)

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _LABELS.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name == "place":
            return whereabouts(self.object)
        value = getattr(self.object, field_name)
        if value and field_name in _HREFS:
            return format_html('<a href="{}">{}</a>', _HREFS[field_name](value), value)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
        if field_name == "status":
            return self.object.state
        if value in (None, ""):
            return (self.object.reply if field_name == "confirmed_at" else "") or "–"
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        appointment = self.object
        may_act = self.permission_policy.user_has_permission_for_instance(self.request.user, "act", appointment)
        context["events"] = list(entries(appointment))
        taken = times_clashing_with(appointment, now=timezone.now())
        # Two calendars often hold the same entry.
        context["clashing"] = list(dict.fromkeys(span_label(time.start, time.end) for time in taken))
        context["may_act"] = may_act
        context["actions"] = possible_actions(appointment, now=timezone.now()) if may_act else frozenset()
        if "move" in context["actions"]:
            context["wish"] = EarlierWish.objects.filter(appointment=appointment).first()
        context["follow_up_url"] = follow_up_url(appointment) if may_act else ""
        context["outcomes"] = Outcome.choices
        context["reason_length"] = REASON_LENGTH
        return context


def follow_up_url(appointment: Appointment) -> str:
    """„Neuer Termin“ for the same firm, with the same wish; nothing of the firm stands in the address."""
    if appointment.anonymised_at or appointment.status not in {Status.BOOKED, Status.CANCELLED}:
        return ""
    wish = {
        "anliegen": appointment.service.slug,
        "art": appointment.kind,
        "buero": appointment.office.slug,
        "beratung": appointment.advisor_id,
        "folge": appointment.pk,
    }
    return f"{reverse('termine:book')}?{urlencode(wish)}"


def possible_actions(appointment: Appointment, *, now: datetime) -> frozenset[str]:
    """What the services would not refuse at this moment: among `move`, `cancel`, `offer`,
    `outcome`, `note`, `confirm` and `release`."""
    found = set()
    if appointment.status == Status.BOOKED:
        found |= {"move", "cancel"} if appointment.starts_at > now else {"outcome"}
        if appointment.starts_at > now and appointment.email:
            found.add("offer")
    if appointment.awaits_verification and appointment.is_held_at(now):
        found |= {"confirm", "release"}
    if appointment.status in {Status.BOOKED, Status.CANCELLED} and appointment.anonymised_at is None:
        found.add("note")
    return frozenset(found)
