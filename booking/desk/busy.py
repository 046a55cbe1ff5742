"""„Belegte Zeiten“: the advisor's own calendars, of which the site reads when she is taken and nothing else.

A request of hers may wait for her calendar (`SECONDS`): she asked to see what is read. No page of a visitor does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from booking.clashes import clashing_appointments, meeting
from booking.desk.busy_form import CalDavForm, IcsForm, forms_for
from booking.desk.own_pages import OwnAction, OwnPage, back_to, chosen_advisor
from booking.models import BusyCalendar, BusyTime
from booking.remote.answers import Unread
from booking.services.connect import (
    MAX_CALENDARS,
    AlreadyRead,
    TooManyCalendars,
    choose_collections,
    connect_caldav,
    connect_ics,
    disconnect,
    find_new_collections,
)
from booking.services.refresh import refresh
from booking.wording import day_and_time, span_label, when
from foundation.sealing import Unsealable
from offices.models import Advisor

NEXT = 3
"""Busy times that show an advisor that the right calendar is read."""

SECONDS = 12.0

ALREADY = {
    BusyCalendar.Kind.ICS: "Diesen Kalender lesen wir schon: „{}“.",
    BusyCalendar.Kind.CALDAV: "Dieses Konto lesen wir schon: „{}“. Welche seiner Kalender, wählen Sie dort.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A connected calendar as the page has it."""

    calendar: BusyCalendar
    health: BusyCalendar.Health
    facts: list[dict[str, str]]
    remarks: list[str]
    next_times: list[str]
    collections: list[dict[str, Any]]


def shown(calendar: BusyCalendar, times: list[BusyTime], *, now: datetime) -> Shown:
    facts = [{"term": "Zuletzt gelesen", "value": day_and_time(calendar.read_at)}]
    if calendar.last_error:
        facts.append({"term": "Letzter Fehler", "value": calendar.last_error})
        if calendar.failed_at:
            facts.append({"term": "Zuletzt versucht", "value": day_and_time(calendar.failed_at)})
        facts.append({"term": "Die letzte Kopie gilt bis", "value": day_and_time(calendar.trusted_until)})
    facts.append({"term": "Nächster Abruf", "value": day_and_time(max(calendar.next_try_at, now))})
    return Shown(
        calendar,
        calendar.health_at(now),
        facts,
        remarks_in_words(calendar.remarks),
        [when(time.start, time.end) for time in times[:NEXT]],
        _collections(calendar),
    )


def remarks_in_words(remarks: dict[str, Any]) -> list[str]:
    """How the calendar was understood; zones that nobody knows are named as the calendar names them."""
    found = []
    zones = remarks.get("guessed_zones", [])
    if "" in zones:
        found.append("Manche Einträge nennen keine Zeitzone. Wir nehmen deutsche Zeit an.")
    found.extend(
        f"Die Zeitzone „{zone}“ kennen wir nicht und nehmen die Ihres Kalenders, sonst deutsche Zeit an."
        for zone in zones
        if zone
    )
    if refused := remarks.get("refused"):
        found.append(f"Serien, die sich nicht ausrechnen lassen: {refused}. Von ihnen ist nur das erste Mal belegt.")
    if unreadable := remarks.get("unreadable"):
        found.append(f"Einträge, die nicht lesbar sind und fehlen: {unreadable}.")
    return found


def _collections(calendar: BusyCalendar) -> list[dict[str, Any]]:
    if calendar.kind != BusyCalendar.Kind.CALDAV:
        return []
    try:
        return list(calendar.door["collections"])
    except Unsealable:
        return []


def _clashes(
    advisor: Advisor, calendars: list[BusyCalendar], times: dict[int, list[BusyTime]], *, now: datetime
) -> list[dict[str, Any]]:
    """Appointments with what is taken in their time, and by which calendar; of copies that still count."""
    believed = [calendar for calendar in calendars if calendar.health_at(now) != BusyCalendar.Health.SILENT]
    return [
        {
            "appointment": appointment,
            "when": when(appointment.starts_at, appointment.ends_at),
            "taken": [
                f"{span_label(time.start, time.end)} („{calendar}“)"
                for calendar in believed
                for time in meeting(appointment, times.get(calendar.pk, []))
            ],
        }
        for appointment in clashing_appointments(advisor, now=now)
    ]


@method_decorator(sensitive_post_parameters("url", "user", "password"), name="dispatch")
class BusyCalendarsView(OwnPage):
    page = "busy_calendars"
    template_name = "booking/desk/busy.html"
    page_title = "Belegte Zeiten"
    header_icon = "calendar-alt"

    def context_of(self, advisor: Advisor) -> dict[str, Any]:
        """Three queries."""
        now = timezone.now()
        times: dict[int, list[BusyTime]] = {}
        for time in BusyTime.objects.filter(calendar__advisor=advisor, end__gt=now):
            times.setdefault(time.calendar_id, []).append(time)
        calendars = list(BusyCalendar.objects.filter(advisor=advisor))
        return {
            "calendars": [shown(calendar, times.get(calendar.pk, []), now=now) for calendar in calendars],
            "clashes": _clashes(advisor, calendars, times, now=now),
            "forms": forms_for(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Connects a calendar, once it could be read."""
        advisor = chosen_advisor(request, request.POST.get("beratungsperson"))
        both = forms_for(request.POST)
        form = next((form for form in both.values() if form.is_bound), None)
        if advisor is None or form is None:
            raise Http404
        if form.is_valid():
            try:
                calendar = self._connect(advisor, form)
            except TooManyCalendars:
                form.add_error(None, f"Es sind schon {MAX_CALENDARS} Kalender verbunden. Trennen Sie erst einen.")
            except AlreadyRead as other:
                form.add_error(None, ALREADY[form.kind].format(other.name))
            except Unread as refusal:
                form.add_error(None, refusal.text)
            else:
                messages.success(request, f"„{calendar.name}“ ist verbunden. Unten steht, was wir lesen.")
                return back_to(self.page, advisor, request)
        return self.render_to_response(self.get_context_data(forms=both), status=422)

    def _connect(self, advisor: Advisor, form: IcsForm | CalDavForm) -> BusyCalendar:
        connect = connect_ics if isinstance(form, IcsForm) else connect_caldav
        return connect(advisor=advisor, now=timezone.now(), **form.cleaned_data)


class _CalendarAction(OwnAction):
    model = BusyCalendar
    page = "busy_calendars"


class CheckCalendarView(_CalendarAction):
    def act(self, row: BusyCalendar) -> None:
        """„Verbindung testen“: what the page shows afterwards is what was found and read just now."""
        if row.kind == BusyCalendar.Kind.CALDAV:
            self._look_for_new(row)
        if not refresh(row, now=timezone.now(), seconds=SECONDS):
            messages.warning(self.request, f"„{row.name}“ wird gerade schon gelesen. Bitte laden Sie die Seite neu.")
            return
        row.refresh_from_db()
        if row.last_error:
            messages.error(self.request, f"„{row.name}“: {row.last_error}")
        else:
            messages.success(self.request, f"„{row.name}“ ist lesbar. Unten steht, was wir gelesen haben.")

    def _look_for_new(self, row: BusyCalendar) -> None:
        try:
            new = find_new_collections(row, now=timezone.now())
        except (Unread, Unsealable):  # the reading says what is wrong
            return
        if new:
            row.refresh_from_db()
            messages.info(self.request, f"Neu im Konto, wird ab jetzt gelesen: {', '.join(new)}.")


class ChooseCollectionsView(_CalendarAction):
    def act(self, row: BusyCalendar) -> None:
        used = self.request.POST.getlist("kalender")
        if not any(each["url"] in used for each in _collections(row)):
            messages.error(self.request, "Bitte wählen Sie mindestens einen Kalender, oder trennen Sie das Konto.")
            return
        try:
            choose_collections(row, used=used, now=timezone.now())
        except (Unread, Unsealable) as refusal:
            messages.error(self.request, f"„{row.name}“ blieb, wie es war: {refusal}")
        else:
            messages.success(self.request, "Die Auswahl gilt ab jetzt.")


class DisconnectCalendarView(_CalendarAction):
    def act(self, row: BusyCalendar) -> None:
        disconnect(row)
        messages.success(
            self.request, f"„{row.name}“ ist getrennt. Adresse, Passwort und belegte Zeiten sind gelöscht."
        )
