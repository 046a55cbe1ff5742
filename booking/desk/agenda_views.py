"""The pages of an office's day and week, and the day sheet for the printer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows
from booking.desk.agenda import Agenda, agenda
from booking.desk.free_gaps import free_gaps, offered_days
from booking.desk.people import advisors_at, advisors_within_reach, chosen_office, offices_within_reach
from booking.desk.sync import summary_for
from offices.models import Office

_YEARS = (2000, 2100)


def chosen_day(text: str | None) -> date:
    """Today without a choice. Raises Http404 for what is no day of this century."""
    if not text:
        return timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not _YEARS[0] < day.year < _YEARS[1]:
        raise Http404
    return day


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class _AgendaPage(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "view"
    actions = frozenset({"view", "act"})
    header_icon = "calendar-alt"
    route = ""
    span = 1

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def first_day(self, day: date) -> date:
        return day

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offices = list(offices_within_reach(self.request.user, "view"))
        office = chosen_office(self.request, offices)
        day = chosen_day(self.request.GET.get("tag"))
        found = self._agenda(office, self.first_day(day))
        days = found.days
        return super().get_context_data(**kwargs) | {
            "offices": offices if len(offices) > 1 else [],
            "office": office,
            "agenda": found,
            "day": day,
            "title_of_span": self.label(days),
            "may_act": frozenset(advisors_within_reach(self.request.user).values_list("pk", flat=True)),
            "previous_url": self._url(self.route, office, days[0] - timedelta(days=self.span)),
            "next_url": self._url(self.route, office, days[0] + timedelta(days=self.span)),
            "today_url": self._url(self.route, office, timezone.localdate()),
            "day_url": self._url("day", office, day),
            "week_url": self._url("week", office, day),
            "sheet_url": self._url("sheet", office, day),
            "day_query": f"{reverse('termine:day')}?buero={office.slug}&tag=",
            "book_query": f"{reverse('termine:book')}?buero={office.slug}",
            "route": self.route,
            **self.sync(office),
        }

    def sync(self, office: Office) -> dict[str, Any]:
        """Whether everything of the office has arrived: whoever works with this page learns it without looking."""
        url = f"{reverse('abgleich:index')}?{urlencode({'buero': office.slug})}"
        return {"sync": summary_for(self.request.user, office), "sync_url": url}

    def label(self, days: list[date]) -> str:
        return date_format(days[0], "l, j. F Y")

    def _agenda(self, office: Office, first: date) -> Agenda:
        user = self.request.user
        at_office = advisors_at(office.pk).filter(pk__in=advisors_within_reach(user, "view").values("pk"))
        return agenda(
            office,
            at_office,
            self.own_rows(),
            first=first,
            days=self.span,
            now=timezone.now(),
            reasons_for=frozenset(advisors_within_reach(user).values_list("pk", flat=True)),
        )

    def _url(self, route: str, office: Office, day: date) -> str:
        return f"{reverse(f'termine:{route}')}?{urlencode({'buero': office.slug, 'tag': day.isoformat()})}"


class DayView(_AgendaPage):
    template_name = "booking/desk/day.html"
    page_title = "Tag"
    route = "day"

    def _agenda(self, office: Office, first: date) -> Agenda:
        """With the gaps: who is on the phone sees at once when somebody is free."""
        found = super()._agenda(office, first)
        people = {advisor.pk for advisor in found.advisors}
        found.show_gaps(first, free_gaps(office, people, first, now=timezone.now()))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day = context["day"]
        return context | {"hours": context["agenda"].hours(day), "whole_day": context["agenda"].whole_day(day)}


class WeekView(_AgendaPage):
    template_name = "booking/desk/week.html"
    page_title = "Woche"
    route = "week"
    span = 7

    def first_day(self, day: date) -> date:
        """Its Monday."""
        return day - timedelta(days=day.weekday())

    def _agenda(self, office: Office, first: date) -> Agenda:
        found = super()._agenda(office, first)
        people = {advisor.pk for advisor in found.advisors}
        found.leave_out_empty_weekend(offered_days(office, people, *found.days[-2:]))
        return found

    def label(self, days: list[date]) -> str:
        return f"{date_format(days[0], 'j. F')} bis {date_format(days[-1], 'j. F Y')}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"weeks_rows": context["agenda"].week()}


class SheetView(_AgendaPage):
    """The day on paper, one page for each advisor. With phone numbers, since the sheet is taken along."""

    template_name = "booking/desk/sheet.html"
    page_title = "Tagesblatt"
    route = "sheet"

    def sync(self, office: Office) -> dict[str, Any]:
        """Nothing on paper."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found, day = context["agenda"], context["day"]
        return context | {"sheets": [(advisor, found.entries(advisor, day)) for advisor in found.advisors]}
